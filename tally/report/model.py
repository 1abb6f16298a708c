"""A document as data: sheets of titles, facts, tables, names and lines to sign, and where all of it comes from.

The three renderers draw the same value, so that paper, table and file for programs cannot differ. A cell is text or an
integer; what does not apply is :data:`NONE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from voting_core.codec import JsonObject, JsonValue

NONE: Final = "—"
"""What stands in a cell to which nothing applies."""

Cell: TypeAlias = str | int


class DocumentKind(StrEnum):
    """What a document is; the Chinese word names its file."""

    COUNT = "count_report"
    BOXES = "box_sheets"
    ELECTED = "elected_list"
    TICKET = "ticket_result"
    MOTION = "motion_result"
    QUESTIONNAIRE = "questionnaire_result"
    EVALUATION_PERSON = "evaluation_person"
    EVALUATION_ROWS = "evaluation_rows"
    EVALUATION_COMMITTEE = "evaluation_committee"
    EVALUATION_SUPERIOR = "evaluation_superior"
    EVALUATION_DELEGATES = "evaluation_delegates"
    EVALUATION_PUBLIC = "evaluation_public"
    SELECTION = "selection"
    NEXT = "next_votes"
    CONSULTATIONS = "consultations"
    SAMPLE = "sample_report"
    ATTENDANCE = "attendance"
    LOG = "log_summary"

    @property
    def zh(self) -> str:
        """The word in the name of the file."""
        return _WORDS[self]


_WORDS: Final = {
    DocumentKind.COUNT: "得票情况报告单",
    DocumentKind.BOXES: "分箱计票汇总",
    DocumentKind.ELECTED: "当选名单",
    DocumentKind.TICKET: "表决结果报告单",
    DocumentKind.MOTION: "表决结果报告单",
    DocumentKind.QUESTIONNAIRE: "问卷结果",
    DocumentKind.EVALUATION_PERSON: "测评结果（个人）",
    DocumentKind.EVALUATION_ROWS: "测评结果（全部对象）",
    DocumentKind.EVALUATION_COMMITTEE: "测评结果（告知县委）",
    DocumentKind.EVALUATION_SUPERIOR: "测评结果（告知上级党委）",
    DocumentKind.EVALUATION_DELEGATES: "测评结果（告知代表）",
    DocumentKind.EVALUATION_PUBLIC: "测评结果（公开）",
    DocumentKind.SELECTION: "评优建议名单",
    DocumentKind.NEXT: "后续表决建议",
    DocumentKind.CONSULTATIONS: "书面征求意见情况",
    DocumentKind.SAMPLE: "纸票抽查报告单",
    DocumentKind.ATTENDANCE: "到会情况",
    DocumentKind.LOG: "日志摘要",
}


class ColumnKind(StrEnum):
    """How a column is set: a running number, a name, a number, words, a remark on one line, or sentences."""

    ORDINAL = "ordinal"
    NAME = "name"
    NUMBER = "number"
    TEXT = "text"
    REMARK = "remark"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column, and what is in it."""

    title: str
    kind: ColumnKind

    def to_json(self) -> JsonObject:
        """The column in the file for programs."""
        return {"kind": self.kind.value, "title": self.title}


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers with their labels, in the order of reading."""

    items: tuple[tuple[str, Cell], ...]

    def to_json(self) -> JsonObject:
        """The block in the file for programs."""
        return {"facts": [{"label": label, "value": value} for label, value in self.items]}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence; `strong` for what the whole sheet is about."""

    text: str
    strong: bool = False

    def to_json(self) -> JsonObject:
        """The block in the file for programs."""
        return {"statement": self.text, "strong": self.strong}


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; the headings are repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the table {self.caption!r} has not one cell for each column")

    def to_json(self) -> JsonObject:
        """The block in the file for programs."""
        columns: list[JsonValue] = [column.to_json() for column in self.columns]
        return {"caption": self.caption, "columns": columns, "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name in a list of the elected, with what stands after it: （女，苗族）, or the votes.

    `place` is printed before it where the place in the list has a meaning, 0 elsewhere.
    """

    name: str
    note: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names in columns, read from left to right."""

    people: tuple[ListedName, ...]

    def to_json(self) -> JsonObject:
        """The block in the file for programs."""
        return {"names": [{"name": person.name, "note": person.note, "place": person.place} for person in self.people]}


@dataclass(frozen=True, slots=True)
class Notes:
    """Lines in small type: articles, and what a reader must know."""

    lines: tuple[str, ...]

    def to_json(self) -> JsonObject:
        """The block in the file for programs."""
        return {"notes": list(self.lines)}


Block: TypeAlias = Facts | Statement | Table | Names | Notes


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who signs by hand, and how many places there are for it."""

    role: str
    places: int = 1

    def to_json(self) -> JsonObject:
        """The line in the file for programs."""
        return {"places": self.places, "role": self.role}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What may be handed out alone: it begins on a new page and has its own page numbers and lines to sign."""

    title: str
    blocks: tuple[Block, ...]
    signatures: tuple[SignatureLine, ...] = ()

    def to_json(self) -> JsonObject:
        """The sheet in the file for programs."""
        blocks: list[JsonValue] = [block.to_json() for block in self.blocks]
        return {"blocks": blocks, "signatures": [line.to_json() for line in self.signatures], "title": self.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a document comes from: the session, and the root of the log at the size that it speaks of.

    `contest` and `digest` are empty in a document about the whole session; `digest` is the report digest that
    scrutineers sign (SPEC §9.8), in hexadecimal like `root`. `code` is the text of the QR code (SPEC §7.7).
    """

    session: str
    fingerprint: str
    contest: str
    digest: str
    size: int
    root: str
    closed: bool
    code: str

    def to_json(self) -> JsonObject:
        """The provenance in the file for programs."""
        return {
            "closed": self.closed,
            "code": self.code,
            "contest": self.contest,
            "digest": self.digest,
            "fingerprint": self.fingerprint,
            "root": self.root,
            "session": self.session,
            "size": self.size,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document. `heading` is the session's title, `day` its date (YYYY-MM-DD), `occasion` date and place in words.

    `mark` is printed at the head of every page (内部资料), empty where there is none. `simulated` prints 演练 across
    every page.
    """

    kind: DocumentKind
    heading: str
    day: str
    occasion: str
    sheets: tuple[Sheet, ...]
    provenance: Provenance
    simulated: bool
    mark: str = ""

    @property
    def file_name(self) -> str:
        """The name of its files without an ending, such as ``committee-得票情况报告单``."""
        return f"{self.provenance.contest}-{self.kind.zh}" if self.provenance.contest else self.kind.zh

    def to_json(self) -> JsonObject:
        """The whole document for programs."""
        sheets: list[JsonValue] = [sheet.to_json() for sheet in self.sheets]
        return {
            "day": self.day,
            "heading": self.heading,
            "kind": self.kind.value,
            "mark": self.mark,
            "occasion": self.occasion,
            "provenance": self.provenance.to_json(),
            "sheets": sheets,
            "simulated": self.simulated,
        }
