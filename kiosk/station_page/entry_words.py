"""What an entry of the log, or a proposal for one, says: one plain sentence, and the facts that are worth comparing.

A sentence never holds a key, a hash or a ballot: those are for the verifier. Ballots are told by kind alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from ballots.screen.words import Said
from kiosk.station_page.card_lists import KEY_BYTES, run_code
from kiosk.station_page.forms import REASON_WORDS
from tally.entries import ceremony, closing, consultations, contests, counting, credentials, session, sheets
from tally.entries.bodies import BODIES
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.state import State
from voting_core.codec import Fields, JsonObject, JsonValue

SHORT: Final = 8
"""Digits by which a key is named where a person must tell two apart."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and facts beside it: a label and what was written."""

    said: Said
    facts: tuple[tuple[Said, str], ...] = ()


def body_of(type_: EntryType, value: JsonValue) -> Body:
    """The body of a draft."""
    return BODIES[type_].parse(Fields(cast(JsonObject, value), type_.value))


def tell(state: State, type_: EntryType, body: Body) -> Told:
    """Say an entry in words; `state` gives titles and names."""
    teller = _TELLERS.get(type_)
    if teller is not None:
        return teller(state, body)
    plain = _PLAIN[type_]
    contest = getattr(body, "contest", None)
    return Told(plain.filled(contest=title_of(state, contest)) if isinstance(contest, str) else plain)


def title_of(state: State, contest: str) -> str:
    """The title of a contest in Chinese, which is its own; its id before it is defined."""
    found = state.contests.get(contest)
    return found.contest.title.zh if found else contest


def signer_of(state: State, key: bytes) -> Said:
    """Who a key belongs to."""
    index = state.trustee_index(key)
    if index is not None:
        name = state.trustees[index].name
        return Said(f"监票人 {name}", f"scrutineer {name}")
    if key in state.officials:
        number = state.officials.index(key) + 1
        return Said(f"工作人员 {number}", f"official {number}")
    kiosk = state.kiosks.get(key)
    if kiosk is not None:
        return Said(f"终端 {kiosk.name}", f"kiosk {kiosk.name}")
    if key == state.box_key:
        return Said("票箱密钥", "the ballot box")
    return Said("一张表决卡", "a card") if key in state.credentials else Said("新加入者", "somebody new")


_Teller = Callable[[State, Body], Told]

_PLAIN: Final = {
    EntryType.OFFICIAL_ADMITTED: Said("增加一名工作人员", "One more official is admitted"),
    EntryType.BALLOT_CAST: Said("投出一张选票（加密）", "A ballot was cast (encrypted)"),
    EntryType.BALLOT_CHALLENGED: Said("查验一张选票（公开，不计票）", "A ballot was tested (opened, not counted)"),
    EntryType.BALLOT_ASSISTED: Said("有一位代表由人协助填写", "A delegate was helped at the kiosk"),
    EntryType.CONTEST_OPENED: Said("“{contest}”开始投票", "Voting on {contest} begins"),
    EntryType.CONTEST_PAUSED: Said("“{contest}”暂停投票", "Voting on {contest} pauses"),
    EntryType.CONTEST_RESUMED: Said("“{contest}”恢复投票", "Voting on {contest} goes on"),
    EntryType.RECORD_VERIFIED: Said(
        "监票人核验了“{contest}”的封闭日志并签署根值", "A scrutineer verified the closed log of {contest} and signed"
    ),
    EntryType.TALLY_COMMITTED: Said("监票人对“{contest}”的解密份额作出承诺", "A share of {contest} was committed to"),
    EntryType.TALLY_SHARED: Said("监票人出示“{contest}”的解密份额", "A share of {contest} was shown"),
    EntryType.TALLY_COUNTED: Said("“{contest}”计票完成", "{contest} is counted"),
    EntryType.OUTCOME_DECLARED: Said("按规则得出“{contest}”的结果", "The rules decide {contest}"),
    EntryType.REPORT_SIGNED: Said("监票人签署“{contest}”的报告单", "A scrutineer signed the report of {contest}"),
    EntryType.RESULT_PUBLISHED: Said("公布“{contest}”的结果", "The result of {contest} is published"),
    EntryType.SEATS_REDUCED: Said("“{contest}”减少应选名额", "{contest} ends with fewer seats"),
    EntryType.SESSION_SEALED: Said("会议封存", "The session is sealed"),
    EntryType.SESSION_DESTROYED: Said("会议资料销毁", "The session's material is destroyed"),
}


def _created(_state: State, body: Body) -> Told:
    made = cast(session.SessionCreated, body)
    return Told(
        Said(f"创建会议“{made.title}”", f"The session “{made.title}” is created"),
        (
            (Said("监票人", "Scrutineers"), str(made.trustees)),
            (Said("解密所需人数", "Needed to decrypt"), str(made.threshold)),
        ),
    )


def _joined(_state: State, body: Body) -> Told:
    made = cast(ceremony.TrusteeJoined, body)
    return Told(Said(f"{made.name} 作为监票人 {made.index} 加入", f"{made.name} joins as scrutineer {made.index}"))


def _attempt(zh: str, en: str) -> _Teller:
    def told(_state: State, body: Body) -> Told:
        attempt = cast(ceremony.DkgCommitted, body).attempt
        return Told(Said(f"{zh}（第 {attempt} 次）", f"{en} (attempt {attempt})"))

    return told


def _complained(state: State, body: Body) -> Told:
    made = cast(ceremony.DkgComplained, body)
    name = _trustee(state, made.dealer)
    return Told(
        Said(
            f"有监票人对 {name} 的份额提出异议；须重新生成密钥",
            f"A share from {name} is disputed; the key is made anew",
        )
    )


def _faulted(state: State, body: Body) -> Told:
    made = cast(ceremony.DkgFaulted, body)
    name = _trustee(state, made.trustee)
    return Told(
        Said(
            f"{name} 没有按时发出所需的消息；须重新生成密钥", f"{name} did not send what was due; the key is made anew"
        )
    )


def _rules(state: State, body: Body) -> Told:
    made = cast(contests.RulesAdopted, body)
    adopted = state.rules.get(made.id)
    zh, en = (adopted.rules.name_zh, adopted.rules.name_en) if adopted else (made.id, made.id)
    return Told(Said(f"采用规则“{zh}”", f"The rules “{en}” are adopted"))


def _kiosk(_state: State, body: Body) -> Told:
    name = cast(contests.KioskRegistered, body).name
    return Told(Said(f"登记终端 {name}", f"Kiosk {name} is registered"))


def _defined(_state: State, body: Body) -> Told:
    value = cast(contests.ContestDefined, body).contest
    title = value.get("title")
    # A proposal may hold anything; what is in the log has a title.
    zh, en = (title.get("zh"), title.get("en")) if isinstance(title, Mapping) else (None, None)
    waiver = value.get("waiver") is True
    said = Said(f"确定表决事项“{zh or '？'}”", f"The contest {en or zh or '?'} is defined")
    if not waiver:
        return Told(said)
    return Told(
        said,
        (
            (
                Said("须知", "Mind"),
                "少于最低票数的分组也将公布，须监票人多数签名 · totals of groups below the minimum will be shown",
            ),
        ),
    )


def _issued(state: State, body: Body) -> Told:
    made = cast(credentials.CredentialsIssued, body)
    title = title_of(state, state.slots.get(made.slot, ""))
    return Told(
        Said(
            f"登记“{title}”的凭证名单（{made.class_id}）",
            f"The credentials of {title} are registered ({made.class_id})",
        ),
        (
            (Said("张数", "Cards"), str(len(made.keys) // KEY_BYTES)),
            (Said("名单代码", "Code of the list"), run_code(made)),
        ),
    )


def _reserve(_state: State, body: Body) -> Told:
    made = cast(credentials.ReserveSealed, body)
    return Told(
        Said(f"封存备用卡（{made.class_id}）", f"Cards are sealed in reserve ({made.class_id})"),
        ((Said("张数", "Cards"), str(made.count)),),
    )


def _voided(state: State, body: Body) -> Told:
    made = cast(credentials.CredentialVoided, body)
    why = {"left_over": ("未发出", "left over"), "test": ("查验", "test"), "returned": ("退回", "given back")}
    zh, en = why[made.reason]
    title = title_of(state, state.slots.get(made.slot, ""))
    return Told(Said(f"“{title}”作废一张卡（{zh}）", f"A card is voided for {title} ({en})"))


def _attendance(state: State, body: Body) -> Told:
    made = cast(contests.AttendanceDeclared, body)
    title = title_of(state, made.contest)
    facts = [(Said("应到", "Should attend"), str(made.should_attend)), (Said("实到", "Present"), str(made.present))]
    for cards in made.cards:
        facts += [
            (Said(f"{cards.class_id} 已领卡", f"{cards.class_id}: drawn"), str(cards.drawn)),
            (Said(f"{cards.class_id} 查验卡", f"{cards.class_id}: test cards"), str(cards.test)),
        ]
    facts += [(Said(f"{box.box} 发出票", f"{box.box}: ballots issued"), str(box.issued)) for box in made.boxes]
    return Told(Said(f"“{title}”的出席情况", f"The attendance of {title}"), tuple(facts))


def _abandoned(state: State, body: Body) -> Told:
    made = cast(contests.ContestAbandoned, body)
    title, why = title_of(state, made.contest), REASON_WORDS[made.reason]
    return Told(
        Said(f"中止“{title}”（{why.zh}），该项永不解密", f"{title} is abandoned ({why.en}) and never decrypted"),
        ((Said("原因", "Reason"), f"{why.zh} · {why.en}"),),
    )


def _closed(state: State, body: Body) -> Told:
    made = cast(closing.ContestClosed, body)
    return Told(
        Said(f"“{title_of(state, made.contest)}”封票", f"{title_of(state, made.contest)} is closed"),
        ((Said("投出", "Cast"), str(made.cast)), (Said("查验", "Tested"), str(made.challenged))),
    )


def _reported(state: State, body: Body) -> Told:
    made = cast(closing.KioskReported, body)
    return Told(
        Said(f"终端报告“{title_of(state, made.contest)}”的票数", f"A kiosk reports on {title_of(state, made.contest)}"),
        ((Said("投出", "Cast"), str(made.cast)), (Said("查验", "Tested"), str(made.challenged))),
    )


def _lost(state: State, body: Body) -> Told:
    made = cast(closing.KioskLost, body)
    kiosk = state.kiosks.get(made.kiosk)
    name = kiosk.name if kiosk else made.kiosk.hex()[:SHORT]
    title = title_of(state, made.contest)
    return Told(Said(f"宣布终端 {name} 无法报告“{title}”", f"Kiosk {name} is declared lost for {title}"))


def _sheet(state: State, body: Body) -> Told:
    made = cast(sheets.CountEntered, body)
    title = title_of(state, made.contest)
    facts = [
        (Said("计票单号", "Sheet"), made.sheet),
        (Said("发出", "Issued"), str(made.issued)),
        (Said("收回", "Returned"), str(made.returned)),
        (Said("无效", "Invalid"), str(made.invalid)),
    ]
    held = state.contests.get(made.contest)
    for row, counts in zip(held.contest.rows if held else (), made.counts, strict=False):
        facts.append((Said(row.name, row.name), " / ".join(map(str, counts))))
    facts += [(Said(f"另选 {line.name}", f"Written in: {line.name}"), str(line.approve)) for line in made.write_ins]
    if made.replaces:
        facts.append((Said("更正", "Corrects"), made.replaces))
    return Told(Said(f"“{title}”票箱 {made.box} 的计票单", f"The count sheet of {title}, box {made.box}"), tuple(facts))


def _settled(state: State, body: Body) -> Told:
    made = cast(sheets.BoxSettled, body)
    title = title_of(state, made.contest)
    zh, en = ("计入", "counted") if made.decision == sheets.COUNT else ("作废", "void")
    return Told(
        Said(f"主席团决定“{title}”票箱 {made.box}：{zh}", f"The presidium decides {title}, box {made.box}: {en}")
    )


def _paper(state: State, body: Body) -> Told:
    made = cast(counting.PaperCompared, body)
    title = title_of(state, made.contest)
    zh, en = ("相符", "agree") if made.agrees else ("不符", "differ")
    return Told(
        Said(f"“{title}”纸质票与计票结果{zh}", f"Paper and counts of {title} {en}"),
        ((Said("纸质票张数", "Papers"), str(made.papers)),),
    )


def _consulted(_state: State, body: Body) -> Told:
    made = cast(consultations.ConsultationRecorded, body)
    return Told(
        Said(f"记录书面征求意见“{made.title_zh}”", f"A consultation is recorded: {made.title_en or made.title_zh}")
    )


def _destroyed(state: State, body: Body) -> Told:
    name = _trustee(state, cast(session.KeyDestroyed, body).trustee)
    return Told(Said(f"{name} 销毁了密钥份额", f"{name} destroyed the share of the key"))


def _trustee(state: State, index: int) -> str:
    found = state.trustees.get(index)
    return found.name if found else f"#{index}"


_TELLERS: Final[dict[EntryType, _Teller]] = {
    EntryType.SESSION_CREATED: _created,
    EntryType.TRUSTEE_JOINED: _joined,
    EntryType.DKG_COMMITTED: _attempt("密钥生成：承诺", "Key ceremony: commitment"),
    EntryType.DKG_REVEALED: _attempt("密钥生成：公开", "Key ceremony: reveal"),
    EntryType.DKG_CONFIRMED: _attempt("密钥生成：确认", "Key ceremony: confirmation"),
    EntryType.DKG_COMPLAINED: _complained,
    EntryType.DKG_FAULTED: _faulted,
    EntryType.RULES_ADOPTED: _rules,
    EntryType.KIOSK_REGISTERED: _kiosk,
    EntryType.CONTEST_DEFINED: _defined,
    EntryType.CREDENTIALS_ISSUED: _issued,
    EntryType.RESERVE_SEALED: _reserve,
    EntryType.CREDENTIAL_VOIDED: _voided,
    EntryType.ATTENDANCE_DECLARED: _attendance,
    EntryType.CONTEST_ABANDONED: _abandoned,
    EntryType.CONTEST_CLOSED: _closed,
    EntryType.KIOSK_REPORTED: _reported,
    EntryType.KIOSK_LOST: _lost,
    EntryType.COUNT_ENTERED: _sheet,
    EntryType.BOX_SETTLED: _settled,
    EntryType.PAPER_COMPARED: _paper,
    EntryType.CONSULTATION_RECORDED: _consulted,
    EntryType.KEY_DESTROYED: _destroyed,
}
