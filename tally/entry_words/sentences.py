"""What an entry of the log, or a proposal for one, says: one plain sentence, and the facts that are worth comparing.

* The sentence never tells how anybody voted: no counts, no outcomes, no keys; who may know a result reads it where it
  is published. What a scrutineer compares with own notes stands in the facts.
* Who signed an entry is told beside the sentence, not in it.
"""

from typing import Final

from ballots.screen.words import Said
from tally.entries import ceremony, closing, contests, credentials, outcome, session
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.bodies import TYPES
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.entry_words.ballot_words import tell_of_counting
from tally.entry_words.class_words import class_said
from tally.entry_words.naming import SHORT, defined_title, title_of, trustee_name
from tally.entry_words.reasons import ABANDONED, MISSING, SCOPES, VOIDED
from tally.entry_words.told import Told, about
from tally.state import State

_KEY_BYTES: Final = 32

_PLAIN: Final = {
    EntryType.OFFICIAL_ADMITTED: Said("增加一名会议工作人员", "One more official is admitted"),
    EntryType.BALLOT_CAST: Said("“{contest}”：投出一张选票（加密）", "{contest}: a ballot is cast (encrypted)"),
    EntryType.BALLOT_CHALLENGED: Said(
        "“{contest}”：查验一张选票（公开，不计票）", "{contest}: a ballot is tested (opened, not counted)"
    ),
    EntryType.BALLOT_ASSISTED: Said("“{contest}”：有人由他人协助填写", "{contest}: somebody is helped at a kiosk"),
    EntryType.CONTEST_OPENED: Said("“{contest}”开始投票", "Voting on {contest} begins"),
    EntryType.CONTEST_PAUSED: Said("“{contest}”暂停投票", "Voting on {contest} pauses"),
    EntryType.CONTEST_RESUMED: Said("“{contest}”恢复投票", "Voting on {contest} goes on"),
    EntryType.RECORD_VERIFIED: Said(
        "监票人核验了“{contest}”结束投票时的全部日志", "A scrutineer verified the closed log of {contest}"
    ),
    EntryType.TALLY_COMMITTED: Said(
        "监票人对“{contest}”的解密份额作出承诺", "A scrutineer committed to a decryption share of {contest}"
    ),
    EntryType.TALLY_SHARED: Said(
        "监票人出示“{contest}”的解密份额", "A scrutineer showed a decryption share of {contest}"
    ),
    EntryType.TALLY_COUNTED: Said("“{contest}”的票数写入日志", "The counts of {contest} are written"),
    EntryType.OUTCOME_DECLARED: Said("按规则得出“{contest}”的结果", "The rules decide {contest}"),
    EntryType.REPORT_SIGNED: Said("监票人签署“{contest}”的报告单", "A scrutineer signed the report of {contest}"),
    EntryType.SESSION_SEALED: Said("会议封存", "The session is sealed"),
    EntryType.SESSION_DESTROYED: Said("会议资料销毁", "The material of the session is destroyed"),
}


def tell(state: State, body: Body) -> Told:
    """Say an entry in words; `state` gives titles and names, and may be of before or after the entry."""
    told = _of_people(state, body) or _of_voting(state, body) or tell_of_counting(state, body)
    if told is not None:
        return told
    plain, contest = _PLAIN[TYPES[type(body)]], _contest_of(state, body)
    return about(title_of(state, contest), plain.zh, plain.en) if contest else Told(plain)


def _contest_of(state: State, body: Body) -> str:
    if isinstance(body, BallotCast | BallotChallenged):
        return state.contest_hashes.get(body.ballot.contest_hash, "?")
    return str(getattr(body, "contest", ""))


def _of_people(state: State, body: Body) -> Told | None:
    match body:
        case session.SessionCreated():
            return Told(
                Said(f"创建会议“{body.title}”", f"The session is created: {body.title}"),
                (
                    (Said("监票人数", "Scrutineers"), str(body.trustees)),
                    (Said("解密所需人数", "Needed to decrypt"), str(body.threshold)),
                ),
            )
        case ceremony.TrusteeJoined():
            said = Said(
                f"{body.name} 作为监票人（{body.index} 号）加入", f"{body.name} joins as scrutineer {body.index}"
            )
            return Told(said, ((Said("密钥开头", "The key begins with"), body.signing_key.hex()[:SHORT]),))
        case ceremony.DkgCommitted():
            return _attempt("密钥生成：承诺", "Key ceremony: commitment", body.attempt)
        case ceremony.DkgRevealed():
            return _attempt("密钥生成：公开份额", "Key ceremony: reveal", body.attempt)
        case ceremony.DkgConfirmed():
            return _attempt("密钥生成：确认", "Key ceremony: confirmation", body.attempt)
        case ceremony.DkgComplained():
            name = trustee_name(state, body.dealer)
            zh = f"有监票人对 {name} 的份额提出异议，须重新生成密钥"
            return Told(Said(zh, f"A share from {name} is disputed; the key is made anew"))
        case ceremony.DkgFaulted():
            name, missing = trustee_name(state, body.trustee), MISSING[body.missing]
            zh = f"{name} 没有按时发出{missing.zh}，须重新生成密钥"
            return Told(Said(zh, f"{name} did not send {missing.en} in time; the key is made anew"))
        case session.KeyDestroyed():
            name = trustee_name(state, body.trustee)
            return Told(Said(f"{name} 销毁了密钥份额", f"{name} destroyed the share of the key"))
        case contests.KioskRegistered():
            said = Said(f"登记终端 {body.name}", f"Kiosk {body.name} is registered")
            return Told(said, ((Said("密钥开头", "The key begins with"), body.kiosk.hex()[:SHORT]),))
        case closing.KioskLost():
            kiosk = state.kiosks.get(body.kiosk)
            name = kiosk.name if kiosk else body.kiosk.hex()[:SHORT]
            zh, en = f"终端 {name} 无法报告“{{contest}}”的票数", f"Kiosk {name} cannot report on {{contest}}"
            return about(title_of(state, body.contest), zh, en)
        case _:
            return None


def _of_voting(state: State, body: Body) -> Told | None:
    match body:
        case contests.RulesAdopted():
            name = body.rules.get("name")
            names = name if isinstance(name, dict) else {}
            zh, en = str(names.get("zh", body.id)), str(names.get("en", body.id))
            return Told(Said(f"采用规则“{zh}”", f"Rules are adopted: {en}"), ((Said("编号", "Id"), body.id),))
        case contests.ContestDefined():
            told = about(defined_title(body.contest), "确定表决事项“{contest}”", "The contest {contest} is defined")
            return _with_waiver(told) if body.contest.get("waiver") is True else told
        case credentials.CredentialsIssued():
            title = title_of(state, state.slots.get(body.slot, ""))
            count = str(len(body.keys) // _KEY_BYTES)
            return about(
                title,
                "登记“{contest}”的表决卡名单",
                "The list of cards of {contest} is registered",
                ((_cards(state, body.class_id), count),),
            )
        case credentials.ReserveSealed():
            sealed = (_cards(state, body.class_id), str(body.count))
            return Told(Said("封存备用表决卡", "Cards are sealed in reserve"), (sealed,))
        case credentials.CredentialVoided():
            why, title = VOIDED[body.reason], title_of(state, state.slots.get(body.slot, ""))
            return about(
                title,
                f"作废一张“{{contest}}”的表决卡（{why.zh}）",
                f"A card for {{contest}} is voided ({why.en})",
            )
        case contests.ContestAbandoned():
            why = ABANDONED[body.reason]
            return about(
                title_of(state, body.contest),
                f"中止“{{contest}}”（{why.zh}），不产生结果，永不解密",
                f"{{contest}} is abandoned ({why.en}): it has no result and is never decrypted",
            )
        case closing.ContestClosed():
            facts = (
                (Said("投出", "Cast"), str(body.cast)),
                (Said("查验", "Tested"), str(body.challenged)),
            )
            return about(title_of(state, body.contest), "“{contest}”结束投票", "Voting on {contest} ends", facts)
        case outcome.ResultPublished():
            scope = SCOPES[body.scope]
            zh, en = f"公布“{{contest}}”的结果：{scope.zh}", f"The result of {{contest}} is published {scope.en}"
            return about(title_of(state, body.contest), zh, en)
        case outcome.SeatsReduced():
            by = {"presidium": ("大会主席团", "the presidium"), "electors": ("半数以上选举人", "half of the electors")}
            zh, en = by[body.by]
            return about(
                title_of(state, body.contest),
                f"经{zh}同意，“{{contest}}”减少应选名额，选举结束",
                f"By consent of {en} the seats of {{contest}} are reduced, and the election ends",
                ((Said("应选名额减为", "Seats left"), str(body.seats)),),
            )
        case _:
            return None


def _attempt(zh: str, en: str, attempt: int) -> Told:
    return Told(Said(f"{zh}（第 {attempt} 次）", f"{en} (attempt {attempt})"))


def _cards(state: State, class_id: str) -> Said:
    name = class_said(state, class_id)
    return Said(f"{name.zh}：张数", f"{name.en}: cards")


def _with_waiver(told: Told) -> Told:
    mind = Said("须知", "Mind")
    words = "人数过少的组别也将显示票数，另须监票人多数签名 · small groups are shown, a quorum of scrutineers signs too"
    return Told(told.said, (*told.facts, (mind, words)))
