"""The base on voting day, statuses, succession."""

import pytest

from tally.decide.roll import STATUS_CHANGES, StatusChange, Succession, should_attend, status_after, succeed
from voting_core.errors import VerificationError


def test_leave_stays_in_the_base():
    changes = {"terminated": 2, "stopped_moved_away": 1, "rights_suspended": 1, "on_leave": 6}

    assert should_attend(300, changes) == 296


def test_all_that_leaves_and_enters():
    changes = {"terminated": 1, "stopped": 1, "suspended": 1, "recalled": 1, "added_and_confirmed": 3}

    assert should_attend(300, changes) == 299


@pytest.mark.parametrize(
    "changes", [{"moved": 1}, {"terminated": -1}, {"terminated": 300}, {"terminated": 1, "on_leave": 300}]
)
def test_rolls_that_are_none(changes):
    with pytest.raises(VerificationError):
        should_attend(300, changes)


def test_statuses():
    assert status_after("受留党察看以上处分") == StatusChange("terminated", "committee", "superior_committee")
    assert status_after("暂停情形消失").filed_with == ""
    assert {change.new_status for change in STATUS_CHANGES.values()} == {"terminated", "stopped", "suspended", "active"}


def test_an_event_that_no_text_names():
    with pytest.raises(VerificationError, match="no rule"):
        status_after("请假")


def test_alternates_move_up_by_votes():
    names = ("刘芳", "孙强", "李娟")

    assert succeed(names, 1) == Succession(("刘芳",), ("孙强", "李娟"), 0)
    assert succeed(names, 0) == Succession((), names, 0)
    assert succeed(names, 3) == Succession(names, (), 0)
    assert succeed(names, 5) == Succession(names, (), 2)


@pytest.mark.parametrize(("names", "vacancies"), [(("刘芳", "刘芳"), 1), (("刘芳",), -1)])
def test_successions_that_are_none(names, vacancies):
    with pytest.raises(VerificationError):
        succeed(names, vacancies)
