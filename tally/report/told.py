"""What one audience is told of an evaluation, with the people's names: the publication, row by row.

Nothing is decided here; :mod:`tally.publication` says what may be shown, and what it keeps back does not get this far.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tally.decide.outcome import EvaluationOutcome
from tally.publication.earlier import ShownEarlier, publish_earlier
from tally.publication.publish import publish
from tally.publication.shown import Publication, Reason, ShownRow
from tally.report.beside import Beside
from tally.report.facts import ContestFacts, PersonFacts, SessionFacts
from tally.rules.evaluation import FLAGS, INDEX, EvaluationRules, Scope

AUDIENCES: Final = (Scope.COMMITTEE, Scope.SUPERIOR, Scope.DELEGATES, Scope.PUBLIC)
"""Those who are told of all rows; a person is told of one."""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row as it is shown: who it is about, what is shown, and the earlier result, None where there is none."""

    person: PersonFacts
    shown: ShownRow
    earlier: ShownEarlier | None


@dataclass(frozen=True, slots=True)
class Told:
    """What an audience is told of a contest. `contest` gives its words, never its counts."""

    contest: ContestFacts
    publication: Publication
    rows: tuple[ToldRow, ...]

    @property
    def rules(self) -> EvaluationRules:
        """The rule set's parameters."""
        return evaluation_rules(self.contest)

    @property
    def is_too_small(self) -> bool:
        """Whether so few ballots are valid that nothing is shown to anybody."""
        return any(one.reason is Reason.SMALL_CELL for one in self.publication.withheld)

    @property
    def has_index(self) -> bool:
        """Whether the method has an index that this audience may know."""
        return bool(self.rules.weights) and self.publication.hides(INDEX) is None

    @property
    def has_flags(self) -> bool:
        """Whether the method has flags that this audience may know."""
        return bool(self.rules.flags) and self.publication.hides(FLAGS) is None

    @property
    def has_bands(self) -> bool:
        """Whether the method has bands that this audience may know."""
        bands = self.rules.bands
        return bands is not None and self.publication.hides(bands.indicator) is None


def told_to(
    facts: ContestFacts, session: SessionFacts, audience: Scope | None, beside: Beside, subject: str = ""
) -> Told:
    """What an audience is told on a day; None is those who declare the result. `subject` is the row of a person."""
    outcome, rules = facts.outcome, evaluation_rules(facts)
    if not isinstance(outcome, EvaluationOutcome):
        raise ValueError(f"{facts.contest.id} is no evaluation")
    published = date.fromisoformat(session.day)
    publication = publish(
        outcome, rules, facts.cells, audience, published=published, today=beside.day or published, subject=subject
    )
    people = {person.id: person for person in facts.people}
    rows = tuple(_told(people[row.row], row, facts, beside) for row in publication.rows)
    return Told(facts, publication, rows)


def is_told(facts: ContestFacts, audience: Scope) -> bool:
    """Whether the rule set has an audience told anything, now or later."""
    return any(audience in rule.scopes for rule in evaluation_rules(facts).scopes)


def evaluation_rules(facts: ContestFacts) -> EvaluationRules:
    """The rule set's parameters of an evaluation."""
    if not isinstance(facts.rules.family, EvaluationRules):
        raise ValueError(f"{facts.contest.id} is no evaluation")
    return facts.rules.family


def _told(person: PersonFacts, shown: ShownRow, facts: ContestFacts, beside: Beside) -> ToldRow:
    smallest = evaluation_rules(facts).smallest_cell
    found = beside.trust_of(person.id, person.name)
    return ToldRow(person, shown, publish_earlier(shown, facts.contest.id, found, smallest))
