"""One recorded change of a delegate's right. It is written once and never overwritten.

A wrong change is corrected by a new one that names it under `corrects` and stands in its place.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from tally.roll.events import SUPERIOR_WORD, WITHDRAWN, Decider, Effect, Event
from voting_core.errors import InputError

CHANGE: Final = "变更号"
NUMBER: Final = "编号"
EVENT: Final = "事项"
EFFECTIVE: Final = "生效日期"
LAST: Final = "截止日期"
DECIDED_BY: Final = "决定机关"
EVIDENCE: Final = "依据"
FILED_WITH: Final = "报备"
RECORDED: Final = "记录日期"
CORRECTS: Final = "更正"
COLUMNS: Final = (CHANGE, NUMBER, EVENT, EFFECTIVE, LAST, DECIDED_BY, EVIDENCE, FILED_WITH, RECORDED, CORRECTS)
"""The columns of `roll-changes.csv`, in the order in which they are written."""

MAX_EVIDENCE: Final = 40
"""Characters: 中共青岚县委组织部〔2026〕12号 has 19."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOCUMENT: Final = re.compile(r"[^\s。；;！!？?，,、：:]*[0-9〇一二三四五六七八九十][^\s。；;！!？?，,、：:]*")
"""A number of a document has a digit and is no sentence: what is told about people does not belong in a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollChange:
    """A change. Days are YYYY-MM-DD; `last` is the last day of leave or of suspended rights, empty where none is set.

    `id` is the number of the change, `delegate` that of the person, `evidence` that of the document. `filed` says
    whether the decision was filed with the superior committee. `place` names the change in messages, `details`
    are the other columns of its table.
    """

    id: str
    delegate: str
    event: Event
    effective: str
    last: str = ""
    decided_by: Decider
    evidence: str
    filed: bool = False
    recorded: str
    corrects: str = ""
    place: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def must_be_filed(self) -> bool:
        """Whether a decision still has to be filed with the superior committee."""
        return self.event.filed and self.decided_by is not Decider.NONE and not self.filed

    def at(self, column: str) -> str:
        """Name a cell of this change as messages name it."""
        return f"{self.place}, column {column}"

    def to_row(self) -> tuple[str, ...]:
        """The cells under :data:`COLUMNS`."""
        filed = SUPERIOR_WORD if self.filed else ""
        return (
            self.id,
            self.delegate,
            self.event.word,
            self.effective,
            self.last,
            self.decided_by.word,
            self.evidence,
            filed,
            self.recorded,
            self.corrects,
        )


def is_day(text: str) -> bool:
    """Whether a text is a calendar day of the form YYYY-MM-DD."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_change(change: RollChange) -> tuple[InputError, ...]:
    """What is wrong with a change by itself, whatever came before it."""
    found: list[InputError] = []
    event = change.event
    for column, day, needed in (
        (EFFECTIVE, change.effective, True),
        (RECORDED, change.recorded, True),
        (LAST, change.last, False),
    ):
        if (day or needed) and not is_day(day):
            found.append(InputError(change.at(column), f'"{day}" is not a day', "Write it as YYYY-MM-DD"))
    if change.last and event.effect not in (Effect.LEAVE, Effect.RIGHTS_SUSPENDED):
        found.append(InputError(change.at(LAST), f'"{event.word}" has no last day', "Empty this cell"))
    elif change.last and is_day(change.last) and change.last < change.effective:
        found.append(
            InputError(change.at(LAST), f"{change.last} is before {change.effective}", "Write the last day of it")
        )
    if change.decided_by not in event.deciders:
        words = " or ".join(decider.word for decider in event.deciders)
        problem = f'"{event.word}" is not decided by {change.decided_by.word}'
        found.append(InputError(change.at(DECIDED_BY), problem, f"Write {words}"))
    if change.evidence and (len(change.evidence) > MAX_EVIDENCE or not _DOCUMENT.fullmatch(change.evidence)):
        problem = f'"{change.evidence[:MAX_EVIDENCE]}" is not the number of a document'
        remedy = f"Write its number only, at most {MAX_EVIDENCE} characters, such as 青组〔2026〕12号"
        found.append(InputError(change.at(EVIDENCE), problem, remedy))
    if not change.evidence and event.effect is not Effect.LEAVE:
        found.append(InputError(change.at(EVIDENCE), "is empty", "Write the number of the document behind the change"))
    if event is WITHDRAWN and not change.corrects:
        problem, remedy = f'"{event.word}" names no change', "Write the number of the wrong change"
        found.append(InputError(change.at(CORRECTS), problem, remedy))
    return tuple(found)
