from decimal import ROUND_HALF_UP
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.audit.bravo import Poll, expected_size, is_confirmed, planned_size

HALF = Fraction(1, 2)
TENTH = Fraction(1, 10)


@pytest.mark.parametrize(
    ("winner", "loser", "papers", "size"),
    [(600, 400, 1000, 119), (300, 200, 1000, 238), (200, 100, 700, 101), (300, 100, 700, 34), (300, 100, 1000, 48)],
)
def test_the_planned_sizes_are_those_that_arlo_plans(winner: int, loser: int, papers: int, size: int) -> None:
    """Votes and sizes of the tests of Arlo, the audit program of VotingWorks, at a risk limit of 10 %."""
    both = winner + loser
    assert planned_size((Poll(HALF, Fraction(winner, both), Fraction(both, papers)),), TENTH) == size


@pytest.mark.parametrize(("share", "size"), [("0.7", 30), ("0.65", 53), ("0.6", 119), ("0.55", 469)])
def test_the_average_sizes_are_those_of_the_paper(share: str, size: int) -> None:
    """Two candidates, risk limit 10 %: round figures of Lindeman, Stark, Yates 2012."""
    found = expected_size(Poll(HALF, Fraction(share)), TENTH)
    assert found.to_integral_value(ROUND_HALF_UP) == size


def test_papers_that_say_nothing_make_the_sample_larger_in_proportion() -> None:
    whole, third = (expected_size(Poll(HALF, Fraction("0.6"), speaking)) for speaking in (Fraction(1), Fraction(1, 3)))
    assert abs(third - 3 * whole) < whole / 10**20


def test_the_largest_size_is_planned_and_rounded_up() -> None:
    assert planned_size((Poll(HALF, Fraction("0.7")), Poll(HALF, Fraction("0.6"))), TENTH) == 119
    assert planned_size((Poll(HALF, Fraction("0.7")),), TENTH) == 31


def test_all_votes_for_a_candidate_need_the_papers_of_the_limit_alone() -> None:
    """Every paper doubles the product: 2^4 < 20 <= 2^5."""
    sure = Poll(HALF, Fraction(1))
    assert [is_confirmed(sure, papers, 0) for papers in (4, 5)] == [False, True]
    assert not is_confirmed(sure, 1000, 1), "a paper that the report says cannot be there is never made good"


def test_the_limit_itself_confirms() -> None:
    """Three papers for and none against at s = 1 give 8; one less gives 4."""
    sure = Poll(HALF, Fraction(1))
    assert is_confirmed(sure, 3, 0, Fraction(1, 8))
    assert not is_confirmed(sure, 2, 0, Fraction(1, 8))


@given(
    st.fractions(0, "0.9"), st.fractions("0.91", 1), st.integers(0, 60), st.integers(0, 60), st.fractions("0.01", "0.5")
)
def test_the_decision_is_that_of_the_product(
    null: Fraction, reported: Fraction, for_it: int, against: int, limit: Fraction
) -> None:
    if null == 0:
        return
    steps = [reported / null] * for_it + [(1 - reported) / (1 - null)] * against
    assert is_confirmed(Poll(null, reported), for_it, against, limit) is (prod(steps, start=Fraction(1)) >= 1 / limit)


@given(st.fractions("0.01", "0.95"), st.fractions(0, 1), st.fractions(0, 1))
def test_a_false_assertion_gains_nothing_on_average(null: Fraction, above: Fraction, below: Fraction) -> None:
    """The bound behind the risk limit: at a true share of at most `null` the product shrinks or stays, on average."""
    reported = null + (1 - null) * above
    if reported == null:
        return
    true = null * below
    assert true * reported / null + (1 - true) * (1 - reported) / (1 - null) <= 1


def test_one_paper_refutes_that_there_is_none() -> None:
    poll = Poll(Fraction(0), Fraction(1, 50))
    assert is_confirmed(poll, 1, 0)
    assert is_confirmed(poll, 1, 7)
    assert not is_confirmed(poll, 0, 0)
    assert not is_confirmed(poll, 0, 7)
    assert planned_size((poll,)) == 50


@pytest.mark.parametrize(("null", "reported"), [("0.5", "0.5"), ("0.6", "0.5"), ("-0.1", "0.5"), ("0.5", "1.1")])
def test_a_report_against_the_assertion_is_not_polled(null: str, reported: str) -> None:
    with pytest.raises(ValueError, match="on its side"):
        Poll(Fraction(null), Fraction(reported))


def test_numbers_that_cannot_be() -> None:
    poll = Poll(HALF, Fraction("0.6"))
    for arguments in ((-1, 0, TENTH), (0, -1, TENTH), (0, 0, Fraction(0)), (0, 0, Fraction(1))):
        with pytest.raises(ValueError, match="risk limit"):
            is_confirmed(poll, *arguments)
