"""What a reader of a report must know though it is no finding: who was at fault, what was waived, what is unproved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ballots.contest import Stage
from tally.entries.sheets import COUNT, VOID
from tally.state import ContestState, State
from tally.verify.name_orders import out_of_order
from tally.verify.report import Remark

_ABANDONED: Final = {
    "defect": ("something in it was wrong", "事项本身有误"),
    "emergency": ("an emergency", "突发情况"),
    "cards": ("cards were missing or misused", "表决卡遗失或误用"),
    "key_lost": ("too few keys were left", "可用密钥不足"),
    "postponed": ("postponed before it opened", "暂缓表决"),
}

_SETTLED: Final = {
    COUNT: ("it was decided to count the box", "经决定，该箱计入"),
    VOID: ("it was decided that the vote is void", "经决定，本次投票无效"),
}


def remarks_on(state: State, *, anchored: bool) -> tuple[Remark, ...]:
    """Give the remarks on a log, the most important first."""
    return (*_session(state, anchored), *_ceremony(state), *_contests(state), *_consultations(state))


def _session(state: State, anchored: bool) -> Iterator[Remark]:
    if state.session is not None and state.session.simulated:
        yield Remark("simulated", "This session was simulated; nobody voted.", "本次会议为演练，并非真实投票。")
    if not anchored:
        yield Remark(
            "unanchored",
            "Unanchored: no fingerprint was given, so nothing says that this is the session you mean.",
            "未锚定：没有给出会议指纹，不能证明它就是您所指的那次会议。",
        )
    if not state.sealed:
        yield Remark("unsealed", "The log is not sealed; entries may follow.", "日志尚未封存，之后可能还有条目。")


def _ceremony(state: State) -> Iterator[Remark]:
    reasons = {
        "committed": ("sent no commitment", "未提交承诺"),
        "revealed": ("did not reveal", "未公开"),
        "confirmed": ("did not confirm", "未确认"),
        "share": ("dealt a bad share", "分发了错误的份额"),
        "complaint": ("complained about a good share", "对正确的份额提出申诉"),
    }
    for fault in state.ceremony.faults:
        en, zh = reasons[fault.reason]
        name = _trustee(state, fault.trustee)
        yield Remark(
            "fault",
            f"Key ceremony, attempt {fault.attempt}: {name} {en}.",
            f"密钥仪式第 {fault.attempt} 次：{name}{zh}。",
        )


def _contests(state: State) -> Iterator[Remark]:
    for slot in sorted(state.slots):
        contest = state.contests[state.slots[slot]]
        yield from _contest(state, contest)


def _contest(state: State, contest: ContestState) -> Iterator[Remark]:
    for index in contest.bad_shares:
        name = _trustee(state, index)
        yield Remark(
            "dropped_share",
            f"{contest.id}: the share of {name} does not hold and was not used.",
            f"{contest.id}：{name}的份额无效，未使用。",
        )
    for key in sorted(contest.lost):
        name = state.kiosks[key].name
        yield Remark(
            "lost_kiosk",
            f"{contest.id}: the kiosk {name} is recorded as lost.",
            f"{contest.id}：终端 {name} 已记为失联。",
        )
    yield from _sheets(contest)
    if contest.contest.waiver:
        least = contest.contest.minimum
        yield Remark(
            "waiver",
            f"{contest.id}: by waiver, totals of {least} or more ballots are decrypted.",
            f"{contest.id}：经豁免，{least} 票以上即解密合计。",
        )
    if contest.contest.stage in (Stage.RUNOFF, Stage.SUPPLEMENTARY) and not contest.contest.follows:
        yield Remark(
            "unlinked",
            f"{contest.id}: a {contest.contest.stage.value} vote names no earlier one; who stands is not checked.",
            f"{contest.id}：再次投票或另行选举未注明接续哪次投票，参选人员无从核对。",
        )
    moved = out_of_order(contest.contest, state.rules[contest.contest.rules.id].rules.family)
    if moved:
        yield Remark(
            "name_order",
            f"{contest.id}: the order of these names was made by hand: {', '.join(moved)}.",
            f"{contest.id}：以下姓名的次序由人工排定：{'、'.join(moved)}。",
        )
    if contest.reduced is not None:
        yield Remark(
            "reduced",
            f"{contest.id}: the seats were reduced from {contest.contest.seats} to {contest.reduced.seats}.",
            f"{contest.id}：名额由 {contest.contest.seats} 名减为 {contest.reduced.seats} 名。",
        )
    if contest.abandoned is not None:
        en, zh = _ABANDONED[contest.abandoned.reason]
        yield Remark(
            "abandoned",
            f"{contest.id}: abandoned ({en}). It has no result; what was cast ({contest.cast}) is never decrypted.",
            f"{contest.id}：已中止（{zh}），没有结果，已投的 {contest.cast} 张选票永不解密。",
        )
    elif contest.is_secret_for_ever:
        yield Remark(
            "secret",
            f"{contest.id}: too few ballots; the totals are never decrypted.",
            f"{contest.id}：票数过少，合计不解密。",
        )
    if any(not comparison.agrees for comparison in contest.comparisons):
        yield Remark("paper", f"{contest.id}: paper and log do not agree.", f"{contest.id}：纸票与日志不一致。")


def _consultations(state: State) -> Iterator[Remark]:
    for id_ in sorted(state.consultations):
        one = state.consultations[id_]
        numbers = f"{one.agree} agree, {one.disagree} disagree, {one.no_reply} did not reply"
        title = f" ({one.title_en})" if one.title_en else ""
        people = f"{one.members} members and {one.alternates} alternates"
        yield Remark(
            "consultation",
            f"{id_}{title}: {people} were consulted in writing: {numbers}. It decides nothing; the standing "
            "committee does.",
            f"{id_}（{one.title_zh}）：书面征求委员 {one.members} 名、候补委员 {one.alternates} 名意见，"
            f"同意 {one.agree}，不同意 {one.disagree}，未答复 {one.no_reply}。不是表决，由常委会决定。",
        )


def _sheets(contest: ContestState) -> Iterator[Remark]:
    """Corrections of count sheets, and what was decided about boxes."""
    for sheet in contest.sheets.entered:
        if sheet.replaces:
            yield Remark(
                "corrected_sheet",
                f"{contest.id}, box {sheet.box}: the count sheet “{sheet.replaces}” was replaced by “{sheet.sheet}”.",
                f"{contest.id}，票箱 {sheet.box}：计票单“{sheet.replaces}”已由“{sheet.sheet}”取代。",
            )
    for decision in contest.sheets.settled:
        en, zh = _SETTLED[decision.decision]
        yield Remark(
            "box_settled",
            f"{contest.id}, box {decision.box}, sheet “{decision.sheet}”: more were returned than issued; {en}.",
            f"{contest.id}，票箱 {decision.box}，计票单“{decision.sheet}”：收回多于发出；{zh}。",
        )


def _trustee(state: State, index: int) -> str:
    trustee = state.trustees.get(index)
    return f"{trustee.name} ({index})" if trustee else f"trustee {index}"
