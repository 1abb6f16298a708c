"""Papers one by one: which are ballots of this contest, and what they add up to (SPEC §7.6).

Nothing is kept of a paper but its part in the totals. That a serial was seen before is for whoever keeps the serials.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ballots.contest import Contest
from ballots.marks import broken_limits
from ballots.qr.digits import Kind, decode_payload, session_tag
from ballots.qr.paper import PaperRecord, decode_paper, verify_paper
from ballots.screen.words import Said
from tally.entries.reading import Counts
from voting_core.errors import InputError, VerificationError


class Problem(StrEnum):
    """Why a paper is not counted."""

    UNREADABLE = "unreadable"
    SEVERAL = "several"
    NOT_OURS = "not_ours"
    DAMAGED = "damaged"
    OTHER_KIND = "other_kind"
    OTHER_SESSION = "other_session"
    OTHER_CONTEST = "other_contest"
    FORGED = "forged"
    IMPOSSIBLE = "impossible"
    DUPLICATE = "duplicate"

    @property
    def said(self) -> Said:
        """What is wrong and what to do, as one sentence."""
        return _SAID[self]


_SAID = {
    Problem.UNREADABLE: Said(
        "没有读到二维码：请放平、擦净后重扫；仍读不出的，由监票人按票面文字处理",
        "No code was read: flatten and scan again; if that fails, the scrutineers decide by the words on the paper",
    ),
    Problem.SEVERAL: Said(
        "一页上有两个以上二维码：请分开，一次扫一张",
        "More than one code on a page: separate the papers and scan them singly",
    ),
    Problem.NOT_OURS: Said(
        "不是本系统的二维码：不计票，另放并报总监票人",
        "The code is not of this system: not counted; set it aside and tell the chief scrutineer",
    ),
    Problem.DAMAGED: Said(
        "二维码的内容不完整：请重扫；仍不行的，由监票人按票面文字处理",
        "The code is damaged: scan again; if that fails, the scrutineers decide by the words on the paper",
    ),
    Problem.OTHER_KIND: Said(
        "这是表决卡或回执，不是选票：请退还本人，不计票",
        "This is a card or a receipt, not a ballot: not counted; give it back",
    ),
    Problem.OTHER_SESSION: Said(
        "是另一次会议的选票：不计票，另放并报总监票人",
        "The ballot is of another session: not counted; set it aside and tell the chief scrutineer",
    ),
    Problem.OTHER_CONTEST: Said(
        "是另一项表决的选票：请放到那一项的票里再扫",
        "The ballot is of another contest: put it with those and scan it there",
    ),
    Problem.FORGED: Said(
        "签名不对，不是本会终端打印的：不计票，封存并报总监票人",
        "The signature is wrong, no kiosk of this session printed it: not counted; seal it and tell the chief "
        "scrutineer",
    ),
    Problem.IMPOSSIBLE: Said(
        "签名正确，但选择不合本项表决：不计票，封存并报总监票人，终端可能有故障",
        "Signed, but the choices break the rules of the contest: not counted; seal it and tell the chief scrutineer",
    ),
    Problem.DUPLICATE: Said(
        "这一张已经计过：如果手上是另一张纸，则其中一张是复印件，封存两张并报总监票人",
        "This one is counted already: if it is another sheet, one of the two is a copy; seal both and tell the chief "
        "scrutineer",
    ),
}


@dataclass(frozen=True, slots=True)
class Urn:
    """What papers must fit: the session, the contest, and the ballot-box key of the log."""

    session: bytes
    contest: Contest
    box_key: bytes

    def read(self, digits: str) -> PaperRecord | Problem:
        """Judge the content of a code: the record, or why it is not one of this contest."""
        try:
            payload = decode_payload(digits)
        except InputError as error:
            return Problem.DAMAGED if "damaged" in error.problem else Problem.NOT_OURS
        if payload.kind is not Kind.PAPER:
            return Problem.OTHER_KIND
        if payload.session_tag != session_tag(self.session):
            return Problem.OTHER_SESSION
        try:
            record = decode_paper(digits, self.session)
        except InputError:
            return Problem.NOT_OURS
        try:
            verify_paper(record, self.session, self.box_key)
        except VerificationError:
            return Problem.FORGED
        # A record of another contest is told from a forged one only now: what is not signed says nothing.
        if record.contest_hash != self.contest.hash:
            return Problem.OTHER_CONTEST
        shape = (len(self.contest.rows), len(self.contest.marks))
        if (len(record.marks), record.marks_per_row) != shape or broken_limits(self.contest, record.marks):
            return Problem.IMPOSSIBLE
        return record


@dataclass(frozen=True, slots=True)
class Totals:
    """How many papers were counted, and how often each row has each mark."""

    papers: int
    counts: Counts

    @classmethod
    def none(cls, contest: Contest) -> Self:
        """Nothing counted yet."""
        return cls(0, ((0,) * len(contest.marks),) * len(contest.rows))

    def plus(self, marks: tuple[int, ...]) -> Self:
        """The same with one paper more."""
        counts = tuple(
            tuple(count + (index == mark) for index, count in enumerate(row))
            for row, mark in zip(self.counts, marks, strict=True)
        )
        return type(self)(self.papers + 1, counts)
