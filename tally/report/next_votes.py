"""后续表决建议: what may follow the decided contests, each with its reason and article. It opens nothing.

The proposals are those of :mod:`tally.next_vote`; officials define what they choose, and replay judges it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tally.decide.outcome import namer
from tally.next_vote import Next, Proposal, next_votes
from tally.report.model import NONE, Cell, Column, ColumnKind, DocumentKind, Notes, Sheet, SignatureLine, Table
from tally.rules.ruleset import Certainty
from tally.state import State

WORDS: Final[Mapping[Next, str]] = {
    Next.RUNOFF: "再次投票",
    Next.PRESIDIUM_DECIDES: "由大会主席团决定",
    Next.SUPPLEMENTARY: "另行选举",
    Next.REDUCE_SEATS: "减少名额",
    Next.LEAVE_VACANT: "缺额暂不补选",
    Next.FORMAL: "正式选举",
    Next.AGAIN: "重新投票",
    Next.RENOMINATION: "可否再次提名",
}
UNCONFIRMED: Final = "（条文待核对）"


def next_sheet(state: State) -> tuple[Sheet, ...]:
    """The sheet of a session, none where nothing may follow."""
    proposals = next_votes(state)
    if not proposals:
        return ()
    rows = tuple(_row(number, one, state) for number, one in enumerate(proposals, 1))
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column("表决事项", ColumnKind.TEXT),
        Column("可以进行", ColumnKind.TEXT),
        Column("名额", ColumnKind.NUMBER),
        Column("理由和涉及的人", ColumnKind.PROSE),
        Column("依据", ColumnKind.PROSE),
    )
    notes = Notes(("本表只列可以进行的后续表决，不作决定；同一事项有几种办法的，由大会主席团或者全体会议选定。",))
    sheet = Sheet(DocumentKind.NEXT.zh, (Table(columns, rows), notes), (SignatureLine("执行主席"),))
    return (sheet,)


def _row(number: int, one: Proposal, state: State) -> tuple[Cell, ...]:
    contest = state.contest(one.after).contest
    name = namer(contest)
    people = "、".join(name(identity) for identity in one.people)
    about = f"（{people}）" if people and any(name(identity) not in one.reason.zh for identity in one.people) else ""
    doubt = "" if one.reason.certainty is Certainty.QUOTED else UNCONFIRMED
    article = one.reason.article_zh + doubt if one.reason.article_zh else NONE
    return (number, contest.title.zh, WORDS[one.what], one.seats or NONE, one.reason.zh + about, article)
