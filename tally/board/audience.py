"""What each audience may see of a session: which results, in what detail, and whether the record as a whole.

* Officials publish a result to a scope (``result.published``); an audience sees what was published to it.
* A rule set may keep things back all the same: items of an evaluation (:mod:`tally.publication`), the numbers of votes
  of an election (``announce_numbers``), a pre-selection that goes to the presidium alone.
* The record holds every number. It is carried to an audience only if that audience may see all of them, or if whoever
  publishes has decided so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ballots.contest import Kind
from ballots.screen.words import Said
from tally.decide.outcome import EvaluationOutcome
from tally.publication.shown import Withheld
from tally.report.beside import Beside
from tally.report.facts import (
    ContestFacts,
    SessionFacts,
    announces_votes,
    contest_facts,
    is_for_presidium,
    session_facts,
)
from tally.report.told import Told, evaluation_rules, is_told, told_to
from tally.rules.evaluation import FLAGS, INDEX, Scope
from tally.state import ContestState, State
from tally.state.contest import Status


class Audience(StrEnum):
    """To whom a folder goes; the value is its name. ``person`` holds one folder for each person."""

    PUBLIC = "public"
    DELEGATES = "delegates"
    RESTRICTED = "restricted"
    PERSON = "person"

    @property
    def said(self) -> Said:
        """Who may have the folder."""
        return _SAID[self]


_SAID: Final = {
    Audience.PUBLIC: Said("向所有人公开", "For everybody"),
    Audience.DELEGATES: Said("只给会议代表", "For delegates only"),
    Audience.RESTRICTED: Said("内部资料，只给有权知道全部结果的人", "Internal: for those who may know every result"),
    Audience.PERSON: Said("只给本人", "For this person only"),
}
_SCOPES: Final = {
    Audience.PUBLIC: ("all",),
    Audience.DELEGATES: ("all", "delegates"),
    Audience.RESTRICTED: ("all", "delegates", "restricted"),
    Audience.PERSON: ("all", "delegates", "restricted"),
}
_TOLD_AS: Final = {Audience.PUBLIC: Scope.PUBLIC, Audience.DELEGATES: Scope.DELEGATES, Audience.PERSON: Scope.SELF}
EVALUATIONS: Final = (Kind.EVALUATION, Kind.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as an audience may see it. `told` is None unless it is an evaluation that decides.

    Without `numbers` the votes of single persons are kept back.
    """

    facts: ContestFacts
    told: Told | None
    numbers: bool


def shown_to(state: State, held: ContestState, audience: Audience, day: date, subject: str = "") -> Shown | None:
    """What an audience sees of a contest on a day; None where it sees nothing. `subject` is the row of a person."""
    if held.status is not Status.PUBLISHED or held.scope not in _SCOPES[audience]:
        return None
    facts = contest_facts(state, held.id)
    if not isinstance(facts.outcome, EvaluationOutcome):
        if audience is Audience.PERSON or (is_for_presidium(facts) and audience is not Audience.RESTRICTED):
            return None
        return Shown(facts, None, _tells_votes(facts, audience))
    scope = _TOLD_AS.get(audience)
    if scope is not None and not is_told(facts, scope):
        return None
    if not facts.outcome.sitting.decides:
        return None if audience is Audience.PERSON else Shown(facts, None, audience is Audience.RESTRICTED)
    told = told_to(facts, session_facts(state), scope, Beside(day=day), subject)
    return Shown(facts, told, audience is Audience.RESTRICTED)


def may_have_record(state: State, audience: Audience, day: date) -> bool:
    """Whether an audience may see every number that is in the record."""
    if audience is Audience.PERSON:
        return False
    return audience is Audience.RESTRICTED or all(
        _is_open_to(state, held, audience, day) for held in state.contests.values() if _has_numbers(held)
    )


def people_told(state: State) -> tuple[tuple[ContestState, str], ...]:
    """The rows of published evaluations whose persons are told their own result."""
    return tuple(
        (held, row.id)
        for held in published(state)
        if held.contest.kind in EVALUATIONS and is_told(contest_facts(state, held.id), Scope.SELF)
        for row in held.contest.rows
    )


def published(state: State) -> tuple[ContestState, ...]:
    """The published contests, in the order of their slots."""
    found = [held for held in state.contests.values() if held.status is Status.PUBLISHED]
    return tuple(sorted(found, key=lambda held: held.contest.slot))


def changes_later(state: State) -> bool:
    """Whether something that is published is told only after some days, so that a folder grows old."""
    return any(
        rule.delay_days
        for held in published(state)
        if held.contest.kind in EVALUATIONS
        for rule in evaluation_rules(contest_facts(state, held.id)).scopes
    )


def kept_back(told: Told) -> tuple[Withheld, ...]:
    """What is kept from an audience of all that the method has: one without flags or index keeps none back."""
    absent = {item for item, given in ((INDEX, told.rules.weights), (FLAGS, told.rules.flags)) if not given}
    return tuple(one for one in told.publication.withheld if one.item not in absent)


def session_of(state: State) -> SessionFacts:
    """The words of the session."""
    return session_facts(state)


def _tells_votes(facts: ContestFacts, audience: Audience) -> bool:
    election = facts.contest.kind is Kind.ELECTION
    return audience is Audience.RESTRICTED or not election or announces_votes(facts)


def _has_numbers(held: ContestState) -> bool:
    """Whether the log has, or lets anybody compute, how people voted in sum: counts, sheets, or decryption shares."""
    return held.has_counts or bool(held.shares) or bool(held.sheets.entered) or bool(held.cells)


def _is_open_to(state: State, held: ContestState, audience: Audience, day: date) -> bool:
    shown = shown_to(state, held, audience, day)
    if shown is None:
        return False
    if shown.told is None:
        return shown.numbers
    return not kept_back(shown.told) and not any(row.shown.withheld for row in shown.told.rows)
