"""The paper record of a ballot as a sheet (SPEC §7.6): its choices in words, grouped by mark, and its QR code.

Black on white. Nothing on it, and nothing in the file, leads to a card, a kiosk, a time, or the encrypted ballot: two
sheets with the same choices and the same serial are the same bytes. A long ballot takes A4, a short one A5.

The typesetter keeps what it was given in the memory of its process: print in one that ends.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from ballots.contest import Contest
from ballots.paper.glyphs import check_text
from ballots.paper.qr import qr_matrix, qr_size, qr_svg
from ballots.paper.record_words import NOBODY, RecordLine, record_lines
from ballots.paper.typeset import typeset_secret
from ballots.qr.paper import PaperRecord, encode_paper
from voting_core.codec import JsonValue
from voting_core.secret import Secret

ROWS_ON_A5: Final = 30
"""More rows than these need A4: names of the common lengths then still stand in 10 points."""

TENTHS_A_MODULE: Final = 6
"""A module is 0.6 mm, seven dots of a 300 dpi scanner: readable through blur, tilt and a cheap printer."""

_TEMPLATE: Final = "templates/record.typ"
_LABEL: Final = "选票（纸质）"
_LABEL_SIMULATED: Final = "选票（纸质，演练）"
_LABEL_EN: Final = "Paper ballot"
_LABEL_SIMULATED_EN: Final = "Paper ballot, rehearsal"
_ALT: Final = "二维码，内容与文字相同 QR code: the same choices"
_ADVICE: Final = (
    "请核对文字。无误后对折，投入票箱。",
    "有误请勿投箱，交监票人。",
    "不要涂写、签名、遮盖二维码。",
    "二维码只含上面的选择、随机编号和签名。",
    "Check the words, fold, put it into the box.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTexts:
    """What is the same on every sheet of a session; `day` is the session's and becomes the date of the file."""

    title: str
    day: date
    simulated: bool = False


def check_printable(contest: Contest, texts: SheetTexts) -> None:
    """Accept a contest all of whose ballots can be printed.

    Raises:
        UnprintableError: a title or a name has a character that the fonts do not have. It is known before anyone votes.
    """
    check_text(texts.title, "title of the session")
    check_text(contest.title.zh, f"{contest.id}: title")
    for line in record_lines(contest, (0,) * len(contest.rows)):
        check_text(line.said.zh, f"{contest.id}: mark")
    for row in contest.rows:
        check_text(row.name, f"{contest.id}: row {row.id}")


def record_sheet(contest: Contest, record: PaperRecord, texts: SheetTexts) -> Secret[bytes]:
    """Make the PDF file with the one sheet of a record: the words are those of the marks in its code.

    Raises:
        UnprintableError: a title or a name has a character that cannot be printed.
    """
    if record.contest_hash != contest.hash or record.marks_per_row != len(contest.marks):
        raise ValueError(f"the record is not of the contest {contest.id}")
    check_printable(contest, texts)
    matrix = qr_matrix(encode_paper(record))
    data: JsonValue = {
        "advice": list(_ADVICE),
        "alt": _ALT,
        "code": qr_svg(matrix),
        "contest": contest.title.zh,
        "label": _LABEL_SIMULATED if texts.simulated else _LABEL,
        "label_en": _LABEL_SIMULATED_EN if texts.simulated else _LABEL_EN,
        "lines": [_line(line) for line in record_lines(contest, record.marks)],
        "nobody": NOBODY.zh,
        "paper": "a5" if len(contest.rows) <= ROWS_ON_A5 else "a4",
        "side": qr_size(matrix) * TENTHS_A_MODULE,
        "session": texts.title,
    }
    return typeset_secret(__package__, _TEMPLATE, Secret(data), texts.day)


def _line(line: RecordLine) -> JsonValue:
    return {
        "count": line.count,
        "note": line.note.zh,
        "rows": [[str(row.number), row.name] for row in line.rows],
        "said": line.said.zh,
    }
