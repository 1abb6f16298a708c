"""Which categories of evaluators are shown by themselves, so that no small one is found by subtraction.

The whole is shown beside the categories, so whoever knows all categories but one knows that one. Therefore categories
are withheld in company, and the company is large enough and not of one mind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Histograms: TypeAlias = Mapping[str, Sequence[int]]
"""The counts of one row in each category, one number for each mark in the same order."""


def publishable(
    sizes: Mapping[str, int], smallest: int, counts: Histograms | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The categories to publish separately, and those to withhold or merge, in the order of `sizes`.

    A category below `smallest` is withheld. While the withheld ones could be told from the whole (one alone, several
    that are small together, or, with the `counts` of a row, a company in which everybody gave one mark), the next
    smallest is withheld too. An empty category hides nobody.
    """
    withheld = {category for category, size in sizes.items() if size < smallest}
    rest = sorted((c for c in sizes if c not in withheld), key=lambda c: sizes[c])
    while rest and _exposed([c for c in withheld if sizes[c]], sizes, smallest, counts):
        withheld.add(rest.pop(0))
    return tuple(c for c in sizes if c not in withheld), tuple(c for c in sizes if c in withheld)


def _exposed(hidden: Sequence[str], sizes: Mapping[str, int], smallest: int, counts: Histograms | None) -> bool:
    if not hidden:
        return False
    if len(hidden) < 2 or sum(sizes[c] for c in hidden) < smallest:
        return True
    if counts is None:
        return False
    together = [sum(column) for column in zip(*(counts[c] for c in hidden), strict=True)]
    return len([number for number in together if number]) < 2
