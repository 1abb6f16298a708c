"""What a scrutineer types, as the bodies of entries. Numbers are counted by people: nothing is filled in for them but
what their own scan of the papers found.

Every error names the field in both languages, and repeats no more than a number.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from ballots.screen.words import Said
from ballots.void_reasons import VoidReason
from kiosk.comparison import Compared
from kiosk.station_page.problems import Wrong
from tally.entries.contests import AttendanceDeclared, Box, ClassCards, ContestAbandoned
from tally.entries.counting import PaperCompared
from tally.entries.credentials import ReserveSealed
from tally.entries.sheets import SLIPS, CountEntered, VoidBallots, WriteIn
from tally.entry_words.reasons import ABANDONED
from tally.state import ContestState
from voting_core.codec import Fields
from voting_core.params import MAX_BALLOTS, MAX_TEXT

Form = Mapping[str, str]

_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_MOST_DIGITS: Final = len(str(MAX_BALLOTS))


def read_number(form: Form, key: str, field: Said) -> int:
    """A whole number from 0 on, also in full-width digits.

    Raises:
        Wrong: it is missing, no number, or too large.
    """
    text = form.get(key, "").strip().translate(_DIGITS)
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise Wrong(f"{field.zh}：请填写数目（0 也要填）", f"{field.en}: type a whole number (also 0)")
    return int(text)


def read_words(form: Form, key: str, field: Said, *, empty: bool = False) -> str:
    """A line of text.

    Raises:
        Wrong: it is missing or too long.
    """
    text = " ".join(form.get(key, "").split())
    if (not text and not empty) or len(text) > MAX_TEXT:
        raise Wrong(f"{field.zh}：请填写", f"{field.en}: fill this in")
    return text


def attendance(form: Form, contest: ContestState) -> AttendanceDeclared:
    """The attendance of a contest, as one scrutineer has counted it.

    Raises:
        Wrong: a number is missing, or the numbers cannot be so.
    """
    should = read_number(form, "should_attend", Said("应到", "Should attend"))
    present = read_number(form, "present", Said("实到", "Present"))
    if not should > 0 or present > should:
        raise Wrong("实到不得多于应到", "No more can be present than should attend")
    # Only where there are several classes does a message have to name one.
    classes = contest.contest.classes
    which = {name: f"{name.upper()}: " if len(classes) > 1 else "" for name in classes}
    cards = tuple(
        ClassCards(
            name,
            read_number(form, f"drawn_{name}", Said(f"{which[name]}已领卡", f"{which[name]}Cards drawn")),
            read_number(form, f"test_{name}", Said(f"{which[name]}查验卡", f"{which[name]}Test cards")),
        )
        for name in classes
    )
    boxes = tuple(Box(name, count) for name, count in _lines(form, "boxes")) if contest.is_by_hand else ()
    return AttendanceDeclared(contest=contest.id, should_attend=should, present=present, cards=cards, boxes=boxes)


def reserve(form: Form) -> ReserveSealed:
    """How many cards of a class are sealed in reserve."""
    name = read_words(form, "class", Said("类别", "Class"))
    return ReserveSealed(name, read_number(form, "count", Said("封存备用张数", "Sealed in reserve")))


def abandonment(form: Form, contest: ContestState) -> ContestAbandoned:
    """The officials' proposal to break a contest off, as the scrutineer has understood it."""
    reason = form.get("reason", "")
    if reason not in ABANDONED:
        raise Wrong("请选择中止的原因", "Choose why the contest is abandoned")
    return ContestAbandoned(contest.id, reason)


def comparison(form: Form, contest: ContestState) -> Compared:
    """The root code that was heard.

    Raises:
        InputError: it has not twenty characters of the alphabet.
    """
    return Compared.parse(Fields({"contest": contest.id, "root_code": form.get("root_code", "").strip()}, "form"))


def sheet(form: Form, contest: ContestState) -> CountEntered:
    """The count sheet of one box, or that of the slips.

    Raises:
        Wrong: something is missing; whether the numbers agree is judged by the log's own rules.
    """
    box = SLIPS if contest.has_slips else read_words(form, "box", Said("票箱", "Box"))
    void = tuple(
        VoidBallots(reason, count)
        for reason in VoidReason
        if (count := read_number(form, f"void_{reason.value}", Said(reason.zh, reason.en)))
    )
    rows = () if contest.has_slips else contest.contest.rows
    marks = contest.contest.marks
    return CountEntered(
        contest=contest.id,
        box=box,
        sheet=read_words(form, "sheet", Said("计票单号", "Name of the sheet")),
        replaces=read_words(form, "replaces", Said("更正的单号", "Sheet that it corrects"), empty=True),
        issued=read_number(form, "issued", Said("发出", "Issued")),
        returned=read_number(form, "returned", Said("收回", "Returned")),
        invalid=sum(item.count for item in void),
        void_reasons=void,
        item_invalid=tuple(
            read_number(form, f"unreadable_{number}", Said(f"{row.name}：无法辨认", f"{row.name}: unreadable"))
            for number, row in enumerate(rows)
        ),
        counts=tuple(
            tuple(
                read_number(form, f"count_{number}_{place}", Said(f"{row.name}：{mark}", f"{row.name}: {mark}"))
                for place, mark in enumerate(marks)
            )
            for number, row in enumerate(rows)
        ),
        write_ins=tuple(WriteIn(name, votes) for name, votes in _lines(form, "write_ins")),
    )


def paper(form: Form, contest: ContestState) -> PaperCompared:
    """The totals of the paper records; whether they agree follows from the counts in the log."""
    counts = tuple(
        tuple(
            read_number(form, f"count_{number}_{place}", Said(f"{row.name}：{mark}", f"{row.name}: {mark}"))
            for place, mark in enumerate(contest.contest.marks)
        )
        for number, row in enumerate(contest.contest.rows)
    )
    papers = read_number(form, "papers", Said("纸质票张数", "Paper records"))
    agrees = papers == contest.cast and counts == contest.totals
    return PaperCompared(contest=contest.id, papers=papers, counts=counts, agrees=agrees)


def _lines(form: Form, key: str) -> Iterator[tuple[str, int]]:
    """Lines of a name and a number, such as `李四 4`."""
    for number, line in enumerate(form.get(key, "").splitlines(), 1):
        if not line.strip():
            continue
        name, _, count = line.strip().replace("，", " ").replace(",", " ").rpartition(" ")
        field = Said(f"第 {number} 行", f"Line {number}")
        if not name.strip():
            raise Wrong(f"{field.zh}：写“名称 数目”", f"{field.en}: write a name and a number")
        yield name.strip(), read_number({"count": count}, "count", field)
