"""What a scene shows, as values: computed from the log and from nothing else.

* While a contest is open: how many cards were issued, how many ballots are in the log, how many remain. Ballots come
  into the log in batches, so the numbers tell neither who votes nor when.
* A result is shown only after `result.published`, in a scope that reaches the hall, and only as far as the rule set
  has it announced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from api.screens.result import Bars, Figures, NameList, Note, Part, result_parts
from api.screens.screen import HallScreen, Scene
from ballots.screen.words import Said
from tally.entry_words.naming import titled
from tally.report.facts import contest_facts, day_words, is_for_presidium
from tally.state import ContestState, State, Status

ROWS_OF_PAGE: Final = 10
"""Bars on one page: so that they are read from the last row."""

NAMES_OF_PAGE: Final = 24
"""Names on one page of a list, in four columns."""

SHOWN_SCOPES: Final = ("all", "delegates")
"""Scopes that reach the hall, where delegates sit; a restricted result is told elsewhere."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turnout:
    """The progress of a contest at kiosks; for paper ballots only how many were issued is known."""

    status: Said
    issued: int
    cast: int | None

    @property
    def remaining(self) -> int | None:
        """Cards that have not voted yet."""
        return None if self.cast is None else max(0, self.issued - self.cast)

    @property
    def permille(self) -> int:
        """The part of the issued that is cast, in thousandths."""
        return 0 if not self.issued or self.cast is None else min(1000, self.cast * 1000 // self.issued)


@dataclass(frozen=True, slots=True)
class Content:
    """What one page of a scene shows. `page` counts from 1; `pages` is 1 where there is nothing to turn."""

    scene: Scene
    title: Said
    subject: Said | None = None
    turnout: Turnout | None = None
    part: Part | None = None
    page: int = 1
    pages: int = 1
    withheld: Said | None = None
    rehearsal: bool = False
    facts: tuple[str, ...] = field(default=())


WAITING: Final = Said("结果公布后在此显示", "The result is shown here once it is published")
RESTRICTED: Final = Said("本项结果不在会场公布", "The result of this contest is not shown in the hall")


def content_of(state: State, screen: HallScreen, turn: int, today: date) -> Content:
    """The page that all screens show now; `turn` goes up when it is time to turn a page."""
    session = state.session
    title = titled(session.title, "") if session else Said("Plenum", "Plenum")
    rehearsal = session is not None and session.simulated
    held = state.contests.get(screen.contest)
    if screen.scene is Scene.BLANK or (held is None and screen.scene is not Scene.WELCOME):
        return Content(Scene.BLANK, title, rehearsal=rehearsal)
    if screen.scene is Scene.WELCOME or held is None:
        words = (session.place, _day(session.date)) if session else ()
        return Content(Scene.WELCOME, title, facts=tuple(word for word in words if word), rehearsal=rehearsal)
    subject = titled(held.contest.title.zh, held.contest.title.en)
    if screen.scene is Scene.TURNOUT:
        return Content(Scene.TURNOUT, title, subject, turnout=turnout_of(held), rehearsal=rehearsal)
    withheld = withheld_from_hall(state, held)
    if withheld is not None:
        return Content(Scene.RESULT, title, subject, withheld=withheld, rehearsal=rehearsal)
    parts = tuple(_paged(result_parts(state, held, today)))
    at = (turn if screen.turning else screen.page) % len(parts)
    return Content(Scene.RESULT, title, subject, part=parts[at], page=at + 1, pages=len(parts), rehearsal=rehearsal)


def _day(text: str) -> str:
    """A day as the hall reads it; what is no day stays as it is."""
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


def turnout_of(held: ContestState) -> Turnout:
    """How far voting has come, from the log alone."""
    declared = held.attendance
    if held.is_by_hand:
        issued = sum(box.issued for box in declared.boxes) if declared else 0
        return Turnout(_STATUS.get(held.status, _ENDED), issued, None)
    issued = sum(cards.drawn for cards in declared.cards) if declared else 0
    return Turnout(_STATUS.get(held.status, _ENDED), issued, held.cast)


_ENDED: Final = Said("投票已结束", "Voting has ended")
_STATUS: Final = {
    Status.DEFINED: Said("尚未开始", "Not open yet"),
    Status.OPEN: Said("正在投票", "Voting is open"),
    Status.PAUSED: Said("投票暂停", "Voting is paused"),
    Status.ABANDONED: Said("本项表决已中止", "This contest is abandoned"),
}


def withheld_from_hall(state: State, held: ContestState) -> Said | None:
    """Why a result is not shown in the hall; None where it may be."""
    if held.status is not Status.PUBLISHED:
        return WAITING
    if held.scope not in SHOWN_SCOPES or _is_for_presidium(state, held):
        return RESTRICTED
    return None


def _is_for_presidium(state: State, held: ContestState) -> bool:
    return is_for_presidium(contest_facts(state, held.id))


def _paged(parts: Sequence[Part]) -> Iterator[Part]:
    """Long parts as several pages, in even portions, so that the last is not left with one line."""
    for part in parts:
        match part:
            case Bars():
                for rows in _portions(part.rows, ROWS_OF_PAGE):
                    yield Bars(rows, part.marks)
            case NameList():
                if not part.people:
                    yield part
                for people in _portions(part.people, NAMES_OF_PAGE):
                    yield NameList(people, part.heading, part.order)
            case Figures() | Note():
                yield part


def _portions(items: tuple[T, ...], most: int) -> Iterator[tuple[T, ...]]:
    pages = -(-len(items) // most)
    for number in range(pages):
        yield items[len(items) * number // pages : len(items) * (number + 1) // pages]
