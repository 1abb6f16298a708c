"""The ballot on a screen: a contest as pages of rows with one clear button for each mark.

The preview of the set-up and the kiosk show this and nothing else, so that officials see what delegates will see. The
view is pure: the contest, what is marked so far, and the shape of the screen give the pages. Nothing is preselected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ballots.contest import At, Capture, Contest, Kind, Row, WriteInWay
from ballots.screen.words import Said


class Shape(StrEnum):
    """The shape of a kiosk's screen: upright or lying."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


NAMES_AT_A_TIME: Final = (10, 5, 1)
"""How many rows may be shown at a time: tens, as people count; fewer for whoever wants nobody to read along."""

LARGE_ROWS: Final = 4
"""As many fit when letters are large."""

TENS: Final = 10
"""Rows that the overview sums up in one place, however many are shown at a time."""

MANY_MARKS: Final = 4
"""With more marks than these a row takes the whole width of a lying screen, and half as many fit."""


_WORDS: Final[Mapping[str, Said]] = {
    "approve": Said("赞成", "Approve"),
    "agree": Said("同意", "Agree"),
    "disapprove": Said("不赞成", "Disapprove"),
    "abstain": Said("弃权", "Abstain"),
    "chosen": Said("选", "Chosen"),
    "not_chosen": Said("不选", "Not chosen"),
}

_TICKET_DISAPPROVE: Final = Said("不同意", "Disagree")

_GRADES: Final[Mapping[str, str]] = {
    "信任": "Trust",
    "基本信任": "Basic trust",
    "不信任": "Distrust",
    "弃权": "Abstain",
    "满意": "Satisfied",
    "基本满意": "Basically satisfied",
    "不满意": "Dissatisfied",
    "不了解": "No opinion",
    "优秀": "Excellent",
    "称职": "Competent",
    "基本称职": "Basically competent",
    "不称职": "Incompetent",
    "良好": "Good",
    "一般": "Fair",
    "较差": "Poor",
    "好": "Good",
    "较好": "Fairly good",
    "差": "Bad",
    "认同": "Accepted",
    "基本认同": "Basically accepted",
    "不认同": "Not accepted",
    "胜任": "Able",
    "基本胜任": "Basically able",
    "不胜任": "Unable",
}

_COUNTED: Final[Mapping[str, Said]] = {
    "approve": Said("已赞成", "Approved"),
    "chosen": Said("已选", "Chosen"),
}


@dataclass(frozen=True, slots=True)
class Button:
    """One mark that may be given to a row. All marks look alike, so that nobody sees from afar how somebody votes."""

    mark: str
    said: Said


@dataclass(frozen=True, slots=True)
class BallotRow:
    """A row as it is shown: its number in the list from 1, its place in the contest, and its mark so far, or ``""``."""

    number: int
    id: str
    name: str
    details: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Count:
    """The line that is always in sight: how often a mark is used, and the limit on it (SPEC §4.4)."""

    said: Said
    mark: str
    used: int
    limit: int
    limit_said: Said
    at_most: bool

    @property
    def full(self) -> bool:
        """Whether the limit is reached: no further row takes this mark."""
        return self.at_most and self.used >= self.limit


@dataclass(frozen=True, slots=True)
class Ten:
    """One place of the overview: ten rows of the list, how many of them are marked, and whether they are in sight."""

    first: int
    last: int
    marked: int
    shown: bool

    @property
    def done(self) -> bool:
        """Whether all of them are marked."""
        return self.marked == self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class BallotView:
    """A ballot as it is shown."""

    contest: str
    title: Said
    kind: Kind
    shape: Shape
    wide: bool
    buttons: tuple[Button, ...]
    counts: tuple[Count, ...]
    pages: tuple[tuple[BallotRow, ...], ...]
    page: int
    tens: tuple[Ten, ...]
    marked: int
    rows: int
    blank: Said
    write_in: Said | None
    write_in_lines: int


def button_of(contest: Contest, mark: str) -> Button:
    """The button of a mark, with the words of this kind of contest."""
    if mark == "disapprove" and contest.kind is Kind.TICKET_VOTE:
        return Button(mark, _TICKET_DISAPPROVE)
    return Button(mark, _WORDS.get(mark) or Said(mark, _GRADES.get(mark, mark)))


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of a ballot is seen at a time: `names` rows, fewer with large letters; and row `first` among them."""

    names: int = NAMES_AT_A_TIME[0]
    large: bool = False
    first: int = 0


def ballot_view(
    contest: Contest,
    marks: Mapping[str, str] | None = None,
    shape: Shape = Shape.PORTRAIT,
    sight: Sight = Sight(),
) -> BallotView:
    """The ballot with the marks given so far, by row id. Rows are in the order of the contest, which is lawful."""
    given = marks or {}
    rows = [_row(number, row, given) for number, row in enumerate(contest.rows, 1)]
    wide = len(contest.marks) > MANY_MARKS
    size = _page_size(sight, wide)
    pages = tuple(tuple(rows[first : first + size]) for first in range(0, len(rows), size))
    page = min(sight.first // size, len(pages) - 1)
    return BallotView(
        contest=contest.id,
        title=Said(contest.title.zh, contest.title.en),
        kind=contest.kind,
        shape=shape,
        wide=wide,
        buttons=tuple(button_of(contest, mark) for mark in contest.marks),
        counts=_counts(contest, given),
        pages=pages,
        page=page,
        tens=_tens(rows, pages[page]),
        marked=sum(bool(row.mark) for row in rows),
        rows=len(rows),
        blank=_blank(contest),
        write_in=_write_in(contest),
        write_in_lines=contest.seats if contest.write_ins.way is WriteInWay.PAPER else 0,
    )


def _page_size(sight: Sight, wide: bool) -> int:
    size = min(sight.names, LARGE_ROWS) if sight.large else sight.names
    return max(1, size // 2) if wide else size


def _tens(rows: Sequence[BallotRow], page: Sequence[BallotRow]) -> tuple[Ten, ...]:
    parts = [rows[first : first + TENS] for first in range(0, len(rows), TENS)]
    return tuple(
        Ten(
            part[0].number,
            part[-1].number,
            sum(bool(row.mark) for row in part),
            part[0].number <= page[0].number <= part[-1].number,
        )
        for part in parts
    )


def _row(number: int, row: Row, given: Mapping[str, str]) -> BallotRow:
    details = tuple(detail.text for detail in row.details)
    return BallotRow(number, row.id, row.name, details, given.get(row.id, ""))


def _counts(contest: Contest, given: Mapping[str, str]) -> tuple[Count, ...]:
    counts = []
    for limit in contest.limits:
        at_most = limit.at is At.MOST
        word = button_of(contest, limit.mark).said
        said = _COUNTED.get(limit.mark, Said(f"已评{word.zh}", f"{word.en} given"))
        if contest.kind is Kind.ELECTION:
            limit_said = Said("应选", "Seats")
        else:
            limit_said = Said("最多", "At most") if at_most else Said("至少", "At least")
        # What an empty row counts as is counted here as well: a delegate sees what the ballot would say now.
        used = sum(given.get(row.id, contest.blank) == limit.mark for row in contest.rows)
        counts.append(Count(said, limit.mark, used, limit.count, limit_said, at_most))
    return tuple(counts)


def _blank(contest: Contest) -> Said:
    if not contest.blank:
        return Said("每一行都须表态", "Every row needs a mark")
    word = button_of(contest, contest.blank).said
    return Said(f"没有表态的一行视为{word.zh}", f"A row without a mark counts as: {word.en.lower()}")


def _write_in(contest: Contest) -> Said | None:
    """What is said below the names about other persons; None where the rules know no such thing."""
    match contest.write_ins.way:
        case WriteInWay.SLIPS:
            return Said(
                "要另选他人的，请把姓名写在另选人纸条上，投入票箱",
                "To choose somebody else, write the name on a slip and put it into the box",
            )
        case WriteInWay.PAPER:
            return Said("另选他人（写姓名）", "Somebody else (write the name)")
        case WriteInWay.WAIVED:
            return Said("本次选举不设另选他人", "Nobody can be written in")
        case _:
            return None


def is_paper(contest: Contest) -> bool:
    """Whether delegates vote on paper, so that no kiosk shows this ballot."""
    return contest.capture is Capture.HAND
