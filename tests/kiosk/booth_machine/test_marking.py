"""One touch, one mark; nothing that the rules forbid; everything can be undone."""

import pytest

from ballots.contest import Kind
from kiosk.booth_machine.marking import Marking, used
from tests.kiosk.booth_machine.driver import contest
from voting_core.errors import StateError


def test_a_touch_is_a_mark_and_the_same_touch_again_is_none() -> None:
    marking = Marking(contest()).tap("r1", "approve")
    assert dict(marking.marks) == {"r1": "approve"}
    again = marking.tap("r1", "approve")
    assert (dict(again.marks), len(again.past)) == ({"r1": "approve"}, 1)
    assert dict(again.tap("r1", "abstain").marks) == {"r1": "abstain"}


def test_the_limit_is_told_when_it_is_reached_and_keeps_every_further_mark_out() -> None:
    marking = Marking(contest(seats=2)).tap("r1", "approve")
    assert marking.told is None
    marking = marking.tap("r2", "approve")
    assert marking.told is not None
    assert "已满 2 个" in marking.told.zh
    refused = marking.tap("r3", "approve")
    assert refused.told is not None
    assert "没有记上" in refused.told.zh
    assert dict(refused.marks) == {"r1": "approve", "r2": "approve"}
    assert dict(refused.tap("r1", "abstain").tap("r3", "approve").marks)["r3"] == "approve"


def test_where_blank_rows_approve_the_limit_counts_them_and_lets_marks_be_given() -> None:
    marking = Marking(contest(blank="approve", seats=1))
    assert used(marking.contest, marking.marks, "approve") == 3
    marking = marking.tap("r1", "approve").tap("r2", "disapprove")
    assert used(marking.contest, marking.marks, "approve") == 2
    assert marking.tap("r2", "approve").told is not None


def test_the_rest_is_marked_by_one_touch_and_unmarked_by_another() -> None:
    marking = Marking(contest()).tap("r1", "approve").rest("disapprove")
    assert dict(marking.marks) == {"r1": "approve", "r2": "disapprove", "r3": "disapprove"}
    assert marking.told is not None
    assert "其余 2 行" in marking.told.zh
    assert dict(marking.undo().marks) == {"r1": "approve"}
    with pytest.raises(StateError, match="rest"):
        marking.rest("abstain")


@pytest.mark.parametrize("mark", ["approve", "love"])
def test_nobody_approves_the_rest_of_an_election(mark: str) -> None:
    with pytest.raises(StateError, match="rest"):
        Marking(contest()).rest(mark)


def test_everything_is_undone_step_by_step() -> None:
    marking = Marking(contest()).tap("r1", "approve").tap("r1", "abstain").undo()
    assert dict(marking.marks) == {"r1": "approve"}
    assert dict(marking.undo().marks) == {}
    with pytest.raises(StateError, match="nothing is left"):
        marking.undo().undo()


def test_what_the_ballot_does_not_have_is_refused() -> None:
    for row, mark in (("r9", "approve"), ("r1", "love")):
        with pytest.raises(StateError, match="no such"):
            Marking(contest()).tap(row, mark)


def test_the_place_in_the_list_is_a_row() -> None:
    marking = Marking(contest(rows=30)).turn_to(20)
    assert marking.first == 20
    assert (marking.turn_to(99).first, marking.turn_to(-1).first) == (29, 0)
    assert marking.tap("r3", "approve").first == 2
    assert marking.tap("r1", "abstain").tap("r2", "abstain").turn_to_blank().first == 2
    assert marking.rest("abstain").turn_to_blank().first == 20


def test_marks_are_in_no_text_of_it() -> None:
    marking = Marking(contest(kind=Kind.QUESTIONNAIRE, blank="")).tap("r1", "chosen")
    assert repr(marking.tap("r3", "not_chosen")) == repr(Marking(marking.contest))
