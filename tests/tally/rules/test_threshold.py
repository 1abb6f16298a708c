"""Thresholds at the number itself, one below and one above, for every comparison."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tally.rules.threshold import Base, Op, Ratio, Threshold, read_ratio, read_threshold
from voting_core.codec import Fields
from voting_core.errors import EncodingError


@pytest.mark.parametrize(
    ("op", "frac", "base", "needed"),
    [
        (Op.GT, (1, 2), 300, 151),
        (Op.GE, (1, 2), 300, 150),
        (Op.GE, (2, 3), 300, 200),
        (Op.GT, (2, 3), 300, 201),
        (Op.GE, (4, 5), 300, 240),
        (Op.GT, (4, 5), 300, 241),
        (Op.GT, (1, 2), 33, 17),
        (Op.GE, (1, 2), 33, 17),
        (Op.GT, (2, 3), 33, 23),
        (Op.GE, (2, 3), 33, 22),
        (Op.GE, (2, 3), 34, 23),
        (Op.GE, (4, 5), 81, 65),
        (Op.GT, (1, 2), 1, 1),
    ],
)
def test_needed_is_the_number_of_the_instruments(op, frac, base, needed):
    ratio = Ratio(op, *frac)

    assert ratio.needed(base) == needed
    assert not ratio.holds(needed - 1, base)
    assert ratio.holds(needed, base)
    assert ratio.holds(needed + 1, base)


@pytest.mark.parametrize(("value", "holds"), [(199, True), (200, False), (201, False)])
def test_an_upper_bound_excludes_the_number_itself(value, holds):
    assert Ratio(Op.LT, 2, 3).holds(value, 300) is holds


@pytest.mark.parametrize(("value", "exact"), [(149, False), (150, True), (151, False)])
def test_exactly_the_fraction_is_told(value, exact):
    assert Ratio(Op.GE, 1, 2).is_exact(value, 300) is exact


fractions = st.integers(1, 50).flatmap(lambda d: st.tuples(st.integers(1, d), st.just(d)))


@given(st.sampled_from([Op.GT, Op.GE]), fractions, st.integers(1, 10**9))
@example(Op.GT, (1, 2), 2)
@example(Op.GE, (1, 2), 2)
@example(Op.GE, (1, 1), 7)
def test_needed_is_the_smallest_number_that_holds(op, frac, base):
    ratio = Ratio(op, *frac)
    needed = ratio.needed(base)

    assert ratio.holds(needed, base)
    assert not ratio.holds(needed - 1, base)


def test_nobody_passes_without_a_vote():
    assert Ratio(Op.GE, 1, 2).needed(0) == 1
    assert Ratio(Op.GT, 1, 2).needed(0) == 1


def test_an_upper_bound_has_no_number_to_reach():
    with pytest.raises(ValueError, match="upper bound"):
        Ratio(Op.LT, 2, 3).needed(300)


@pytest.mark.parametrize(
    ("op", "frac", "zh", "en"),
    [
        (Op.GT, (1, 2), "超过半数", "more than 1/2"),
        (Op.GE, (2, 3), "三分之二以上（含本数）", "at least 2/3"),
        (Op.LT, (2, 3), "达不到三分之二", "fewer than 2/3"),
        (Op.GT, (7, 20), "超过20分之七", "more than 7/20"),
    ],
)
def test_words(op, frac, zh, en):
    assert Ratio(op, *frac).zh == zh
    assert Ratio(op, *frac).en == en


def test_threshold_names_its_base():
    threshold = Threshold(Base.PRESENT, Ratio(Op.GT, 1, 2))

    assert threshold.zh == "超过半数（以实到会有表决权人数为基数）"
    assert threshold.en == "more than 1/2 of those present"
    assert read_threshold(Fields(threshold.to_json(), "t")) == threshold


@pytest.mark.parametrize(
    "value",
    [
        {"op": "gt"},
        {"op": "gt", "frac": [1]},
        {"op": "gt", "frac": [1, 2, 3]},
        {"op": "gt", "frac": [0, 2]},
        {"op": "gt", "frac": [3, 2]},
        {"op": "ge", "frac": [1, 0]},
        {"op": "gt", "frac": [1, 1]},
        {"op": "gt", "frac": [True, 2]},
        {"op": "ge", "frac": ["1", 2]},
        {"op": "eq", "frac": [1, 2]},
        {"op": "ge", "frac": 0.5},
    ],
)
def test_a_fraction_that_nothing_can_reach_or_that_is_none_is_refused(value):
    with pytest.raises(EncodingError):
        read_ratio(Fields(value, "rule"))


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"base": "should_attend", "op": "lt", "frac": [1, 2]}, "upper bound"),
        ({"base": "everybody", "op": "gt", "frac": [1, 2]}, "none of"),
        ({"base": "answered", "op": "gt", "frac": [1, 2]}, "none of"),
        ({"base": "present", "op": "gt", "frac": [1, 2], "round": "up"}, "round"),
    ],
)
def test_a_threshold_is_read_strictly(value, problem):
    with pytest.raises(EncodingError, match=problem):
        read_threshold(Fields(value, "quorum"), (Base.SHOULD_ATTEND, Base.PRESENT))
