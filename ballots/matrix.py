"""The parts of a contest, each with its writer and its strict reader (SPEC §4.1).

A part knows only itself: what holds between parts is judged by :func:`ballots.contest.parse_contest`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from voting_core.codec import Fields, JsonObject
from voting_core.errors import EncodingError
from voting_core.params import MAX_ROWS, MAX_TEXT

CLASS_FORM: Final = re.compile(r"[a-z0-9_]{1,16}")
"""The form of credential classes and of the ids of cells."""

FILLED_FORM: Final = re.compile(r".+")
"""Any text but the empty one."""

WRITE_IN: Final = "write_in/"
"""With the name after it, the id of a person who was written in, also where that person stands again as a row."""


class Kind(StrEnum):
    """What is voted on. Kinds differ in marks, limits and rules, never in cryptography."""

    ELECTION = "election"
    TICKET_VOTE = "ticket_vote"
    MOTION = "motion"
    EVALUATION = "evaluation"
    ASSESSMENT = "assessment"
    QUESTIONNAIRE = "questionnaire"


class Stage(StrEnum):
    """The stage of an election; `NONE` for every other kind."""

    NONE = ""
    FORMAL = "formal"
    PRESELECTION = "preselection"
    RUNOFF = "runoff"
    SUPPLEMENTARY = "supplementary"


class Purpose(StrEnum):
    """What a ticket vote is for; `NONE` where it is not said and for every other kind."""

    NONE = ""
    APPOINTMENT = "appointment"
    RECOMMENDATION = "recommendation"


class Capture(StrEnum):
    """How ballots reach the count: encrypted by a kiosk, or counted by hand."""

    KIOSK = "kiosk"
    HAND = "hand"


class WriteInWay(StrEnum):
    """How persons who are not on the list can be chosen (另选他人).

    `NONE`: not at all. `PAPER`: on the paper ballots themselves. `SLIPS`: beside the kiosk's ballot, on paper slips
    that are counted by hand. `WAIVED`: the rules allow it, and the county decided to hold this election without.
    """

    NONE = "none"
    PAPER = "paper"
    SLIPS = "slips"
    WAIVED = "waived"


class At(StrEnum):
    """The direction of a limit."""

    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Title:
    """The title in English (may be empty) and Chinese."""

    en: str
    zh: str

    @classmethod
    def read(cls, fields: Fields) -> "Title":
        """Read a title; raises EncodingError naming the field."""
        title = cls(en=fields.text("en"), zh=fields.text("zh", pattern=FILLED_FORM))
        fields.done()
        return title

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1."""
        return {"en": self.en, "zh": self.zh}


@dataclass(frozen=True, slots=True)
class Detail:
    """One line beside a name: its label, and its text (may be empty)."""

    label: str
    text: str

    @classmethod
    def read(cls, fields: Fields) -> "Detail":
        """Read a detail; raises EncodingError naming the field."""
        detail = cls(label=fields.text("label", pattern=FILLED_FORM), text=fields.text("text"))
        fields.done()
        return detail

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1."""
        return {"label": self.label, "text": self.text}


@dataclass(frozen=True, slots=True)
class Row:
    """A person, motion, department or option."""

    id: str
    name: str
    details: tuple[Detail, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> "Row":
        """Read a row; raises EncodingError naming the field."""
        row = cls(
            id=fields.text("id", pattern=FILLED_FORM),
            name=fields.text("name", pattern=FILLED_FORM),
            details=tuple(Detail.read(item) for item in fields.rows("details")),
        )
        # Otherwise a row could take the id of whoever is written in with the rest of it as name, and keep them out.
        if row.id.startswith(WRITE_IN) and row.id != WRITE_IN + row.name:
            raise EncodingError(fields.path("id"), "is that of a person written in with another name")
        fields.done()
        return row

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1."""
        return {"details": [detail.to_json() for detail in self.details], "id": self.id, "name": self.name}


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a mark may (`MOST`) or must (`LEAST`) be used over all rows."""

    at: At
    count: int
    mark: str

    @classmethod
    def read(cls, fields: Fields, marks: tuple[str, ...]) -> "Limit":
        """Read a limit on one of the marks of the contest; raises EncodingError naming the field."""
        limit = cls(
            at=At(fields.choice("at", [at.value for at in At])),
            count=fields.integer("count", 0, MAX_ROWS),
            mark=fields.choice("mark", marks),
        )
        fields.done()
        return limit

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1."""
        return {"at": self.at.value, "count": self.count, "mark": self.mark}


@dataclass(frozen=True, slots=True)
class Cell:
    """Credential classes that are decrypted together; a cell that is too small is merged into `merge_into`."""

    id: str
    classes: tuple[str, ...]
    merge_into: str

    @classmethod
    def read(cls, fields: Fields) -> "Cell":
        """Read a cell; raises EncodingError naming the field."""
        cell = cls(
            id=fields.text("id", pattern=CLASS_FORM),
            classes=read_texts(fields, "classes", CLASS_FORM),
            merge_into=fields.text("merge_into"),
        )
        fields.done()
        return cell

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1."""
        return {"classes": self.classes, "id": self.id, "merge_into": self.merge_into}


@dataclass(frozen=True, slots=True)
class WriteIns:
    """The way of writing in; `decision` is the number of the county's decision for `WAIVED`, otherwise empty."""

    way: WriteInWay = WriteInWay.NONE
    decision: str = ""

    @classmethod
    def read(cls, fields: Fields) -> "WriteIns":
        """Read the way of writing in; raises EncodingError naming the field."""
        write_ins = cls(WriteInWay(fields.choice("way", [way.value for way in WriteInWay])), fields.text("decision"))
        if bool(write_ins.decision) != (write_ins.way is WriteInWay.WAIVED):
            raise EncodingError(fields.path("decision"), "names a decision exactly where write-ins are waived")
        fields.done()
        return write_ins

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1."""
        return {"decision": self.decision, "way": self.way.value}


@dataclass(frozen=True, slots=True)
class RulesRef:
    """The adopted rule set that decides the contest: its id and its hash (32 bytes)."""

    id: str
    hash: bytes

    @classmethod
    def read(cls, fields: Fields) -> "RulesRef":
        """Read a reference to a rule set; raises EncodingError naming the field."""
        rules = cls(id=fields.text("id", pattern=FILLED_FORM), hash=fields.hex("hash", 32))
        fields.done()
        return rules

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1."""
        return {"hash": self.hash.hex(), "id": self.id}


def read_texts(fields: Fields, key: str, form: re.Pattern[str], *, most: int | None = None) -> tuple[str, ...]:
    """Read an array of distinct texts, at least one.

    Raises:
        EncodingError: naming the field or its item.
    """
    texts: list[str] = []
    for number, item in enumerate(fields.array(key, max=most)):
        where = f"{fields.path(key)}[{number}]"
        if not isinstance(item, str):
            raise EncodingError(where, "is not text")
        if len(item) > MAX_TEXT or not form.fullmatch(item):
            raise EncodingError(where, f"does not have the form {form.pattern}, or has over {MAX_TEXT} characters")
        texts.append(item)
    check_distinct(texts, fields.path(key))
    return tuple(texts)


def check_distinct(values: list[str], where: str) -> None:
    """Refuse an empty list and a value that comes twice.

    Raises:
        EncodingError: naming the list or the repeated item.
    """
    if not values:
        raise EncodingError(where, "is empty")
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            raise EncodingError(f"{where}[{number}]", "repeats an earlier one")
        seen.add(value)
