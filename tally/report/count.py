"""得票情况报告单: the count of an election, a pre-selection or a run-off, in the order of the ballot.

Rows have approvals, disapprovals and abstentions, and unreadable lines only where some were counted. Persons written in
have approvals only. Scrutineers and counters sign; the time is written by hand.
"""

from __future__ import annotations

from typing import Final

from ballots.contest import Stage, WriteInWay
from ballots.matrix import WRITE_IN
from tally.decide.outcome import ElectionOutcome, namer
from tally.entries.outcome import PRESIDIUM
from tally.report.boxes import corrected, void_table
from tally.report.facts import ContestFacts
from tally.report.model import (
    NONE,
    Block,
    Cell,
    Column,
    ColumnKind,
    DocumentKind,
    Facts,
    Notes,
    Sheet,
    SignatureLine,
    Statement,
    Table,
)
from tally.report.words import articles, checks, needed, validity, with_stage
from tally.tables import mark_word

COUNTING_SIGNATURES: Final = (SignatureLine("总监票人"), SignatureLine("监票人", 3), SignatureLine("计票人", 2))
"""Who signs a count."""

_MARKS: Final = ("approve", "disapprove", "abstain")


def count_sheet(facts: ContestFacts, outcome: ElectionOutcome) -> Sheet:
    """The sheet of one counted election."""
    blocks: list[Block] = [
        election_facts(facts),
        Statement(validity(facts, "选举", "选票"), strong=True),
        Statement(needed(facts, outcome.votes_needed, _verb(facts.stage))),
        _table(facts, outcome),
        *void_table(facts),
    ]
    way = write_in_way(facts)
    if way:
        blocks.append(Statement(way))
    if facts.write_ins:
        blocks.append(_written_in(facts, outcome))
    blocks.append(Statement(conclusion(facts, outcome) + seats_reduced(facts), strong=True))
    points = [facts.point]
    if outcome.runoff_candidates:
        points.append("tie")
    if outcome.next_options or facts.reduced:
        points.append("shortfall")
    if facts.write_ins:
        points.append("write_in")
    blocks.append(Notes(corrected(facts) + checks(outcome.manual_checks) + articles(facts.rules, points)))
    return Sheet(with_stage(facts) + DocumentKind.COUNT.zh, tuple(blocks), COUNTING_SIGNATURES)


def election_facts(facts: ContestFacts) -> Facts:
    """People, ballots and seats."""
    attendance = facts.attendance
    return Facts(
        (
            ("应到会", attendance.should_attend),
            ("实到会", attendance.present),
            ("应选名额", facts.contest.seats),
            ("发出选票", attendance.issued),
            ("收回选票", attendance.returned),
            ("候选人数", len(facts.people)),
            ("有效票", attendance.valid),
            ("无效票", attendance.invalid),
            ("差额", len(facts.people) - facts.contest.seats),
        )
    )


def conclusion(facts: ContestFacts, outcome: ElectionOutcome) -> str:
    """What follows from the count, in a sentence."""
    if not outcome.sitting.decides:
        return "本次投票不产生结果。"
    name = namer(facts.contest)
    verb = _verb(facts.stage)
    parts = [f"{verb} {len(outcome.elected_by_votes)} 名"]
    if outcome.runoff_candidates:
        tied = "、".join(name(one) for one in outcome.runoff_candidates)
        seats = f"余下 {outcome.runoff_seats} 名"
        follows = f"就{seats}再次投票" if outcome.runoff_follows else f"{seats}由大会主席团决定"
        parts.append(f"{tied} 票数相等，{follows}")
    if outcome.passed_but_not_elected and facts.threshold is not None:
        parts.append(f"达到规定票数而未{verb} {len(outcome.passed_but_not_elected)} 人")
    if outcome.shortfall and facts.reduced is None:
        parts.append(f"缺额 {outcome.shortfall} 名")
    return "；".join(parts) + "。"


def write_in_way(facts: ContestFacts) -> str:
    """How others could be written in, and if nobody was, in a sentence; empty in a run-off, where nobody can be."""
    write_ins = facts.contest.write_ins
    nobody = "" if facts.write_ins else "无人另选他人。"
    match write_ins.way:
        case WriteInWay.WAIVED:
            return f"另选他人方式：选票不设另选他人栏（{write_ins.decision}）。"
        case WriteInWay.PAPER:
            return "另选他人方式：在选票上填写。" + nobody
        case WriteInWay.SLIPS:
            return "另选他人方式：在纸条上填写，投入专用票箱，由人工计票。" + nobody
        case WriteInWay.NONE:
            return ""


def seats_reduced(facts: ContestFacts) -> str:
    """How the election ended with fewer seats, in a sentence, empty where it did not."""
    reduced = facts.reduced
    if reduced is None:
        return ""
    consent = "大会主席团" if reduced.by == PRESIDIUM else "半数以上选举人"
    motion = f"（表决 {reduced.motion}）" if reduced.motion else ""
    fewer = facts.contest.seats - reduced.seats
    return f"应选 {facts.contest.seats} 名，经{consent}同意{motion}减少 {fewer} 名，为 {reduced.seats} 名，选举结束。"


def _verb(stage: Stage) -> str:
    return "列为正式候选人" if stage is Stage.PRESELECTION else "当选"


def _table(facts: ContestFacts, outcome: ElectionOutcome) -> Table:
    unreadable = any(facts.item_invalid)
    rows: list[tuple[Cell, ...]] = []
    for number, person in enumerate(facts.people):
        counts = [facts.count(number, mark) for mark in _MARKS]
        if unreadable:
            counts.append(facts.item_invalid[number])
        rows.append((number + 1, person.label, *counts, _remark(person.id, facts, outcome)))
    return Table(_columns(facts), tuple(rows))


def _written_in(facts: ContestFacts, outcome: ElectionOutcome) -> Table:
    others: tuple[Cell, ...] = (NONE,) * (len(_MARKS) - 1 + any(facts.item_invalid))
    rows: list[tuple[Cell, ...]] = [
        (number, name, approve, *others, _remark(WRITE_IN + name, facts, outcome))
        for number, (name, approve) in enumerate(facts.write_ins, 1)
    ]
    return Table(_columns(facts), tuple(rows), "另选他人")


def _columns(facts: ContestFacts) -> tuple[Column, ...]:
    words = [mark_word(facts.contest, mark) for mark in _MARKS] + (["部分无效"] if any(facts.item_invalid) else [])
    return (
        Column("序号", ColumnKind.ORDINAL),
        Column("姓名", ColumnKind.NAME),
        *(Column(word, ColumnKind.NUMBER) for word in words),
        Column("备注", ColumnKind.REMARK),
    )


def _remark(identity: str, facts: ContestFacts, outcome: ElectionOutcome) -> str:
    if not outcome.sitting.decides:
        return NONE
    verb = _verb(facts.stage)
    if identity in outcome.elected_by_votes:
        return verb
    if identity in outcome.runoff_candidates:
        return "票数相等"
    over = facts.threshold is not None and identity in outcome.passed_but_not_elected
    return f"过规定票数，未{'列入' if facts.stage is Stage.PRESELECTION else verb}" if over else ""
