"""Categories of evaluators: combined exactly, and small ones protected."""

from fractions import Fraction

import pytest

from tally.decide.categories import combine, publishable
from tally.rules.evaluation import EmptyCategory
from voting_core.errors import VerificationError

WEIGHTS = {"信任": 100, "基本信任": 60, "不信任": 0}
SHARES = {"A": 40, "B": 30, "C": 30}


def counts(*numbers):
    return dict(zip(("信任", "基本信任", "不信任", "弃权"), numbers, strict=True))


def test_categories_are_combined_before_rounding():
    score = combine({"A": counts(9, 2, 0, 0), "B": counts(15, 5, 2, 1), "C": counts(170, 60, 20, 4)}, WEIGHTS, SHARES)

    assert score.categories == {"A": Fraction(1020, 11), "B": Fraction(1800, 22), "C": Fraction(20600, 250)}
    assert score.index == Fraction(40, 100) * Fraction(1020, 11) + Fraction(30, 100) * (
        Fraction(1800, 22) + Fraction(20600, 250)
    )


def test_an_empty_category_as_the_method_says():
    empty = {"A": counts(0, 0, 0, 3), "B": counts(10, 0, 0, 0), "C": counts(0, 10, 0, 0)}

    assert combine(empty, WEIGHTS, SHARES, EmptyCategory.RENORMALISE).index == 80
    assert combine(empty, WEIGHTS, SHARES, EmptyCategory.ZERO).index == 48
    assert combine(empty, WEIGHTS, SHARES, EmptyCategory.ZERO).categories["A"] is None
    with pytest.raises(VerificationError, match="category A"):
        combine(empty, WEIGHTS, SHARES)


@pytest.mark.parametrize(
    ("own", "shares", "problem"),
    [
        ({"A": counts(1, 0, 0, 0)}, {"A": 99}, "sum to 100"),
        ({"A": counts(1, 0, 0, 0)}, {"A": 100, "B": 0}, "carry a weight"),
        ({"A": counts(1, 0, 0, 0), "B": counts(1, 0, 0, 0)}, {"A": 101, "B": -1}, "sum to 100"),
        ({"A": counts(1, 0, 0, 0), "B": counts(0, 0, 0, 0)}, {"A": 0, "B": 100}, "nobody in category B"),
    ],
)
def test_contradictions(own, shares, problem):
    with pytest.raises(VerificationError, match=problem):
        combine(own, WEIGHTS, shares)


def test_nobody_answered_at_all():
    with pytest.raises(VerificationError, match="no category"):
        combine({"A": counts(0, 0, 0, 1)}, WEIGHTS, {"A": 100}, EmptyCategory.RENORMALISE)


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
