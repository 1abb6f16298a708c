"""Reading paper ballots of ticket votes, motions and evaluations: one mark on each line.

Such sheets have a column for each mark, so a line is told by the mark of its column. A line that cannot be read, or
that is marked in two columns, is void by itself; an untouched one is what ``blank_mark_means`` says, and where that
says nothing it cannot be counted. Names cannot be written in, and count nowhere where somebody does it all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tally.decide.paper import PaperBallot, PaperCount, Reading, add_up
from tally.decide.paper_lines import meaning
from tally.rules.families import marks_of
from tally.rules.ruleset import RuleSet


def count_votes(ballots: Sequence[PaperBallot], rows: int, rules: RuleSet) -> PaperCount:
    """Count the sheets of one vote with so many rows.

    Raises:
        VerificationError: V11.D, a sheet with another number of lines, or a mark that the rule set does not have.
    """
    marks = marks_of(rules.family)
    judge = partial(_judge, legend={mark: mark for mark in marks}, blank=rules.blank_mark_means)
    return add_up(ballots, rows, marks, judge)


def _judge(ballot: PaperBallot, where: str, *, legend: dict[str, str], blank: str) -> Reading:
    return Reading(tuple(meaning(symbol, legend, blank, where) for symbol in ballot.marks))
