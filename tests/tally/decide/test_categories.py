"""Categories of evaluators are combined exactly, and a merged cell carries the weights of all that is in it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.contest import Cell
from tally.decide.categories import Part, classes_by_cell, combine
from tally.rules.evaluation import EmptyCategory
from voting_core.errors import VerificationError

FULL = (Part("a", ("a",), 40, 1020, 11), Part("b", ("b",), 30, 1800, 22), Part("c", ("c",), 30, 20600, 250))
SILENT = (Part("a", ("a",), 40, 0, 0), Part("b", ("b",), 30, 1000, 10), Part("c", ("c",), 30, 600, 10))


def test_categories_are_combined_before_rounding():
    found = combine(FULL, EmptyCategory.REFUSE)

    assert [part.score for part in found.parts] == [Fraction(1020, 11), Fraction(1800, 22), Fraction(20600, 250)]
    assert found.index == Fraction(40, 100) * Fraction(1020, 11) + Fraction(30, 100) * (
        Fraction(1800, 22) + Fraction(20600, 250)
    )
    assert found.empty == ()


@pytest.mark.parametrize(
    ("empty", "share", "index"),
    [(EmptyCategory.REFUSE, 0, None), (EmptyCategory.RENORMALISE, 60, 80), (EmptyCategory.ZERO, 100, 48)],
)
def test_an_empty_category_as_the_method_says(empty, share, index):
    found = combine(SILENT, empty)

    assert (found.share, found.index, found.empty) == (share, index, ("a",))


@pytest.mark.parametrize("empty", EmptyCategory)
def test_a_category_without_weight_never_matters(empty):
    parts = (Part("a", ("a",), 0, 0, 0), Part("b", ("b",), 100, 1000, 10))

    assert (combine(parts, empty).index, combine(parts, empty).empty) == (100, ())


@pytest.mark.parametrize("empty", EmptyCategory)
def test_nobody_answered_at_all(empty):
    assert combine((Part("a", ("a",), 100, 0, 0),), empty).index is None


@pytest.mark.parametrize("weights", [(40, 59), (101, -1)])
def test_weights_that_do_not_sum_to_a_hundred(weights):
    with pytest.raises(VerificationError, match=r"^V11\.D: the weights of the categories do not sum to 100$"):
        combine([Part("a", ("a",), weight, 1, 1) for weight in weights], EmptyCategory.ZERO)


SHARES = st.lists(st.integers(0, 100), min_size=1, max_size=5).map(
    lambda cuts: [b - a for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), 100], strict=True)]
)


@given(SHARES, st.data())
def test_combining_is_the_mean_over_a_common_denominator(shares, data):
    """The same by another way: no fractions, one common denominator of all parts that answered."""
    parts = []
    for number, share in enumerate(shares):
        histogram = data.draw(st.lists(st.integers(0, 50), min_size=3, max_size=3))
        weighted = 100 * histogram[0] + 60 * histogram[1]
        parts.append(Part(f"c{number}", (f"c{number}",), share, weighted, sum(histogram)))
    empty = data.draw(st.sampled_from(EmptyCategory))
    answered = [part for part in parts if part.weighing]
    whole = sum(part.weight for part in answered) if empty is EmptyCategory.RENORMALISE else 100
    common = 1
    for part in answered:
        common *= part.weighing
    numerator = sum(part.weight * part.weighted * (common // part.weighing) for part in answered)
    complete = sum(part.weight for part in answered) == 100
    counts = complete or (empty is not EmptyCategory.REFUSE and any(part.weight for part in answered))

    index = combine(parts, empty).index
    if not counts:
        assert index is None
    else:
        assert index is not None
        assert (index.numerator * common * whole, 0) == (numerator * index.denominator, 0)
        assert 0 <= index <= 100


CELLS = (Cell("a", ("a",), "b"), Cell("b", ("b",), "c"), Cell("c", ("c", "d"), ""))


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (("a", "b", "c"), {"a": ("a",), "b": ("b",), "c": ("c", "d")}),
        (("b", "c"), {"b": ("a", "b"), "c": ("c", "d")}),
        (("a", "c"), {"a": ("a",), "c": ("b", "c", "d")}),
        (("c",), {"c": ("a", "b", "c", "d")}),
    ],
)
def test_a_merged_cell_holds_all_its_classes(left, found):
    assert classes_by_cell(CELLS, left) == found


def test_cells_that_cannot_be():
    with pytest.raises(VerificationError) as caught:
        classes_by_cell(CELLS, ("b", "c", "x"))
    assert (caught.value.message, caught.value.culprits) == ("x is no cell of the contest", ("x",))
    with pytest.raises(VerificationError) as caught:
        classes_by_cell(CELLS, ("a", "b"))
    assert (caught.value.message, caught.value.culprits) == ("the cell c is counted nowhere", ("c",))


def test_parts_in_the_log():
    combined = combine((Part("a", ("a", "b"), 70, 0, 0), Part("c", ("c",), 30, 500, 10)), EmptyCategory.RENORMALISE)

    assert combined.empty == ("a", "b")
    assert combined.to_log_json() == {
        "parts": [
            {"categories": ["a", "b"], "cell": "a", "rates": [], "weighing": 0, "weight": 70, "weighted": 0},
            {"categories": ["c"], "cell": "c", "rates": [], "weighing": 10, "weight": 30, "weighted": 500},
        ],
        "share": 30,
    }
