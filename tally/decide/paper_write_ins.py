"""Names written on a paper ballot of an election (另选他人): which of them count, and what breaking a rule costs.

* A written name is selected by a symbol that approves; without a symbol it is what ``unmarked`` says.
* ``requires`` says who may write in, ``max`` how many names, ``without_disapprove`` what breaking either costs: the
  written names, or the ballot. Which of too many names were meant, nobody can tell: all of them are lost.
* A printed candidate cannot be written in: that line is lost, or the ballot where a broken rule costs it.
* The same name twice is one person, selected once. With different symbols it cannot be counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ballots.void_reasons import VoidReason
from tally.decide.paper import PaperBallot
from tally.decide.paper_lines import UNREADABLE, UNTOUCHED, meaning
from tally.rules.election import OnViolation, Unmarked, WriteInMax, WriteInRequires, WriteInRules

_CIRCLE: Final = {"O": "approve"}
"""○ beside a written name selects it (SPEC §13.10), also where the printed lines have no symbol that approves."""


def written_names(
    ballot: PaperBallot,
    lines: Sequence[str],
    candidates: Sequence[str],
    seats: int,
    rules: WriteInRules,
    legend: Mapping[str, str],
    where: str,
) -> tuple[str, ...] | VoidReason:
    """Give the written names that count, each once, or the reason why they make the ballot void.

    `lines` is what the printed lines say.

    Raises:
        VerificationError: V11.D, a symbol beside a name that the legend does not have.
    """
    symbols: dict[str, set[str]] = {}
    for name, symbol in ballot.write_ins:
        if name != UNREADABLE:
            symbols.setdefault(name, set()).add(meaning(symbol, {**_CIRCLE, **legend}, UNTOUCHED, where))
    if rules.unmarked is Unmarked.INVALIDATE_BALLOT and any(UNTOUCHED in said for said in symbols.values()):
        return VoidReason.WRITE_IN
    selected = tuple(name for name, said in symbols.items() if said - {UNTOUCHED} == {"approve"})
    own = tuple(name for name in selected if name not in candidates)
    too_many = len(own) > _allowed(rules, lines, seats)
    if rules.without_disapprove is OnViolation.INVALIDATE_BALLOT and (too_many or own != selected):
        return VoidReason.WRITE_IN
    return () if too_many else own


def _allowed(rules: WriteInRules, lines: Sequence[str], seats: int) -> int:
    """How many names a ballot with these lines may write in."""
    opposed = lines.count("disapprove")
    if rules.requires is WriteInRequires.NOT_APPROVE:
        opposed += lines.count("abstain")
    if rules.max is WriteInMax.PER_DISAPPROVED:
        return opposed
    return seats if opposed or rules.requires is WriteInRequires.NOTHING else 0
