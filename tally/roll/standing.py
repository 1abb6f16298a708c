"""What a delegate's right is on one day: the status of the mandate, rights that are suspended, leave.

The three are separate. Status and suspended rights decide who is in the base; leave makes a delegate absent only.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """The status of a mandate. `ADDED` was elected to a vacant seat and waits to be confirmed by the annual session."""

    ACTIVE = "active"
    ADDED = "added"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    TERMINATED = "terminated"
    RECALLED = "recalled"

    @property
    def is_final(self) -> bool:
        """Whether nothing leads back: a person elected again has a new mandate and a new number."""
        return self in (Status.TERMINATED, Status.RECALLED)


class StatusWord(StrEnum):
    """The word in the column 状态 of a roll: one for everything that keeps a delegate away or out of the base."""

    NORMAL = "正常"
    ON_LEAVE = "请假"
    SUSPENDED = "暂停"
    STOPPED = "停止"
    TERMINATED = "终止"
    RECALLED = "罢免"
    ADDED = "增补待确认"
    RIGHTS_SUSPENDED = "权利暂停"

    @property
    def english(self) -> str:
        """The same for English readers."""
        return _ENGLISH[self]


_ENGLISH: Final = {
    StatusWord.NORMAL: "in order",
    StatusWord.ON_LEAVE: "on leave",
    StatusWord.SUSPENDED: "suspended",
    StatusWord.STOPPED: "stopped",
    StatusWord.TERMINATED: "terminated",
    StatusWord.RECALLED: "recalled",
    StatusWord.ADDED: "added, not confirmed yet",
    StatusWord.RIGHTS_SUSPENDED: "Party rights suspended",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is true of a delegate on one day."""

    status: Status = Status.ACTIVE
    rights_suspended: bool = False
    on_leave: bool = False

    @property
    def should_attend(self) -> bool:
        """Whether the delegate is in the base. Leave keeps a delegate in it."""
        return self.status is Status.ACTIVE and not self.rights_suspended

    @property
    def present(self) -> bool:
        """Whether the delegate is expected in the hall: in the base and not on leave."""
        return self.should_attend and not self.on_leave

    @property
    def word(self) -> StatusWord:
        """The word for 状态: what takes a delegate out of the base comes before what only keeps one away."""
        if self.status is not Status.ACTIVE:
            return _STATUS_WORDS[self.status]
        if self.rights_suspended:
            return StatusWord.RIGHTS_SUSPENDED
        return StatusWord.ON_LEAVE if self.on_leave else StatusWord.NORMAL


_STATUS_WORDS: Final = {
    Status.ADDED: StatusWord.ADDED,
    Status.SUSPENDED: StatusWord.SUSPENDED,
    Status.STOPPED: StatusWord.STOPPED,
    Status.TERMINATED: StatusWord.TERMINATED,
    Status.RECALLED: StatusWord.RECALLED,
}

_STANDINGS: Final = {
    StatusWord.NORMAL: Standing(),
    StatusWord.ON_LEAVE: Standing(on_leave=True),
    StatusWord.RIGHTS_SUSPENDED: Standing(rights_suspended=True),
    **{word: Standing(status) for status, word in _STATUS_WORDS.items()},
}


def standing_of(word: StatusWord) -> Standing:
    """What a word under 状态 says; the inverse of :attr:`Standing.word`."""
    return _STANDINGS[word]
