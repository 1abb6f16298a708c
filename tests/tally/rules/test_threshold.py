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


@pytest.mark.parametrize(
    ("frac", "value", "exact"),
    [
        ((1, 2), 149, False),
        ((1, 2), 150, True),
        ((1, 2), 151, False),
        ((2, 3), 199, False),
        ((2, 3), 200, True),
        ((2, 3), 201, False),
        ((2, 3), 150, False),
    ],
)
def test_exactly_the_fraction_is_told(frac, value, exact):
    assert Ratio(Op.GE, *frac).is_exact(value, 300) is exact


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
    with pytest.raises(ValueError, match=r"^an upper bound has no smallest number$"):
        Ratio(Op.LT, 2, 3).needed(300)


@pytest.mark.parametrize(
    ("op", "frac", "zh", "en"),
    [
        (Op.GT, (1, 2), "超过半数", "more than 1/2"),
        (Op.GE, (2, 3), "三分之二以上（含本数）", "at least 2/3"),
        (Op.LT, (2, 3), "达不到三分之二", "fewer than 2/3"),
        (Op.GT, (7, 20), "超过20分之七", "more than 7/20"),
        (Op.GE, (1, 10), "十分之一以上（含本数）", "at least 1/10"),
        (Op.GE, (11, 11), "11分之11以上（含本数）", "at least 11/11"),
        (Op.GE, (1, 3), "三分之一以上（含本数）", "at least 1/3"),
    ],
)
def test_words(op, frac, zh, en):
    assert Ratio(op, *frac).zh == zh
    assert Ratio(op, *frac).en == en


def test_the_words_of_the_bases():
    assert {base: (base.zh, base.en) for base in Base} == {
        Base.SHOULD_ATTEND: ("应到会有表决权人数", "those who should attend"),
        Base.PRESENT: ("实到会有表决权人数", "those present"),
        Base.ISSUED: ("发出票数", "the ballots issued"),
        Base.RETURNED: ("收回票数", "the ballots returned"),
        Base.VALID: ("有效票数", "the valid ballots"),
        Base.ANSWERED: ("有效评价数", "the answers given"),
    }


def test_threshold_names_its_base():
    threshold = Threshold(Base.PRESENT, Ratio(Op.GT, 1, 2))

    assert threshold.zh == "超过半数（以实到会有表决权人数为基数）"
    assert threshold.en == "more than 1/2 of those present"
    assert read_threshold(Fields(threshold.to_json(), "t")) == threshold


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"op": "gt"}, "rule.frac: is missing"),
        ({"op": "gt", "frac": [1]}, "rule.frac: is not a pair of integers, numerator and denominator"),
        ({"op": "gt", "frac": [1, 2, 3]}, "rule.frac: has 3 values, at most 2 are allowed"),
        ({"op": "gt", "frac": [0, 2]}, "rule.frac: is not in 1..2"),
        ({"op": "gt", "frac": [3, 2]}, "rule.frac: is not in 1..2"),
        ({"op": "ge", "frac": [1, 0]}, "rule.frac: is not in 1..1000"),
        ({"op": "ge", "frac": [1, 1001]}, "rule.frac: is not in 1..1000"),
        ({"op": "gt", "frac": [1, 1]}, "rule.frac: asks for more than everybody"),
        ({"op": "gt", "frac": [True, 2]}, "rule.frac: is not an integer"),
        ({"op": "ge", "frac": ["1", 2]}, "rule.frac: is not an integer"),
        ({"op": "eq", "frac": [1, 2]}, "rule.op: is none of 'gt', 'ge', 'lt'"),
        ({"op": "ge", "frac": 0.5}, "rule.frac: is not an array"),
    ],
)
def test_a_fraction_that_nothing_can_reach_or_that_is_none_is_refused(value, error):
    with pytest.raises(EncodingError) as caught:
        read_ratio(Fields(value, "rule"))

    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("op", "frac"), [(Op.GE, (1, 1)), (Op.GE, (1000, 1000)), (Op.GT, (999, 1000)), (Op.LT, (1, 1)), (Op.GT, (1, 2))]
)
def test_fractions_at_the_bounds_are_read(op, frac):
    assert read_ratio(Fields({"op": op.value, "frac": list(frac)}, "rule")) == Ratio(op, *frac)


@pytest.mark.parametrize("base", Base)
def test_every_base_is_read_where_nothing_is_said_of_bases(base):
    value = {"base": base.value, "op": "ge", "frac": [2, 3]}

    assert read_threshold(Fields(value, "pass")) == Threshold(base, Ratio(Op.GE, 2, 3))


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (
            {"base": "should_attend", "op": "lt", "frac": [1, 2]},
            r"^quorum\.op: is an upper bound, and this is a number to be reached$",
        ),
        ({"base": "everybody", "op": "gt", "frac": [1, 2]}, "none of"),
        ({"base": "answered", "op": "gt", "frac": [1, 2]}, "none of"),
        ({"base": "present", "op": "gt", "frac": [1, 2], "round": "up"}, "round"),
    ],
)
def test_a_threshold_is_read_strictly(value, problem):
    with pytest.raises(EncodingError, match=problem):
        read_threshold(Fields(value, "quorum"), (Base.SHOULD_ATTEND, Base.PRESENT))
