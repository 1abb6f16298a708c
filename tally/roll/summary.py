"""Who should attend and who is in the hall, by delegation, and who is not in the base and why (应到、实到).

Reports and the desk take their numbers from here; nobody counts a roll a second time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tally.roll.events import RIGHTS_ARTICLE, STATUS_ARTICLES
from tally.roll.person import Roll, RollPerson
from tally.roll.standing import Status
from tally.rules.ruleset import Article, Certainty, RuleSet
from tally.rules.threshold import Base, Threshold
from voting_core.codec import JsonObject, JsonValue

NO_VOTE: Final = Article("roll", "全体会议只有委员有表决权", "only members vote in a plenum", Certainty.QUOTED)


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody who is on the roll and not in the base: the word of the standing, or 身份 for those without a vote.

    `event` and `evidence` are those of the change behind it, empty where no history is kept.
    """

    number: str
    name: str
    delegation: str
    word: str
    english: str
    since: str
    event: str
    evidence: str
    article: Article

    def to_json(self) -> JsonObject:
        """The line for programs."""
        return {
            "article": {"en": self.article.en, "zh": self.article.zh},
            "delegation": self.delegation,
            "event": self.event,
            "evidence": self.evidence,
            "name": self.name,
            "number": self.number,
            "since": self.since,
            "status": self.word,
        }


@dataclass(frozen=True, slots=True)
class DelegationCount:
    """The numbers of one delegation; its name is empty for those who belong to none."""

    delegation: str
    heads: tuple[str, ...]
    on_roll: int
    should_attend: int
    on_leave: int
    present: int

    def to_json(self) -> JsonObject:
        """The numbers for programs."""
        return {
            "delegation": self.delegation,
            "heads": list(self.heads),
            "on_leave": self.on_leave,
            "on_roll": self.on_roll,
            "present": self.present,
            "should_attend": self.should_attend,
        }


@dataclass(frozen=True, slots=True)
class Needed:
    """What a rule set asks of these numbers; None where it asks nothing, or of another number than people."""

    rule_set: str
    quorum: int | None
    votes: int | None

    def to_json(self) -> JsonObject:
        """The numbers for programs; what is not asked is left out."""
        asked = {"quorum_needed": self.quorum, "votes_needed": self.votes}
        return {"rule_set": self.rule_set, **{key: value for key, value in asked.items() if value is not None}}


@dataclass(frozen=True, slots=True, kw_only=True)
class RollSummary:
    """The numbers of a roll on one day; `on_roll` = `should_attend` + those outside."""

    day: str
    on_roll: int
    should_attend: int
    on_leave: int
    present: int
    delegations: tuple[DelegationCount, ...]
    outside: tuple[Outside, ...]
    not_filed: tuple[str, ...]

    def needed(self, rules: RuleSet) -> Needed:
        """What a rule set asks for: people for a quorum, and votes to pass."""
        return Needed(rules.id, self._number(rules.quorum), self._number(rules.passing))

    def _number(self, threshold: Threshold | None) -> int | None:
        """The number of a threshold. Votes counted on those present are given as if all came who are expected."""
        match threshold.base if threshold else None:
            case Base.SHOULD_ATTEND:
                base = self.should_attend
            case Base.PRESENT:
                base = self.present
            case _:
                return None
        return threshold.ratio.needed(base) if threshold else None

    def to_json(self, rule_sets: Iterable[RuleSet] = ()) -> JsonObject:
        """The summary for programs, with what each rule set asks for."""
        delegations: list[JsonValue] = [one.to_json() for one in self.delegations]
        outside: list[JsonValue] = [one.to_json() for one in self.outside]
        needed: list[JsonValue] = [self.needed(rules).to_json() for rules in rule_sets]
        return {
            "day": self.day,
            "delegations": delegations,
            "needed": needed,
            "not_filed": list(self.not_filed),
            "on_leave": self.on_leave,
            "on_roll": self.on_roll,
            "outside": outside,
            "present": self.present,
            "should_attend": self.should_attend,
        }


def summarise(roll: Roll) -> RollSummary:
    """Count a roll. Delegations come in the order in which the roll first names them."""
    by_delegation: dict[str, list[RollPerson]] = {}
    for person in roll.people:
        by_delegation.setdefault(person.delegation, []).append(person)
    return RollSummary(
        day=roll.day,
        on_roll=len(roll.people),
        should_attend=roll.should_attend,
        on_leave=sum(_is_on_leave(person) for person in roll.people),
        present=roll.present,
        delegations=tuple(_count(name, people) for name, people in by_delegation.items()),
        outside=tuple(_outside(person) for person in roll.people if not person.should_attend),
        not_filed=tuple(change.id for change in roll.history.not_filed) if roll.history else (),
    )


def _is_on_leave(person: RollPerson) -> bool:
    """Leave counts for those in the base: nobody else is missed."""
    return person.should_attend and person.standing.on_leave


def _count(delegation: str, people: list[RollPerson]) -> DelegationCount:
    return DelegationCount(
        delegation=delegation,
        heads=tuple(person.name for person in people if person.is_head),
        on_roll=len(people),
        should_attend=sum(person.should_attend for person in people),
        on_leave=sum(_is_on_leave(person) for person in people),
        present=sum(person.present for person in people),
    )


def _outside(person: RollPerson) -> Outside:
    standing, cause = person.standing, person.cause
    if standing.should_attend:
        word, english, article = person.capacity, "has no vote in a plenum", NO_VOTE
    else:
        word, english = standing.word.value, standing.word.english
        known = RIGHTS_ARTICLE if standing.status is Status.ACTIVE else STATUS_ARTICLES[standing.status]
        article = cause.event.article if cause else known
    return Outside(
        number=person.number,
        name=person.name,
        delegation=person.delegation,
        word=word,
        english=english,
        since=cause.effective if cause else "",
        event=cause.event.word if cause else "",
        evidence=cause.evidence if cause else "",
        article=article,
    )
