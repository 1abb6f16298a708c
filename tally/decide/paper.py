"""Reading paper ballots of an election: what each line counts as, and which ballots are void.

* A sheet's symbols mean what the legend of the rule set says; an empty line means what ``blank_mark_means`` says; a
  line that cannot be read, or that bears two symbols, is void by itself.
* Selected are the approvals and the written names marked ○. Selecting fewer than there are seats is fine, selecting
  more makes the whole ballot void.
* Where the texts are silent we drop written lines and not ballots: a printed name written again; more names than the
  ballot may write in (all of them, because nobody can tell which were meant).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import contradiction
from tally.rules.election import (
    ElectionRules,
    OnViolation,
    Unmarked,
    WriteInMax,
    WriteInRequires,
    WriteInRules,
)

BLANK: Final = "_"
ITEM_INVALID: Final = "item_invalid"
_CIRCLE: Final = "O"
_UNREADABLE: Final = frozenset({"?", "OX", "XO"})


@dataclass(frozen=True, slots=True)
class PaperBallot:
    """The symbols of one sheet in the order of the candidates, and the names written in, each with its symbol."""

    marks: tuple[str, ...]
    write_ins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperCount:
    """Numbers of the void ballots (from 1), the four counts of every candidate in order, and the written names."""

    invalid_numbers: tuple[int, ...]
    totals: tuple[Mapping[str, int], ...]
    write_ins: Mapping[str, int]


def count_papers(
    ballots: Sequence[PaperBallot], candidates: Sequence[str], seats: int, blank: str, family: ElectionRules
) -> PaperCount:
    """Count the sheets of one election; `blank` is what an empty line means.

    Raises:
        VerificationError: V11.D, a sheet with another number of lines, or with a symbol that the legend does not have.
    """
    totals: tuple[Counter[str], ...] = tuple(Counter() for _ in candidates)
    written: Counter[str] = Counter()
    invalid = []
    for number, ballot in enumerate(ballots, start=1):
        if len(ballot.marks) != len(candidates):
            contradiction(f"ballot {number} has {len(ballot.marks)} lines for {len(candidates)} candidates")
        lines = tuple(_meaning(symbol, blank, family, number) for symbol in ballot.marks)
        names = _names(ballot, lines, candidates, seats, family)
        if names is None or lines.count("approve") + len(names) > seats:
            invalid.append(number)
            continue
        for line, total in zip(lines, totals, strict=True):
            total[line] += 1
        written.update(names)
    kinds = ("approve", "disapprove", "abstain", ITEM_INVALID)
    return PaperCount(
        invalid_numbers=tuple(invalid),
        totals=tuple({kind: total[kind] for kind in kinds} for total in totals),
        write_ins=dict(written),
    )


def _meaning(symbol: str, blank: str, family: ElectionRules, number: int) -> str:
    if symbol in _UNREADABLE:
        return ITEM_INVALID
    if symbol == BLANK:
        # Where every line must be marked, an empty one cannot be counted as anything.
        return blank or ITEM_INVALID
    meaning = dict(family.mark_legend).get(symbol)
    if meaning is None:
        contradiction(f"ballot {number} has the symbol {symbol!r}, which the legend of this rule set does not have")
    return meaning


def _names(
    ballot: PaperBallot, lines: Sequence[str], candidates: Sequence[str], seats: int, family: ElectionRules
) -> tuple[str, ...] | None:
    """The written names that count, each once; None where they make the ballot void."""
    rules = family.write_in
    if rules is None:
        return ()
    own = {name: symbol for name, symbol in ballot.write_ins if name not in candidates}
    if rules.unmarked is Unmarked.INVALIDATE_BALLOT and BLANK in own.values():
        return None
    marked = tuple(name for name, symbol in own.items() if symbol == _CIRCLE)
    if len(marked) <= _allowed(rules, lines.count("disapprove"), seats):
        return marked
    return () if rules.without_disapprove is OnViolation.IGNORE_ITEM else None


def _allowed(rules: WriteInRules, disapproved: int, seats: int) -> int:
    if rules.requires is WriteInRequires.DISAPPROVE and disapproved == 0:
        return 0
    return disapproved if rules.max is WriteInMax.PER_DISAPPROVED else seats
