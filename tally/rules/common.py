"""Parameters that several families of rule sets share, and how their fields are read (SPEC §13.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tally.rules.threshold import Base, Threshold, read_threshold
from tally.strokes.table import TABLE_ID
from voting_core.codec import Fields, JsonObject
from voting_core.errors import EncodingError

MARKS: Final = ("approve", "disapprove", "abstain")
"""The marks of elections and motions."""

ID_FORM: Final = re.compile("[a-z0-9_]{1,48}")
PEOPLE: Final = (Base.SHOULD_ATTEND, Base.PRESENT)
"""The bases of a quorum."""

VOTING: Final = (Base.SHOULD_ATTEND, Base.PRESENT, Base.ISSUED, Base.RETURNED, Base.VALID)
"""The bases of a majority."""

MAX_DAYS: Final = 36_500
"""A hundred years; a longer time is a mistyped one."""

_MAX_TEXTS: Final = 16


class ReturnedBallots(StrEnum):
    """Up to which number of returned ballots a vote is valid: those issued, or those who are present."""

    LE_ISSUED = "le_issued"
    LE_PRESENT = "le_present"


class NameOrder(StrEnum):
    """How one-character given names sort: 姓氏笔画 puts them first, 姓名笔画 compares the given names."""

    SURNAME_STROKES = "surname_strokes"
    FULL_NAME_STROKES = "full_name_strokes"


class ListOrder(StrEnum):
    """The order of names on the ballot: by strokes, or as the table gives them (an order approved above)."""

    STROKE = "stroke"
    AS_GIVEN = "as_given"


@dataclass(frozen=True, slots=True)
class Naming:
    """How names are ordered. `stroke_table` names the table, so that a later one cannot change an old order."""

    list_order: ListOrder
    name_order: NameOrder
    stroke_table: str

    def to_json(self) -> JsonObject:
        """The three fields."""
        return {
            "list_order": self.list_order.value,
            "name_order": self.name_order.value,
            "stroke_table": self.stroke_table,
        }


@dataclass(frozen=True, slots=True)
class Retention:
    """How long ballots and records are kept, in days after the session (0: no text says), and who may destroy them."""

    days: int
    two_roles: bool

    def to_json(self) -> JsonObject:
        """The fields under ``retention``."""
        return {"days": self.days, "destroy_needs_two_roles": self.two_roles}


def read_returned(fields: Fields) -> ReturnedBallots:
    """Read ``returned_must_be``."""
    return ReturnedBallots(fields.choice("returned_must_be", tuple(ReturnedBallots)))


def read_naming(fields: Fields) -> Naming:
    """Read ``list_order``, ``name_order`` and ``stroke_table``."""
    return Naming(
        ListOrder(fields.choice("list_order", tuple(ListOrder))),
        NameOrder(fields.choice("name_order", tuple(NameOrder))),
        fields.choice("stroke_table", (TABLE_ID,)),
    )


def read_retention(fields: Fields) -> Retention:
    """Read the object ``retention``."""
    retention = Retention(fields.integer("days", 0, MAX_DAYS), fields.boolean("destroy_needs_two_roles"))
    fields.done()
    return retention


def read_majority(fields: Fields, key: str) -> Threshold:
    """Read a threshold that a person or motion must reach."""
    return read_threshold(fields.fields(key), VOTING)


def read_texts(fields: Fields, key: str) -> tuple[str, ...]:
    """Read an array of distinct texts, which may be empty.

    Raises:
        EncodingError: naming the field.
    """
    texts = []
    for text in fields.array(key, max=_MAX_TEXTS):
        if not isinstance(text, str):
            raise EncodingError(fields.path(key), "holds a value that is not text")
        texts.append(text)
    check_distinct(tuple(texts), fields.path(key))
    return tuple(texts)


def read_some_of(fields: Fields, key: str, marks: tuple[str, ...]) -> tuple[str, ...]:
    """Read distinct texts, all of them among `marks`."""
    chosen = read_texts(fields, key)
    for mark in chosen:
        if mark not in marks:
            raise EncodingError(fields.path(key), f"names {mark!r}, which is no mark of the scale")
    return chosen


def check_distinct(values: tuple[str, ...], where: str) -> None:
    """Refuse a value that comes twice."""
    if len(set(values)) != len(values):
        raise EncodingError(where, "names something twice")
