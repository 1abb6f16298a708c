"""The base on voting day from numbers, and statuses after events."""

import pytest

from tally.roll.base import should_attend, status_after
from tally.roll.standing import Status
from voting_core.errors import VerificationError


def test_leave_stays_in_the_base() -> None:
    assert should_attend(300, {"terminated": 2, "stopped_moved_away": 1, "rights_suspended": 1, "on_leave": 6}) == 296


def test_all_that_leaves_and_enters() -> None:
    changes = {"terminated": 1, "stopped": 1, "suspended": 1, "recalled": 1, "died": 1, "added_and_confirmed": 3}
    assert should_attend(300, changes) == 298


@pytest.mark.parametrize(
    "changes",
    [{"moved": 1}, {"terminated": -1}, {"terminated": 300}, {"terminated": 1, "on_leave": 300}, {"on_leave": -1}],
)
def test_rolls_that_are_none(changes: dict[str, int]) -> None:
    with pytest.raises(VerificationError):
        should_attend(300, changes)


def test_the_last_one_may_stay() -> None:
    assert should_attend(300, {"terminated": 299, "on_leave": 1}) == 1


def test_statuses() -> None:
    event, status = status_after("受留党察看以上处分")
    assert (status, event.decided_by, event.filed_with) == (Status.TERMINATED, "committee", "superior_committee")
    event, status = status_after("暂停情形消失")
    assert (status, event.decided_by) == (Status.ACTIVE, "credentials_committee_local_rule")
    assert event.filed_with == ""


@pytest.mark.parametrize("event", ["请假", "党员权利暂停", "升职", ""])
def test_an_event_that_changes_no_status(event: str) -> None:
    with pytest.raises(VerificationError, match="no rule"):
        status_after(event)
