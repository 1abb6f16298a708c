"""Categories of evaluators (A leaders, B members, C delegates): each cell scored exactly, then combined by weights.

A cell that was merged into another cannot be scored by itself any more: what is left carries the weights of all the
categories in it. Nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

from tally.decide.attendance import contradiction
from tally.decide.rates import Rate
from tally.rules.evaluation import EmptyCategory
from voting_core.codec import JsonObject

WHOLE: Final = 100
"""What the weights of all categories sum to."""


class CellOfContest(Protocol):
    """A cell of a contest (SPEC §4.1)."""

    @property
    def id(self) -> str:
        """The id of the cell."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in it."""

    @property
    def merge_into(self) -> str:
        """The cell into which it is merged when it is too small, empty for the last."""


@dataclass(frozen=True, slots=True)
class Part:
    """One cell that is left, for one row: its categories and their weights together, its weighted and weighing sums.

    `rates` is empty where the cell holds more than one category: only what was decrypted by itself has rates.
    """

    cell: str
    categories: tuple[str, ...]
    weight: int
    weighted: int
    weighing: int
    rates: tuple[Rate, ...] = ()

    @property
    def score(self) -> Fraction | None:
        """The index of this cell alone, None where no ballot carries a weight."""
        return Fraction(self.weighted, self.weighing) if self.weighing else None

    def to_log_json(self) -> JsonObject:
        """The part in the log."""
        return {
            "categories": list(self.categories),
            "cell": self.cell,
            "rates": [rate.to_log_json() for rate in self.rates],
            "weighing": self.weighing,
            "weight": self.weight,
            "weighted": self.weighted,
        }


@dataclass(frozen=True, slots=True)
class Combined:
    """The parts of a row and the weight that their scores are divided by; `share` is 0 where there is no index."""

    parts: tuple[Part, ...]
    share: int

    @property
    def index(self) -> Fraction | None:
        """The combined index, exactly."""
        if not self.share:
            return None
        scored = ((part.weight, part.score) for part in self.parts)
        return sum((weight * score for weight, score in scored if score is not None), Fraction(0)) / self.share

    @property
    def empty(self) -> tuple[str, ...]:
        """The categories that carry a weight and gave no answer."""
        return tuple(name for part in self.parts if part.weight and not part.weighing for name in part.categories)

    def to_log_json(self) -> JsonObject:
        """The parts in the log; the index follows from them, so that no large fraction is written."""
        return {"parts": [part.to_log_json() for part in self.parts], "share": self.share}


def combine(parts: Iterable[Part], empty: EmptyCategory) -> Combined:
    """Combine the parts of a row, whose weights sum to 100, as the method says of those without an answer.

    Raises:
        VerificationError: V11.D, weights below zero or that do not sum to 100.
    """
    found = tuple(parts)
    if sum(part.weight for part in found) != WHOLE or min(part.weight for part in found) < 0:
        contradiction("the weights of the categories do not sum to 100")
    answered = sum(part.weight for part in found if part.weighing)
    match empty:
        case EmptyCategory.REFUSE:
            share = WHOLE if answered == WHOLE else 0
        case EmptyCategory.RENORMALISE:
            share = answered
        case EmptyCategory.ZERO:
            # Where nobody answered at all there is nothing to be called an index, not even zero.
            share = WHOLE if answered else 0
    return Combined(found, share)


def classes_by_cell(cells: Sequence[CellOfContest], left: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The classes counted in each cell that is left after merging: a cell that is not left is in the one it names.

    Raises:
        VerificationError: V11.D, a cell that the contest does not have, or one that is in none that is left.
    """
    targets = {cell.id: cell.merge_into for cell in cells}
    for name in left:
        if name not in targets:
            contradiction(f"{name} is no cell of the contest", name)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(left, ())
    for cell in cells:
        target = cell.id
        while target and target not in found:
            target = targets[target]
        if not target:
            contradiction(f"the cell {cell.id} is counted nowhere", cell.id)
        found[target] += cell.classes
    return found
