"""Categories of evaluators (A leaders, B members, C delegates): combining their scores, and protecting small ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tally.decide.attendance import contradiction
from tally.decide.evaluation import weigh
from tally.rules.evaluation import EmptyCategory


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """The exact score of each category, None for one without evaluators, and the combined index."""

    categories: Mapping[str, Fraction | None]
    index: Fraction


def combine(
    counts: Mapping[str, Mapping[str, int]],
    weights: Mapping[str, int],
    category_weights: Mapping[str, int],
    empty: EmptyCategory = EmptyCategory.REFUSE,
) -> WeightedScore:
    """Score each category exactly and combine with weights that sum to 100; nothing is rounded.

    Raises:
        VerificationError: V11.D, other categories than weights, weights that do not sum to 100, or an empty category
            for which the method does not say what it counts as.
    """
    if set(counts) != set(category_weights):
        contradiction("the categories counted are not those that carry a weight")
    if sum(category_weights.values()) != 100 or min(category_weights.values()) < 0:
        contradiction("the weights of the categories do not sum to 100")
    scores: dict[str, Fraction | None] = {}
    for category, own in counts.items():
        weighted, weighing = weigh(own, weights)
        scores[category] = Fraction(weighted, weighing) if weighing else None
    missing = [category for category, score in scores.items() if score is None]
    if missing and empty is EmptyCategory.REFUSE:
        contradiction(f"nobody in category {missing[0]} answered; say whether to renormalise or to count zero")
    share = 100 if empty is EmptyCategory.ZERO else sum(w for c, w in category_weights.items() if scores[c] is not None)
    if share == 0:
        contradiction("no category that carries a weight has an answer")
    total = sum((category_weights[c] * score for c, score in scores.items() if score is not None), Fraction(0))
    return WeightedScore(scores, total / share)


def publishable(sizes: Mapping[str, int], smallest: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The categories to publish separately, and those to withhold or merge.

    A small category is withheld. When the whole is shown, one withheld category, or several that are small together,
    could be computed by subtraction; then the next smallest are withheld too.
    """
    withheld = {category for category, size in sizes.items() if size < smallest}
    rest = sorted((c for c in sizes if c not in withheld), key=lambda c: sizes[c])
    # An empty category hides nobody.
    while any(sizes[c] for c in withheld) and rest and _exposed([sizes[c] for c in withheld if sizes[c]], smallest):
        withheld.add(rest.pop(0))
    return tuple(c for c in sizes if c not in withheld), tuple(c for c in sizes if c in withheld)


def _exposed(hidden: list[int], smallest: int) -> bool:
    return len(hidden) < 2 or sum(hidden) < smallest
