"""The surplus is always rounded up."""

import pytest

from tally.decide.surplus import max_candidates, min_candidates, surplus_note
from tally.rules.election import Surplus
from tests.tally.decide.contests import changed_rules
from voting_core.errors import VerificationError


@pytest.mark.parametrize(
    ("seats", "percent", "candidates"),
    [
        (33, 10, 37),
        (30, 10, 33),
        (31, 10, 35),
        (7, 10, 8),
        (38, 20, 46),
        (5, 20, 6),
        (1, 10, 2),
        (5, 0, 5),
        (67, 3, 70),
    ],
)
def test_examples(seats, percent, candidates):
    assert min_candidates(seats, percent) == candidates


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        ((0, 10), "0 seats with a surplus of 10 percent and at least 0"),
        ((5, -1), "5 seats with a surplus of -1 percent and at least 0"),
        ((5, 10, -1), "5 seats with a surplus of 10 percent and at least -1"),
    ],
)
def test_no_seat_or_no_surplus(numbers, problem):
    with pytest.raises(VerificationError) as caught:
        min_candidates(*numbers)

    assert (caught.value.code, caught.value.message) == ("V11.D", problem)


@pytest.mark.parametrize(("least", "candidates"), [(3, 8), (4, 9), (5, 10)])
def test_the_least_surplus_counts_where_it_is_more_than_the_percentage(least, candidates):
    assert min_candidates(5, 60, least) == max(8, candidates)


def test_the_largest_list():
    assert max_candidates(11, Surplus("standing_member", 0, 1, 2)) == 13
    assert max_candidates(11, Surplus("standing_member", 0, 1, None)) is None


def family(**changes):
    surplus = [{"body": "committee_member", "percent": 10, "least": 1, "most": 3}]
    return changed_rules("election_local_2020", **({"surplus": surplus} | changes)).family


def note(candidates, seats=10, stage="formal", body="committee_member", **changes):
    return surplus_note(stage, body, seats, candidates, family(**changes))


@pytest.mark.parametrize(("candidates", "fits"), [(10, False), (11, True), (12, True), (13, True), (14, False)])
@pytest.mark.parametrize("stage", ["formal", "preselection"])
def test_lists_at_and_beside_the_bounds(candidates, fits, stage):
    assert note(candidates, stage=stage).fits is fits


def test_an_equal_number_may_be_lawful_after_a_pre_selection():
    assert "经过预选的正式选举可以等额" in note(10).zh
    assert "预选" not in note(10, stage="preselection").zh
    assert "fewer than the 11" in note(10).en
    assert "more than the 13" in note(14).en


def test_run_offs_and_bodies_without_a_line_have_no_bounds():
    assert note(10, stage="runoff") is None
    assert note(10, stage="supplementary") is None
    assert note(10, body="secretary") is None


@pytest.mark.parametrize(
    ("single", "fits", "words"),
    [("ask", False, "ask the county"), ("required", False, "fewer than the 2"), ("equal_number", True, "one seat may")],
)
def test_one_seat(single, fits, words):
    found = note(1, seats=1, surplus_single_seat=single)

    assert found.fits is fits
    assert words in found.en
    assert note(2, seats=1, surplus_single_seat=single).fits
