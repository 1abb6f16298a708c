"""No category that is withheld can be told from what is shown: tried by brute force on small numbers."""

from itertools import product

import pytest

from tally.publication.small_cells import publishable


@pytest.mark.parametrize(
    ("sizes", "published"),
    [
        ({"A": 3, "B": 22, "C": 250}, ("C",)),
        ({"A": 5, "B": 22, "C": 250}, ("A", "B", "C")),
        ({"A": 4, "B": 5, "C": 250}, ("C",)),
        ({"A": 3, "B": 4, "C": 250}, ("C",)),
        ({"A": 1, "B": 1, "C": 250, "D": 300}, ("D",)),
        ({"A": 3, "C": 250}, ()),
        ({"A": 0, "B": 22, "C": 250}, ("B", "C")),
        ({"A": 0, "B": 3, "C": 250, "D": 20}, ("C",)),
        ({"A": 3}, ()),
    ],
)
def test_a_small_category_is_not_found_by_subtraction(sizes, published):
    found, withheld = publishable(sizes, 5)

    assert found == published
    assert withheld == tuple(category for category in sizes if category not in published)


def test_a_company_of_one_mind_hides_nobody():
    sizes = {"A": 1, "B": 2, "C": 3}
    alike = {"A": (1, 0), "B": (2, 0), "C": (1, 2)}
    mixed = {"A": (1, 0), "B": (1, 1), "C": (1, 2)}

    assert publishable(sizes, 2, mixed)[0] == ("C",)
    assert publishable(sizes, 2, alike)[0] == ()


def histograms(size):
    """All ways in which so many people can give two marks."""
    return [(first, size - first) for first in range(size + 1)]


def splits(sizes, together):
    """All ways to give each withheld category a histogram of its size that add up to what is known of them together."""
    ways = product(*(histograms(size) for size in sizes))
    return [way for way in ways if tuple(sum(column) for column in zip(*way, strict=True)) == together]


@pytest.mark.parametrize("smallest", [1, 2, 3])
@pytest.mark.parametrize("sizes", list(product(range(4), repeat=3)))
def test_what_is_withheld_is_never_determined(sizes, smallest):
    names = ("A", "B", "C")
    by_name = dict(zip(names, sizes, strict=True))
    for histogram in product(*(histograms(size) for size in sizes)):
        counts = dict(zip(names, histogram, strict=True))
        _, withheld = publishable(by_name, smallest, counts)
        hidden = [name for name in withheld if by_name[name]]
        together = tuple(sum(counts[name][mark] for name in hidden) for mark in (0, 1))
        everything = len(hidden) == sum(size > 0 for size in sizes)
        # With everything withheld, one category or one mind is what the whole itself tells.
        if not hidden or (everything and (len(hidden) < 2 or 0 in together)):
            continue
        ways = splits([by_name[name] for name in hidden], together)
        for place in range(len(hidden)):
            assert len({way[place] for way in ways}) > 1, (sizes, counts, withheld)
