"""One `[[contest]]` of `session.toml`, with the rows of its table.

Every kind has its own keys; a key of another kind is refused, because it would be a rule that nobody applies.
"""

import re
from dataclasses import dataclass
from typing import Final

from ballots.contest import Capture, Kind, Purpose, Stage, WriteIns, WriteInWay
from tally.plan.fields import TomlFields
from tally.plan.people import PlanRow, read_rows
from tally.plan.problems import Problems
from tally.plan.scales import MOTION_ROW, SCALES
from tally.plan.source import PlanFiles
from voting_core.params import MAX_ROWS

ID_FORM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
ID_HINT: Final = "small letters, digits and hyphens, at most 32"
_BODY_FORM: Final = re.compile(r"[a-z0-9_]{1,32}")
_STAGES: Final = tuple(stage.value for stage in Stage if stage is not Stage.NONE)
_PURPOSES: Final = tuple(purpose.value for purpose in Purpose if purpose is not Purpose.NONE)
_WRITE_INS: Final = tuple(way.value for way in WriteInWay if way is not WriteInWay.NONE)
_KINDS: Final = tuple(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestPlan:
    """What the file says of a contest. `place` names it in messages; numbers that its kind does not use are 0.

    `write_ins` is None where the file does not say how persons are written in, or for other kinds than elections.
    """

    place: str
    id: str
    kind: Kind
    title: str
    title_en: str
    rule_set: str
    capture: Capture
    stage: Stage
    body: str
    purpose: Purpose
    seats: int
    scale: str
    quota_percent: int
    at_most: int
    at_least: int
    write_ins: WriteIns | None
    rows: tuple[PlanRow, ...]

    @property
    def english(self) -> str:
        """The title on English pages: the Chinese one where the file gives no other."""
        return self.title_en or self.title


def read_contest(fields: TomlFields, files: PlanFiles, problems: Problems) -> ContestPlan | None:
    """Read one contest and its table; None, with problems noted, where its kind is not known."""
    kind_text = fields.choice("kind", _KINDS)
    if not kind_text:
        return None
    kind = Kind(kind_text)
    before = problems.count
    rows = _rows(fields, kind, files, problems)
    # With a table that is refused the numbers cannot be compared to its rows; that would only repeat the problem.
    most = len(rows) if rows and problems.count == before else MAX_ROWS
    scored = kind in (Kind.EVALUATION, Kind.ASSESSMENT)
    listed = kind is Kind.QUESTIONNAIRE
    at_most = fields.integer("at_most", 1, most, default=0) if listed else 0
    plan = ContestPlan(
        place=fields.where,
        id=fields.text("id", form=ID_FORM, hint=ID_HINT),
        kind=kind,
        title=fields.text("title"),
        title_en=fields.optional_text("title_en"),
        rule_set=fields.text("rule_set"),
        capture=Capture(fields.choice("capture", tuple(Capture), Capture.KIOSK.value) or Capture.KIOSK.value),
        stage=Stage(fields.choice("stage", _STAGES, Stage.FORMAL.value)) if kind is Kind.ELECTION else Stage.NONE,
        body=fields.optional_text("body", form=_BODY_FORM, hint="small letters, digits and _")
        if kind is Kind.ELECTION
        else "",
        purpose=Purpose(fields.choice("purpose", _PURPOSES, "")) if kind is Kind.TICKET_VOTE else Purpose.NONE,
        seats=_seats(fields, most, len(rows), problems) if kind is Kind.ELECTION else 0,
        scale=fields.choice("scale", tuple(SCALES)) if scored else "",
        quota_percent=fields.integer("quota_percent", 1, 100, default=0) if kind is Kind.ASSESSMENT else 0,
        at_most=at_most,
        at_least=fields.integer("at_least", 1, at_most or most, default=0) if listed else 0,
        write_ins=_write_ins(fields, problems) if kind is Kind.ELECTION else None,
        rows=rows,
    )
    fields.done()
    return plan


def _write_ins(fields: TomlFields, problems: Problems) -> WriteIns | None:
    """How persons are written in, None where the file does not say."""
    word = fields.choice("write_ins", _WRITE_INS, "")
    decision = fields.optional_text("write_in_decision")
    if not word and not decision:
        return None
    way = WriteInWay(word or WriteInWay.NONE)
    if (way is WriteInWay.WAIVED) != bool(decision):
        problems.add(
            fields.place("write_in_decision"),
            "and write_ins do not fit together",
            f'Write the number of the decision to do without write-ins, and write_ins = "{WriteInWay.WAIVED}"',
        )
        return None
    return WriteIns(way, decision)


def _seats(fields: TomlFields, most: int, rows: int, problems: Problems) -> int:
    seats = fields.integer("seats", 1, MAX_ROWS)
    if seats > most:
        problems.add(
            fields.place("seats"), f"{seats} seats for {rows} candidates", "Correct the number or complete the table"
        )
    return seats


def _rows(fields: TomlFields, kind: Kind, files: PlanFiles, problems: Problems) -> tuple[PlanRow, ...]:
    if kind is Kind.MOTION:
        # The text of a motion is its title; its single row has an id that every ballots file can name.
        return (PlanRow(MOTION_ROW, MOTION_ROW, ()),)
    if kind in (Kind.ELECTION, Kind.TICKET_VOTE):
        key = "candidates"
    else:
        key = "options" if kind is Kind.QUESTIONNAIRE else "subjects"
    name = fields.text(key)
    return read_rows(files, fields.place(key), name, problems) if name else ()
