"""Why a paper ballot is void as a whole: the closed list that count sheets and reports use (SPEC §8.4)."""

from __future__ import annotations

from enum import StrEnum


class VoidReason(StrEnum):
    """A reason, as its code in a count sheet; with its words in Chinese and English."""

    OVER_SELECTED = "over_selected"
    ILLEGIBLE = "illegible"
    BLANK = "blank"
    MARKED = "marked"
    WRITE_IN = "write_in"
    FOREIGN = "foreign"

    @property
    def zh(self) -> str:
        """The words of a count report."""
        return _WORDS[self][0]

    @property
    def en(self) -> str:
        """The same in English."""
        return _WORDS[self][1]


_WORDS = {
    VoidReason.OVER_SELECTED: ("所选人数超过应选名额", "more selected than there are seats"),
    VoidReason.ILLEGIBLE: ("整张无法辨认", "illegible as a whole"),
    VoidReason.BLANK: ("空白", "blank"),
    VoidReason.MARKED: ("编号或作有记号", "numbered or bearing a mark that identifies it"),
    VoidReason.WRITE_IN: ("另选他人不合规定", "a person written in against the rules"),
    VoidReason.FOREIGN: ("不是本次投票发出的票", "not a ballot of this vote"),
}
