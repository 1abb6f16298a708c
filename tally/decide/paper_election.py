"""Reading paper ballots of an election: what each line counts as, and which ballots are void.

* A sheet's symbols mean what ``mark_legend`` says, an untouched line what ``blank_mark_means`` says; a line that cannot
  be read, or that bears two symbols, is void by itself.
* Selected are the approvals and the written names. Selecting fewer than there are seats is fine; selecting more costs
  the ballot or all its lines (``over_selected``).
* A sheet that nobody touched is what ``blank_ballot`` says. Where an untouched line approves, it selects everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ballots.void_reasons import VoidReason
from tally.decide.paper import PaperBallot, PaperCount, Reading, add_up
from tally.decide.paper_lines import ITEM_INVALID, UNTOUCHED, meaning
from tally.decide.paper_write_ins import written_names
from tally.rules.common import MARKS
from tally.rules.election import BlankBallot, ElectionRules, OverSelected


def count_election(
    ballots: Sequence[PaperBallot],
    candidates: Sequence[str],
    seats: int,
    blank: str,
    family: ElectionRules,
    *,
    writing: bool = True,
) -> PaperCount:
    """Count the sheets of one election; `blank` is what an untouched line means.

    Where nobody can be written in (`writing` is false for run-offs and by decision), written names count nowhere.

    Raises:
        VerificationError: V11.D, a sheet with another number of lines, or with a symbol that the legend does not have.
    """
    judge = partial(_judge, candidates=candidates, seats=seats, blank=blank, family=family, writing=writing)
    return add_up(ballots, len(candidates), MARKS, judge)


def _judge(
    ballot: PaperBallot,
    where: str,
    *,
    candidates: Sequence[str],
    seats: int,
    blank: str,
    family: ElectionRules,
    writing: bool,
) -> Reading | VoidReason:
    untouched = all(symbol == UNTOUCHED for symbol in ballot.marks) and not ballot.write_ins
    if untouched and blank != "approve" and family.blank_ballot is BlankBallot.INVALID:
        return VoidReason.BLANK
    legend = dict(family.mark_legend)
    lines = tuple(meaning(symbol, legend, blank, where) for symbol in ballot.marks)
    names: tuple[str, ...] | VoidReason = ()
    if family.write_in is not None and writing:
        names = written_names(ballot, lines, candidates, seats, family.write_in, legend, where)
    if isinstance(names, VoidReason):
        return names
    if lines.count("approve") + len(names) <= seats:
        return Reading(lines, names)
    if family.over_selected is OverSelected.WHOLE_BALLOT_INVALID:
        return VoidReason.OVER_SELECTED
    return Reading((ITEM_INVALID,) * len(lines))
