"""The quota is a ceiling, and a tie at it is left to people."""

import pytest

from tally.decide.quota import QuotaSelection, Ranked, Selection, quota_of, select, select_within
from tally.rules.evaluation import SelectionRules
from tally.rules.threshold import Op, Ratio
from voting_core.errors import VerificationError


@pytest.mark.parametrize(("assessed", "percent", "quota"), [(300, 20, 60), (299, 20, 59), (4, 20, 0), (0, 20, 0)])
def test_the_quota_is_rounded_down(assessed, percent, quota):
    assert quota_of(assessed, percent, 100) == quota


@pytest.mark.parametrize(
    ("above", "tied", "selection"),
    [
        (58, 4, QuotaSelection(60, 58, 2, 4)),
        (58, 2, QuotaSelection(60, 60, 0, 0)),
        (58, 3, QuotaSelection(60, 58, 2, 3)),
        (58, 1, QuotaSelection(60, 59, 0, 0)),
        (60, 4, QuotaSelection(60, 60, 0, 0)),
        (0, 61, QuotaSelection(60, 0, 60, 61)),
    ],
)
def test_a_tie_at_the_cut(above, tied, selection):
    assert select_within(60, above, tied) == selection


@pytest.mark.parametrize("numbers", [(60, 61, 1), (60, -1, 1), (60, 1, -1), (-1, 0, 0), (-1, -2, 0)])
def test_contradictions(numbers):
    quota, above, _ = numbers
    with pytest.raises(VerificationError) as caught:
        select_within(*numbers)
    assert caught.value.message == f"{above} stand above the tie, and the quota is {quota}"


@pytest.mark.parametrize(("above", "tied"), [(0, 0), (0, 1), (1, 0)])
def test_nothing_above_or_tied_is_possible(above, tied):
    assert select_within(above, above, tied) == QuotaSelection(above, above, 0, 0)


@pytest.mark.parametrize("numbers", [(-1, 1, 5), (300, 101, 100), (300, -1, 5), (300, 0, 0)])
def test_shares_that_are_none(numbers):
    assessed, numerator, denominator = numbers
    with pytest.raises(VerificationError) as caught:
        quota_of(*numbers)
    assert caught.value.message == f"a quota of {numerator}/{denominator} of {assessed}"


@pytest.mark.parametrize(("numerator", "denominator", "quota"), [(0, 1, 0), (1, 1, 7), (5, 5, 7), (0, 5, 0)])
def test_shares_at_their_bounds(numerator, denominator, quota):
    assert quota_of(7, numerator, denominator) == quota


def chosen(*rates, quota=(1, 2), least=None, met=True, decides=True):
    rows = [Ranked(f"r{n}", *rate, -n) for n, rate in enumerate(rates, 1)]
    return select(rows, SelectionRules("rate", quota, None, least), turnout_met=met, decides=decides)


def test_the_best_by_exact_fractions():
    # 2/3 and 0.6667 differ, and the larger number of ballots is not the larger rate.
    found = chosen((2, 3), (6667, 10000), (1, 1), (900, 1000))

    assert found.selected == ("r3", "r4")
    assert (found.quota, found.undecided, found.undecided_seats) == (2, (), 0)
    assert chosen((2, 3), (6667, 10000)).selected == ("r2",)


def test_a_tie_at_the_cut_is_left_open():
    found = chosen((9, 10), (1, 2), (2, 4), (3, 6), (1, 10))

    assert found.selected == ("r1",)
    assert found.undecided == ("r4", "r3", "r2")
    assert found.undecided_seats == 1


def test_a_tie_that_fits_is_selected():
    assert chosen((9, 10), (1, 2), (2, 4), (1, 10), (1, 10), (1, 10)).selected == ("r1", "r3", "r2")


def test_a_quota_that_is_not_used_up():
    assert chosen((1, 10), (0, 10), (0, 10), (0, 0)) == Selection(2, True, ("r1",))


def test_a_rate_of_nothing_takes_no_part():
    assert chosen((3, 0), (0, 0), (1, 10), (1, 20)) == Selection(2, True, ("r3", "r4"))


def test_a_selection_in_the_log():
    assert chosen((9, 10), (1, 2), (2, 4), (3, 6)).to_log_json() == {
        "quota": 2,
        "selected": ["r1"],
        "turnout_met": True,
        "undecided": ["r4", "r3", "r2"],
        "undecided_seats": 1,
    }


def test_no_place_leaves_nothing_undecided():
    found = chosen((1, 2), (1, 2), quota=(1, 5))

    assert (found.quota, found.selected, found.undecided_seats) == (0, (), 0)


@pytest.mark.parametrize(
    ("op", "over", "selected"), [("ge", 6, 0), ("ge", 7, 1), ("ge", 8, 1), ("gt", 6, 0), ("gt", 7, 0), ("gt", 8, 1)]
)
def test_the_least_rate(op, over, selected):
    assert len(chosen((over, 10), (1, 10), least=Ratio(Op(op), 7, 10)).selected) == selected


def test_without_turnout_or_result_nobody_is_selected():
    for found in (chosen((1, 1), (1, 2), met=False), chosen((1, 1), (1, 2), decides=False)):
        assert (found.quota, found.selected, found.undecided) == (1, (), ())
    assert not chosen((1, 1), met=False).turnout_met
