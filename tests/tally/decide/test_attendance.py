"""Numbers of people and ballots that contradict each other are an error, never a correction."""

import pytest

from tally.decide.attendance import Attendance, check_row, contradiction
from tally.rules.common import ReturnedBallots
from tally.rules.threshold import Base
from voting_core.errors import VerificationError


def test_bases_are_numbers_of_their_own():
    attendance = Attendance(300, 291, 290, 289, 4)

    found = {base: attendance.base(base) for base in Base if base is not Base.ANSWERED}
    assert found == {
        Base.SHOULD_ATTEND: 300,
        Base.PRESENT: 291,
        Base.ISSUED: 290,
        Base.RETURNED: 289,
        Base.VALID: 285,
    }
    with pytest.raises(ValueError, match=r"^the answers given are counted for each row$"):
        attendance.base(Base.ANSWERED)


@pytest.mark.parametrize(("returned", "in_order"), [(290, True), (291, True), (292, False)])
def test_no_more_ballots_come_back_than_were_issued(returned, in_order):
    attendance = Attendance(300, 291, 291, returned)
    attendance.check()

    assert attendance.in_order(ReturnedBallots.LE_ISSUED) is in_order


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        ((0, 0, 0, 0, 0), "nobody should attend, so nothing can be decided"),
        ((-1, 0, 0, 0, 0), "should_attend is -1, below zero"),
        ((300, 301, 300, 300, 0), "301 are present, and only 300 should attend"),
        ((300, -1, 300, 300, 0), "present is -1, below zero"),
        ((300, 300, -1, 300, 0), "issued is -1, below zero"),
        ((300, 300, 300, -1, 0), "returned is -1, below zero"),
        ((300, 300, 300, 300, -1), "invalid is -1, below zero"),
        ((300, 300, 300, 300, 0, -1), "over_issued is -1, below zero"),
        ((300, 300, 300, 300, 301), "301 ballots are invalid, and only 300 were returned"),
    ],
)
def test_contradictions(numbers, problem):
    with pytest.raises(VerificationError) as caught:
        Attendance(*numbers).check()

    assert (caught.value.code, caught.value.message, caught.value.culprits) == ("V11.D", problem, ())


def test_numbers_at_the_edge_of_contradiction():
    Attendance(300, 300, 0, 300, 300).check()


def test_everybody_present_and_no_ballot_returned_is_possible():
    Attendance(1, 0, 0, 0).check()


@pytest.mark.parametrize(("counts", "lost", "valid"), [((5, 3, 2), 0, 10), ((5, 3, 1), 1, 10), ((0, 0, 0), 0, 0)])
def test_a_row_that_adds_up(counts, lost, valid):
    check_row("王海", counts, lost, valid)


BELOW_ZERO = "王海 has a count below zero"


@pytest.mark.parametrize(
    ("counts", "lost", "problem"),
    [
        ((5, 3, 1), 0, "the marks of 王海 add up to 9, and there are 10 valid ballots"),
        ((5, 3, 2), 1, "the marks of 王海 add up to 11, and there are 10 valid ballots"),
        ((11, -1, 0), 0, BELOW_ZERO),
        ((5, 6, 0), -1, BELOW_ZERO),
    ],
)
def test_a_row_that_does_not(counts, lost, problem):
    with pytest.raises(VerificationError) as caught:
        check_row("王海", counts, lost, 10)

    assert (caught.value.code, caught.value.message, caught.value.culprits) == ("V11.D", problem, ("王海",))


def test_a_contradiction_names_its_culprits():
    with pytest.raises(VerificationError) as caught:
        contradiction("five of four", "r1", "r2")

    assert caught.value.culprits == ("r1", "r2")


def test_too_many_ballots_of_one_class_void_the_vote_although_another_class_has_absentees() -> None:
    assert Attendance(10, 9, 9, 9).in_order(ReturnedBallots.LE_ISSUED)
    assert not Attendance(10, 9, 9, 9, over_issued=1).in_order(ReturnedBallots.LE_ISSUED)
    with pytest.raises(VerificationError) as refusal:
        Attendance(10, 9, 9, 9, over_issued=-1).check()
    assert refusal.value.code == "V11.D"


@pytest.mark.parametrize(("returned", "in_order"), [(89, True), (90, True), (91, False)])
def test_the_base_may_be_those_present(returned, in_order):
    attendance = Attendance(100, 90, 95, returned)
    assert attendance.in_order(ReturnedBallots.LE_PRESENT) is in_order
    assert attendance.in_order(ReturnedBallots.LE_ISSUED)


def test_the_ballots_of_some_classes():
    attendance = Attendance(300, 290, 280, 270, 5, 1, (("a", 10), ("b", 70), ("c", 200)))

    assert attendance.of_classes(("a", "c"), 150) == Attendance(300, 290, 210, 150)
    with pytest.raises(VerificationError) as caught:
        attendance.of_classes(("a", "d"), 150)
    assert (caught.value.code, caught.value.culprits) == ("V11.D", ("d",))
    assert caught.value.message == "the cards drawn of the class d are not told"
