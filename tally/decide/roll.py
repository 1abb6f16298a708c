"""The roll on voting day: who is in the base, what events do to a delegate's status, and who succeeds.

People on leave stay in the base; they are only absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import contradiction

LEAVE_THE_BASE: Final = (
    "terminated",
    "died",
    "stopped",
    "stopped_moved_away",
    "suspended",
    "rights_suspended",
    "recalled",
)
ENTER_THE_BASE: Final = ("added_and_confirmed",)
STAY_IN_THE_BASE: Final = ("on_leave",)

_COMMITTEE: Final = ("committee", "superior_committee")
_CREDENTIALS: Final = ("credentials_committee_local_rule", "")


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The status after an event, who decides it, and with whom it is filed (empty: with nobody)."""

    new_status: str
    decided_by: str
    filed_with: str


@dataclass(frozen=True, slots=True)
class Succession:
    """Alternates who move up, and those who stay; the plenum decides it."""

    promoted: tuple[str, ...]
    remaining: tuple[str, ...]
    unfilled: int


STATUS_CHANGES: Final[Mapping[str, StatusChange]] = {
    "受留党察看以上处分": StatusChange("terminated", *_COMMITTEE),
    "停止党籍": StatusChange("terminated", *_COMMITTEE),
    "丧失国籍": StatusChange("terminated", *_COMMITTEE),
    "辞去代表职务被接受": StatusChange("terminated", *_COMMITTEE),
    "组织关系迁出本县": StatusChange("stopped", *_COMMITTEE),
    "调离本县": StatusChange("stopped", *_COMMITTEE),
    "刑事羁押或立案审查": StatusChange("suspended", *_CREDENTIALS),
    "暂停情形消失": StatusChange("active", *_CREDENTIALS),
}
"""2008 tenure regulation arts. 25-28, and the local rule of a pilot for suspension and its end."""


def should_attend(elected_and_confirmed: int, changes: Mapping[str, int]) -> int:
    """The base on voting day: those elected and confirmed, without those who left it.

    Raises:
        VerificationError: V11.D, an unknown status, a number below zero, or more leaving than there are.
    """
    base = elected_and_confirmed
    for status, number in changes.items():
        if number < 0:
            contradiction(f"{status} is {number}, below zero")
        if status in LEAVE_THE_BASE:
            base -= number
        elif status in ENTER_THE_BASE:
            base += number
        elif status not in STAY_IN_THE_BASE:
            contradiction(f"{status} is no status of the roll")
    if base < 1 or changes.get("on_leave", 0) > base:
        contradiction("more delegates left or are on leave than there are")
    return base


def status_after(event: str) -> StatusChange:
    """What an event does to a delegate's status.

    Raises:
        VerificationError: V11.D, an event that no text names.
    """
    change = STATUS_CHANGES.get(event)
    if change is None:
        contradiction(f"no rule says what {event!r} does to a delegate's status")
    return change


def succeed(alternates_by_votes: Sequence[str], vacancies: int) -> Succession:
    """Fill vacant member seats by alternates in the order of their votes.

    Raises:
        VerificationError: V11.D, vacancies below zero or an alternate listed twice.
    """
    if vacancies < 0 or len(set(alternates_by_votes)) != len(alternates_by_votes):
        contradiction(f"{vacancies} vacancies, {len(alternates_by_votes)} alternates")
    alternates = tuple(alternates_by_votes)
    return Succession(alternates[:vacancies], alternates[vacancies:], max(0, vacancies - len(alternates)))
