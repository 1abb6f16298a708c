"""What an entry says, in a plain sentence for people, in both languages.

* The sentences tell what was done, never how anybody voted: no counts, no outcomes, no keys. Who may know a result
  reads it where it is published.
* Who signed an entry is told beside the sentence, not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from ballots.screen.words import Bilingual, Said
from tally.entries import ballots, ceremony, closing, consultations, contests, counting, credentials, outcome, session
from tally.entries.sheets import SLIPS, VOID, BoxSettled, CountEntered

if TYPE_CHECKING:
    from tally.entries.envelope import Entry
    from tally.state import State


def entry_words(entry: Entry, state: State) -> Said:
    """The sentence of an entry. `state` is the session after it, or later."""
    return _SENTENCES[type(entry.body)](entry.body, state)


_MISSING: Final = {
    "committed": Said("承诺", "commitment"),
    "revealed": Said("公开值", "opening"),
    "confirmed": Said("确认", "confirmation"),
}
_VOIDED: Final = {
    "left_over": Said("没有发出的卡", "a card that was not drawn"),
    "test": Said("查验用的卡", "a card for tests"),
    "returned": Said("交回的卡", "a card that was given back"),
}
_ABANDONED: Final = {
    "defect": Said("设置有误", "something in it is wrong"),
    "emergency": Said("遇有紧急情况", "of an emergency"),
    "cards": Said("表决卡缺失", "cards are missing"),
    "key_lost": Said("能解密的监票人不足", "too few scrutineers are left to decrypt"),
    contests.POSTPONED: Said("缓议", "it is put off"),
}
_SCOPES: Final = {
    "all": Said("全部", "everybody"),
    "delegates": Said("会议代表", "delegates"),
    "restricted": Said("规定范围", "those who may know it"),
}


def _fixed(zh: str, en: str) -> Callable[[Any, State], Said]:
    return lambda _body, _state: Said(zh, en)


def _about(zh: str, en: str, **words: Callable[[Any], object]) -> Callable[[Any, State], Said]:
    """A sentence about a contest: 《…》 stands for its title, other places are filled from the body."""

    def said(body: Any, state: State) -> Said:
        title = _title(body.contest, state)
        values = {key: word(body) for key, word in words.items()}
        return Said(
            zh.format(title=title.zh, **{key: _in(value, "zh") for key, value in values.items()}),
            en.format(title=title.en or title.zh, **{key: _in(value, "en") for key, value in values.items()}),
        )

    return said


def _in(value: object, language: str) -> object:
    return getattr(value, language) if isinstance(value, Said) else value


def _title(contest: str, state: State) -> Bilingual:
    held = state.contests.get(contest)
    return held.contest.title if held else Said(contest, contest)


def _box(box: str) -> Said:
    return (
        Said("另选他人的纸条", "the slips with written names") if box == SLIPS else Said(f"票箱“{box}”", f"box “{box}”")
    )


def _created(body: session.SessionCreated, _state: State) -> Said:
    return Said(
        f"会议“{body.title}”建立，{body.date}；监票人 {body.trustees} 名，解密须 {body.threshold} 名",
        f"The session “{body.title}” of {body.date} begins: {body.trustees} scrutineers, {body.threshold} decrypt",
    )


def _joined(body: ceremony.TrusteeJoined, _state: State) -> Said:
    return Said(
        f"监票人 {body.name} 加入（第 {body.index} 号）", f"Scrutineer {body.name} joins as number {body.index}"
    )


def _of_trustee(zh: str, en: str, field: str) -> Callable[[Any, State], Said]:
    def said(body: Any, state: State) -> Said:
        number = getattr(body, field)
        found = state.trustees.get(number)
        missing = _MISSING.get(getattr(body, "missing", ""), Said("", ""))
        name = found.name if found else str(number)
        return Said(zh.format(name=name, missing=missing.zh), en.format(name=name, missing=missing.en))

    return said


def _adopted(body: contests.RulesAdopted, state: State) -> Said:
    found = state.rules.get(body.id)
    name = Said(found.rules.name_zh, found.rules.name_en) if found else Said(body.id, body.id)
    return Said(f"通过规则：{name.zh}", f"The rules are adopted: {name.en}")


def _defined(body: contests.ContestDefined, state: State) -> Said:
    title = _title(str(body.contest.get("id", "")), state)
    return Said(f"设定表决事项“{title.zh}”", f"The contest “{title.en or title.zh}” is defined")


def _ballot(zh: str, en: str) -> Callable[[Any, State], Said]:
    def said(body: Any, state: State) -> Said:
        title = state.contest_by_hash(body.ballot.contest_hash).contest.title
        return Said(zh.format(title=title.zh), en.format(title=title.en or title.zh))

    return said


def _issued(body: credentials.CredentialsIssued, state: State) -> Said:
    contest = state.slots.get(body.slot)
    title = _title(contest, state) if contest else Said(str(body.slot), str(body.slot))
    count = len(body.keys) // 32
    return Said(
        f"登记“{title.zh}”的表决卡 {count} 张（不记名）",
        f"{count} cards for “{title.en or title.zh}” are listed; none carries a name",
    )


def _registered(body: contests.KioskRegistered, _state: State) -> Said:
    return Said(f"登记表决终端“{body.name}”", f"The kiosk “{body.name}” is registered")


def _lost(body: closing.KioskLost, state: State) -> Said:
    kiosk, title = state.kiosks.get(body.kiosk), _title(body.contest, state)
    name = kiosk.name if kiosk else "?"
    return Said(
        f"“{title.zh}”：终端“{name}”不能报告票数", f"“{title.en or title.zh}”: the kiosk “{name}” cannot report"
    )


_SENTENCES: Final[Mapping[type[Any], Callable[[Any, State], Said]]] = {
    session.SessionCreated: _created,
    session.OfficialAdmitted: _fixed("增加一名工作人员", "A further official is admitted"),
    ceremony.TrusteeJoined: _joined,
    ceremony.DkgCommitted: _fixed("生成密钥：作出承诺", "Key ceremony: a commitment"),
    ceremony.DkgRevealed: _fixed(
        "生成密钥：公开承诺的内容，并把份额密封给其他监票人",
        "Key ceremony: it is opened, and shares are sealed to the others",
    ),
    ceremony.DkgConfirmed: _fixed("生成密钥：确认收到的份额都正确", "Key ceremony: all shares received are confirmed"),
    ceremony.DkgComplained: _of_trustee(
        "生成密钥：提出 {name} 给的份额不对，本轮作废重来",
        "Key ceremony: the share from {name} is wrong; it begins again",
        "dealer",
    ),
    ceremony.DkgFaulted: _of_trustee(
        "生成密钥：认定没有等到 {name} 的{missing}，本轮作废重来",
        "Key ceremony: the {missing} of {name} did not come; it begins again",
        "trustee",
    ),
    contests.RulesAdopted: _adopted,
    contests.KioskRegistered: _registered,
    contests.ContestDefined: _defined,
    credentials.CredentialsIssued: _issued,
    credentials.ReserveSealed: lambda body, _state: Said(
        f"封存备用卡 {body.count} 张", f"{body.count} reserve cards are sealed away"
    ),
    credentials.CredentialVoided: lambda body, _state: Said(
        f"作废一张卡：{_VOIDED[body.reason].zh}", f"A card is voided: {_VOIDED[body.reason].en}"
    ),
    contests.AttendanceDeclared: _about(
        "“{title}”：申报应到 {should} 人，实到 {present} 人",
        "“{title}”: {should} should attend, {present} are present",
        should=lambda body: body.should_attend,
        present=lambda body: body.present,
    ),
    contests.ContestOpened: _about("“{title}”开始投票", "Voting on “{title}” begins"),
    contests.ContestPaused: _about("“{title}”暂停投票", "Voting on “{title}” is interrupted"),
    contests.ContestResumed: _about("“{title}”恢复投票", "Voting on “{title}” goes on"),
    contests.ContestAbandoned: _about(
        "“{title}”中止，因为{why}；不产生结果",
        "“{title}” is abandoned, because {why}; there is no result",
        why=lambda body: _ABANDONED[body.reason],
    ),
    ballots.BallotCast: _ballot("“{title}”：一张加密的选票", "“{title}”: an encrypted ballot"),
    ballots.BallotChallenged: _ballot(
        "“{title}”：一张查验票，当众打开，不计入", "“{title}”: a tested ballot, opened for everybody and not counted"
    ),
    ballots.BallotAssisted: _about("“{title}”：有一人在协助下投票", "“{title}”: somebody was assisted in voting"),
    closing.ContestClosed: _about(
        "“{title}”结束投票：投出 {cast} 张，查验 {tested} 张",
        "Voting on “{title}” ends: {cast} cast, {tested} tested",
        cast=lambda body: body.cast,
        tested=lambda body: body.challenged,
    ),
    closing.KioskReported: _about(
        "“{title}”：终端报告，它收的选票都在日志里", "“{title}”: a kiosk reports that all its ballots are in the log"
    ),
    closing.KioskLost: _lost,
    closing.RecordVerified: _about(
        "“{title}”：监票人核验了封存的日志，并自己加总了加密的选票",
        "“{title}”: a scrutineer has verified the closed log and added up the encrypted ballots",
    ),
    counting.TallyCommitted: _about("“{title}”解密：作出承诺", "“{title}”, decryption: a commitment"),
    counting.TallyShared: _about("“{title}”解密：出示份额和证明", "“{title}”, decryption: a share with its proof"),
    counting.TallyCounted: _about("“{title}”：合计数解出", "“{title}”: the sums are decrypted"),
    CountEntered: _about(
        "“{title}”：录入计票单“{sheet}”（{box}）",
        "“{title}”: the count sheet “{sheet}” is entered ({box})",
        sheet=lambda body: body.sheet,
        box=lambda body: _box(body.box),
    ),
    BoxSettled: _about(
        "“{title}”：{box}收回多于发出，主席团决定{decision}",
        "“{title}”: {box} has more ballots than were issued; the presidium decides that {decision}",
        box=lambda body: _box(body.box),
        decision=lambda body: (
            Said("重新投票", "the vote is held again") if body.decision == VOID else Said("计入", "it counts")
        ),
    ),
    counting.PaperCompared: _about(
        "“{title}”：与纸质记录比对，{agrees}",
        "“{title}”: compared with the paper records, which {agrees}",
        agrees=lambda body: Said("一致", "agree") if body.agrees else Said("不一致", "do not agree"),
    ),
    outcome.OutcomeDeclared: _about(
        "“{title}”：按采用的规则认定结果", "“{title}”: the outcome is declared as the adopted rules decide it"
    ),
    outcome.ReportSigned: _about("“{title}”：监票人在报告单上签名", "“{title}”: a scrutineer signs the report"),
    outcome.ResultPublished: _about(
        "“{title}”：公布结果，范围为{scope}",
        "“{title}”: the result is published to {scope}",
        scope=lambda body: _SCOPES[body.scope],
    ),
    outcome.SeatsReduced: _about(
        "“{title}”：经同意减少名额，选举结束", "“{title}”: the seats are reduced by consent, and the election ends"
    ),
    consultations.ConsultationRecorded: lambda body, _state: Said(
        f"记录书面征求意见：“{body.title_zh}”",
        f"A written consultation is recorded: “{body.title_en or body.title_zh}”",
    ),
    session.KeyDestroyed: _of_trustee(
        "监票人 {name} 销毁了密钥文件", "Scrutineer {name} has destroyed the key file", "trustee"
    ),
    session.SessionSealed: _fixed("会议封存，日志不再增加", "The session is sealed; the log is complete"),
    session.SessionDestroyed: _fixed(
        "服务器在日志之外保存的资料已销毁", "What the server kept beside the log is destroyed"
    ),
}
