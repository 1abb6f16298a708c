"""Pages of several kinds, each spoiled in many ways, and how many are read rightly, wrongly or not at all."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from PIL import Image

from ballots.contest import Contest, Kind, Row, RulesRef, Stage, Title, WriteIns, WriteInWay, make_contest
from ballots.paper.record_sheet import SheetTexts, record_sheet
from ballots.qr.paper import PaperRecord, sign_paper
from kiosk.scan.codes import codes_in
from kiosk.scan.pictures import PDF_DPI, pictures_of
from tally.audit.papers import Problem, Urn
from tools.scan_study.faults import Faults, spoil
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

SESSION: Final = hashlib.sha256(b"scan study").digest()
BOX: Final = SigningKey.from_seed(Secret(hashlib.sha256(b"box").digest()))
TEXTS: Final = SheetTexts(title="中国共产党青岚县第十四届代表大会第三次会议", day=date(2026, 12, 8))
SHAPES: Final = ((1, 3), (30, 3), (60, 3), (100, 4))
"""Rows and marks: a motion, an A5 election, the largest usual one, and the largest code."""

PAGES_OF_A_SHAPE: Final = 100
SCANS_A_PAGE: Final = 25
CORNER_MM: Final = (6, 60)
"""Near the lower left corner of a page: from and to, with the whole code also when it is tilted."""

_NAMES: Final = ("李红香", "王桂敏", "杨光", "曹娟婷", "欧阳志远", "萧涛文", "阿依古丽·买买提")
_MARKS: Final = ("approve", "disapprove", "abstain", "弃权")


@dataclass(frozen=True, slots=True)
class Seen:
    """How the readings ended."""

    right: int = 0
    wrong: int = 0
    unread: int = 0

    def plus(self, other: "Seen") -> "Seen":
        """Both together."""
        return Seen(self.right + other.right, self.wrong + other.wrong, self.unread + other.unread)


@lru_cache(maxsize=len(SHAPES))
def contest_of(rows: int, marks: int) -> Contest:
    """A contest of so many rows and marks."""
    return make_contest(
        id=f"study-{rows}",
        kind=Kind.ELECTION if marks == 3 else Kind.EVALUATION,
        stage=Stage.FORMAL if marks == 3 else Stage.NONE,
        title=Title("", "选举县委委员"),
        slot=0,
        seats=1 if marks == 3 else 0,
        rows=[Row(f"{number + 1:04d}", _NAMES[number % len(_NAMES)]) for number in range(rows)],
        marks=_MARKS[:marks],
        blank="abstain",
        rules=RulesRef("study", bytes(32)),
        classes=("delegate",),
        write_ins=WriteIns(WriteInWay.WAIVED, "1") if marks == 3 else WriteIns(),
    )


@lru_cache(maxsize=8)
def page_of(rows: int, marks: int, number: int, corner: bool) -> tuple[PaperRecord, Image.Image]:
    """A paper record with choices and serial at random, and its page as 300 dpi draw it."""
    contest = contest_of(rows, marks)
    chance = hashlib.shake_256(f"{rows} {marks} {number}".encode()).digest(rows + 16)
    choices = tuple(value % marks for value in chance[:rows])
    record = sign_paper(SESSION, contest.hash, marks, choices, chance[rows:], BOX)
    (picture,) = pictures_of(record_sheet(contest, record, TEXTS).reveal(), "study")
    image = picture.image
    if corner:
        near, far = (edge * PDF_DPI * 10 // 254 for edge in CORNER_MM)
        image = image.crop((near, image.height - far, far, image.height - near))
    return record, image


def read_spoiled(index: int, *, corner: bool, pages: int = PAGES_OF_A_SHAPE) -> Seen:
    """Spoil one page and read it."""
    rows, marks = SHAPES[index % len(SHAPES)]
    # A page stays for as many scans as there are in all with so many pages: it is drawn once, and spoiled often.
    record, page = page_of(rows, marks, index // (len(SHAPES) * SCANS_A_PAGE) % pages, corner)
    codes = codes_in(spoil(page, Faults.drawn(f"scan {index}"), str(index)))
    if len(codes) != 1:
        return Seen(unread=1)
    read = Urn(SESSION, contest_of(rows, marks), BOX.public).read(codes[0])
    if isinstance(read, Problem):
        return Seen(unread=1)
    return Seen(right=1) if read == record else Seen(wrong=1)


def study(indices: Iterable[int], *, corner: bool, pages: int = PAGES_OF_A_SHAPE) -> Iterator[Seen]:
    """Read many, and say after each how they all ended so far."""
    seen = Seen()
    for index in indices:
        seen = seen.plus(read_spoiled(index, corner=corner, pages=pages))
        yield seen
