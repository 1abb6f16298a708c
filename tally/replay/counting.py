"""Counts: decrypted, and compared with paper (SPEC §9.6, §8.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.aggregate import check_minimum
from tally.entries.counting import PaperCompared, TallyCounted
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.reading import Counts
from tally.replay import signers
from tally.replay.checks import acted, contest_in, contest_named, refuse, with_contest
from tally.replay.closing import closed
from tally.replay.combine import check_cells
from tally.replay.decryption import check_verified
from tally.replay.rule import Rule, rule
from tally.state import ContestState, State, Status


def _count(state: State, entry: Entry, body: TallyCounted) -> State:
    _check_not_counted(contest_named(state, entry.type, body.contest))
    contest, closing = closed(state, entry, body.contest)
    check_minimum(contest.contest, closing.cells)
    check_verified(state, contest)
    check_cells(state, contest, closing, body.cells)
    return with_contest(state, replace(contest, status=Status.COUNTED, cells=body.cells))


def _compare(state: State, entry: Entry, body: PaperCompared) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.COUNTED, Status.DECIDED, Status.PUBLISHED)
    if contest.is_by_hand:
        refuse("V4.D", f"{contest.id} is counted by hand; there is no decrypted count to compare paper with")
    _check_shape(contest, body.counts)
    for row, counts in zip(contest.contest.rows, body.counts, strict=True):
        if sum(counts) != body.papers:
            refuse("V11.D", f"{contest.id}, row {row.id}: {sum(counts)} marks on {body.papers} papers", contest.id)
    agrees = body.counts == contest.totals and body.papers == contest.cast
    if agrees != body.agrees:
        said, found = ("agrees", "differs") if body.agrees else ("differs", "agrees")
        refuse("V11.D", f"{contest.id}: the comparison says that paper {said} with the counts; it {found}", contest.id)
    contest = acted(state, entry, contest)
    return with_contest(state, replace(contest, comparisons=(*contest.comparisons, body)))


def _check_not_counted(contest: ContestState) -> None:
    if contest.has_counts:
        refuse("V10.E", f"{contest.id} is counted already; a new vote is a new contest", contest.id)


def _check_shape(contest: ContestState, counts: Counts) -> None:
    if [len(row) for row in counts] != [len(contest.contest.marks)] * len(contest.contest.rows):
        refuse("V11.D", f"{contest.id}: the counts are not one number for each row and mark", contest.id)


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.TALLY_COUNTED: rule(TallyCounted, signers.official, _count),
    EntryType.PAPER_COMPARED: rule(PaperCompared, signers.two_trustees, _compare),
}
"""The rules of these types."""
