"""Edits of what `session.toml` says of the session itself, and of those who count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ballots.paper_setting import PaperUse
from tally.drafting.session_text import Files, parse_session, put, section, with_session
from tally.drafting.survey import survey
from tally.plan.paper import EVALUATIONS, USE
from tally.plan.problems import Problems
from tally.plan.source import SESSION_FILE

_SESSION: Final = f"{SESSION_FILE}, [session]"


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the session is, as it is typed into a form; `paper` and `paper_evaluations` are what its kiosks print."""

    id: str
    title: str
    kind: str
    date: str
    place: str
    paper: str = PaperUse.OFF.value
    paper_evaluations: bool = False


@dataclass(frozen=True, slots=True)
class CountingPerson:
    """Somebody who counts: name, roll number (empty for who is not on the roll), and whether officials have stated that
    a candidate of this name is another person."""

    name: str
    number: str = ""
    different: bool = False


def set_session(files: Files, facts: SessionFacts) -> Files:
    """The draft with other facts.

    Raises:
        InputErrors: one of them is not accepted.
    """
    document = parse_session(files)
    table = section(document, "session")
    put(table, "id", facts.id.strip())
    put(table, "title", facts.title.strip())
    put(table, "kind", facts.kind.strip())
    # A date that stays keeps its form; TOML has dates of its own and takes text as well.
    if str(table.get("date", "")) != facts.date.strip():
        put(table, "date", facts.date.strip())
    put(table, "place", facts.place.strip() or None)
    _put_paper(table, facts)
    edited = with_session(files, document)
    # Another kind of session asks another column of the roll; that is shown, and mended in the roll.
    refuse_at(edited, *(f"{_SESSION}, key {key}" for key in ("id", "title", "kind", "date", "place", USE, EVALUATIONS)))
    return edited


def set_scrutineers(files: Files, threshold: int, people: Sequence[CountingPerson]) -> Files:
    """The draft with other scrutineers, the chief first, of whom `threshold` decrypt.

    Raises:
        InputErrors: not accepted; who stands in a contest is not.
    """
    document = parse_session(files)
    table = section(document, "scrutineers")
    put(table, "threshold", threshold)
    _put_people(table, people)
    edited = with_session(files, document)
    refuse_at(edited, f"{SESSION_FILE}, [scrutineers]")
    return edited


def set_counters(files: Files, people: Sequence[CountingPerson]) -> Files:
    """The draft with other counters of paper, or none.

    Raises:
        InputErrors: not accepted; who stands in a contest is not.
    """
    document = parse_session(files)
    if people:
        _put_people(section(document, "counters"), people)
    elif "counters" in document:
        document.remove("counters")
    edited = with_session(files, document)
    refuse_at(edited, f"{SESSION_FILE}, [counters]")
    return edited


def refuse_at(files: Files, *places: str) -> None:
    """Refuse a draft for its problems at these places or inside them.

    Raises:
        InputErrors: there are some.
    """
    problems = Problems()
    for problem in survey(files).problems:
        if any(problem.place == place or problem.place.startswith(f"{place}, ") for place in places):
            problems.add(problem.place, problem.problem, problem.remedy)
    problems.refuse()


def _put_paper(table: Any, facts: SessionFacts) -> None:
    """What is the same as saying nothing is not written into a folder that says nothing."""
    if USE in table or facts.paper != PaperUse.OFF:
        put(table, USE, facts.paper)
    if EVALUATIONS in table or facts.paper_evaluations:
        put(table, EVALUATIONS, facts.paper_evaluations)


def _put_people(table: object, people: Sequence[CountingPerson]) -> None:
    put(table, "names", [person.name.strip() for person in people])
    numbers = [person.number.strip() for person in people]
    put(table, "numbers", numbers if any(numbers) else None)
    different = [person.name.strip() for person in people if person.different]
    put(table, "different", different or None)
