"""The contest: a matrix of rows and marks with limits, and its strict reader (SPEC §4.1).

* A :class:`Contest` comes out of :func:`parse_contest`; for officials, out of :func:`make_contest`, which calls it; so
  whoever holds one holds a well-formed contest.
* Its hash is that of exactly the object that was read: the reader keeps every field and accepts no other.
* Two contests are equal when their hashes are.

What a contest means for a ballot is in :mod:`ballots.compile` and :mod:`ballots.marks`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ballots.matrix import (
    CLASS_FORM,
    FILLED_FORM,
    At,
    Capture,
    Cell,
    Detail,
    Kind,
    Limit,
    Purpose,
    Row,
    RulesRef,
    Stage,
    Title,
    WriteIns,
    WriteInWay,
    check_distinct,
    read_texts,
)
from voting_core.codec import MAX_INTEGER, Fields, JsonObject, JsonValue, canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.framing import digest
from voting_core.params import (
    MAX_BALLOTS,
    MAX_LIMITS,
    MAX_MARKS,
    MAX_ROWS,
    MAX_SLOTS,
    MIN_CELL,
    MIN_CELL_EVALUATION,
    Tag,
)

__all__ = [
    "NO_WRITE_INS",
    "At",
    "Capture",
    "Cell",
    "Contest",
    "Detail",
    "Kind",
    "Limit",
    "Purpose",
    "Row",
    "RulesRef",
    "Stage",
    "Title",
    "WriteInWay",
    "WriteIns",
    "make_contest",
    "parse_contest",
    "smallest_minimum",
]

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_BODY: Final = re.compile(r"[a-z0-9_]{0,32}")
_FOLLOWED: Final = re.compile(r"([a-z0-9][a-z0-9-]{0,31})?")
_ELECTING: Final = (Kind.ELECTION, Kind.TICKET_VOTE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contest:
    """A contest (SPEC §4.1). `rows` is in the order of display, `marks` in the order of counters and counts.

    `order` has the ids of all rows in the order of names that decides between equal votes and in announcements.
    `follows` is the earlier contest whose vote this one continues, empty for a vote of its own.
    """

    id: str
    kind: Kind
    stage: Stage
    title: Title
    slot: int
    body: str
    purpose: Purpose
    seats: int
    follows: str
    rows: tuple[Row, ...]
    order: tuple[str, ...]
    write_ins: WriteIns
    marks: tuple[str, ...]
    limits: tuple[Limit, ...]
    blank: str
    rules: RulesRef
    classes: tuple[str, ...]
    cells: tuple[Cell, ...]
    minimum: int
    waiver: bool
    capture: Capture
    hash: bytes = field(init=False, repr=False)
    """The contest hash: digest(CONTEST, JCS(contest))."""
    _row_numbers: dict[str, int] = field(init=False, repr=False)
    _mark_numbers: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hash", digest(Tag.CONTEST, canonical(self.to_json(), "contest")))
        object.__setattr__(self, "_row_numbers", {row.id: number for number, row in enumerate(self.rows)})
        object.__setattr__(self, "_mark_numbers", {mark: number for number, mark in enumerate(self.marks)})

    def __eq__(self, other: object) -> bool:
        return self.hash == other.hash if isinstance(other, Contest) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.hash)

    @property
    def counters(self) -> int:
        """The number of counters, and so of ciphertexts in a ballot (SPEC §4.2)."""
        return len(self.rows) * (len(self.marks) - 1)

    def row_index(self, row_id: str) -> int:
        """The number of a row of this contest; for an id from outside use :meth:`find_row`."""
        return self._row_numbers[row_id]

    def mark_index(self, mark: str) -> int:
        """The number of a mark of this contest; for a mark from outside use :meth:`find_mark`."""
        return self._mark_numbers[mark]

    def find_row(self, row_id: str) -> int | None:
        """The number of a row, None when there is no such row."""
        return self._row_numbers.get(row_id)

    def find_mark(self, mark: str) -> int | None:
        """The number of a mark, None when there is no such mark."""
        return self._mark_numbers.get(mark)

    def limit(self, at: At, mark: str) -> Limit | None:
        """The limit on a mark in one direction, None when there is none."""
        return next((limit for limit in self.limits if limit.at is at and limit.mark == mark), None)

    def to_json(self) -> JsonObject:
        """The object of SPEC §4.1, made of plain types."""
        return {
            "blank": self.blank,
            "body": self.body,
            "capture": self.capture.value,
            "cells": [cell.to_json() for cell in self.cells],
            "classes": self.classes,
            "follows": self.follows,
            "id": self.id,
            "kind": self.kind.value,
            "limits": [limit.to_json() for limit in self.limits],
            "marks": self.marks,
            "minimum": self.minimum,
            "order": self.order,
            "purpose": self.purpose.value,
            "rows": [row.to_json() for row in self.rows],
            "rules": self.rules.to_json(),
            "seats": self.seats,
            "slot": self.slot,
            "stage": self.stage.value,
            "title": self.title.to_json(),
            "waiver": self.waiver,
            "write_ins": self.write_ins.to_json(),
        }


NO_WRITE_INS: Final = WriteIns()
"""Nobody can be written in."""


def smallest_minimum(kind: Kind) -> int:
    """The smallest `minimum` of a contest of this kind without a waiver (SPEC §2.4)."""
    return MIN_CELL_EVALUATION if kind in (Kind.EVALUATION, Kind.ASSESSMENT) else MIN_CELL


def make_contest(
    *,
    id: str,
    kind: Kind,
    title: Title,
    slot: int,
    rows: Iterable[Row],
    marks: Iterable[str],
    rules: RulesRef,
    classes: Iterable[str],
    limits: Iterable[Limit] = (),
    blank: str = "",
    stage: Stage = Stage.NONE,
    body: str = "",
    purpose: Purpose = Purpose.NONE,
    seats: int = 0,
    cells: Iterable[Cell] = (),
    minimum: int = 0,
    waiver: bool = False,
    capture: Capture = Capture.KIOSK,
    follows: str = "",
    order: Iterable[str] = (),
    write_ins: WriteIns = NO_WRITE_INS,
) -> Contest:
    """Make a contest from what officials chose.

    Without `cells` all classes are one cell; without `minimum` it is the smallest that needs no waiver; without `order`
    it is that of the rows.

    Raises:
        VerificationError: V6.A or V6.D, by :func:`parse_contest`, which judges it.
    """
    classes, rows = tuple(classes), tuple(rows)
    try:
        drafted = Contest(
            id=id,
            kind=kind,
            stage=stage,
            title=title,
            slot=slot,
            body=body,
            purpose=purpose,
            seats=seats,
            follows=follows,
            rows=rows,
            order=tuple(order) or tuple(row.id for row in rows),
            write_ins=write_ins,
            marks=tuple(marks),
            limits=tuple(limits),
            blank=blank,
            rules=rules,
            classes=classes,
            cells=tuple(cells) or (Cell("all", classes, ""),),
            minimum=minimum or smallest_minimum(kind),
            waiver=waiver,
            capture=capture,
        )
    except EncodingError as error:
        raise VerificationError("V6.A", str(error)) from error
    return parse_contest(drafted.to_json())


def parse_contest(value: JsonValue) -> Contest:
    """Read a contest from JSON.

    Raises:
        VerificationError: V6.A when the object is not of SPEC §4.1 or out of the bounds of SPEC §4.3, V6.D when its
            cells or its minimum are not as required. The message names the field.
    """
    try:
        contest = _read(Fields(value, "contest"))
    except EncodingError as error:
        raise VerificationError("V6.A", str(error)) from error
    _check_limits(contest)
    _check_cells(contest)
    return contest


def _read(fields: Fields) -> Contest:
    kind = Kind(fields.choice("kind", [kind.value for kind in Kind]))
    marks = read_texts(fields, "marks", FILLED_FORM, most=MAX_MARKS)
    if len(marks) < 2:
        raise EncodingError(fields.path("marks"), "has one mark, at least two are needed")
    contest = Contest(
        id=fields.text("id", pattern=_ID),
        kind=kind,
        stage=Stage(fields.choice("stage", [stage.value for stage in _stages(kind)])),
        title=Title.read(fields.fields("title")),
        slot=fields.integer("slot", 0, MAX_SLOTS - 1),
        body=fields.text("body", pattern=_BODY),
        purpose=Purpose(fields.choice("purpose", [purpose.value for purpose in _purposes(kind)])),
        seats=fields.integer("seats", 0, MAX_INTEGER if kind in _ELECTING else 0),
        follows=fields.text("follows", pattern=_FOLLOWED),
        rows=_rows(fields),
        order=read_texts(fields, "order", FILLED_FORM, most=MAX_ROWS),
        write_ins=WriteIns.read(fields.fields("write_ins")),
        marks=marks,
        limits=tuple(Limit.read(item, marks) for item in fields.rows("limits", max=MAX_LIMITS)),
        blank=fields.choice("blank", ("", *marks)),
        rules=RulesRef.read(fields.fields("rules")),
        classes=read_texts(fields, "classes", CLASS_FORM),
        cells=tuple(Cell.read(item) for item in fields.rows("cells")),
        minimum=fields.integer("minimum", 1, MAX_BALLOTS),
        waiver=fields.boolean("waiver"),
        capture=Capture(fields.choice("capture", [capture.value for capture in Capture])),
    )
    fields.done()
    if sorted(contest.order) != sorted(row.id for row in contest.rows):
        raise EncodingError(fields.path("order"), "does not name every row exactly once")
    if contest.write_ins.way is not WriteInWay.NONE and kind is not Kind.ELECTION:
        raise EncodingError(fields.path("write_ins"), "is for elections alone")
    return contest


def _stages(kind: Kind) -> tuple[Stage, ...]:
    return tuple(stage for stage in Stage if (stage is not Stage.NONE) == (kind is Kind.ELECTION))


def _purposes(kind: Kind) -> tuple[Purpose, ...]:
    return tuple(Purpose) if kind is Kind.TICKET_VOTE else (Purpose.NONE,)


def _rows(fields: Fields) -> tuple[Row, ...]:
    rows = tuple(Row.read(item) for item in fields.rows("rows", max=MAX_ROWS))
    check_distinct([row.id for row in rows], fields.path("rows"))
    return rows


def _check_limits(contest: Contest) -> None:
    """0 <= count <= rows (SPEC §4.3), and no two limits of the same kind on a mark."""
    seen: set[tuple[At, str]] = set()
    for number, limit in enumerate(contest.limits):
        where = f"contest.limits[{number}]"
        if limit.count > len(contest.rows):
            raise VerificationError("V6.A", f"{where}.count: {limit.count} is more than the {len(contest.rows)} rows")
        if (limit.at, limit.mark) in seen:
            raise VerificationError("V6.A", f'{where}: a second limit at {limit.at} on "{limit.mark}"')
        seen.add((limit.at, limit.mark))


def _check_cells(contest: Contest) -> None:
    """The cells partition the classes, merge forwards, and are large enough."""
    ids = [cell.id for cell in contest.cells]
    if len(set(ids)) != len(ids):
        raise VerificationError("V6.D", "contest.cells: two cells have the same id")
    inside = [name for cell in contest.cells for name in cell.classes]
    if sorted(inside) != sorted(contest.classes):
        raise VerificationError("V6.D", "contest.cells: every class of the contest must be in exactly one cell")
    for number, cell in enumerate(contest.cells):
        later = ids[number + 1 :] or [""]
        if cell.merge_into not in later:
            raise VerificationError(
                "V6.D", f"contest.cells[{number}].merge_into: a cell merges into a later one, only the last into none"
            )
    least = smallest_minimum(contest.kind)
    if contest.minimum < least and not contest.waiver:
        raise VerificationError("V6.D", f"contest.minimum: {contest.minimum} is below {least} and there is no waiver")
