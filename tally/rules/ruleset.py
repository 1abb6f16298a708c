"""A rule set: who adopted which parameters, where they come from, and which contests they decide (SPEC §8.4, §9.7).

:meth:`RuleSet.to_json` is what ``rules.adopted`` carries; :func:`tally.rules.parse.rule_set_from_json` is its inverse.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tally.rules.common import Retention
from tally.rules.election import ElectionRules
from tally.rules.families import Family
from tally.rules.motion import MotionRules
from tally.rules.threshold import Threshold
from tally.rules.ticket_vote import TicketRules
from voting_core.codec import JsonObject


class Certainty(StrEnum):
    """How well a rule is attested: quoted from a text that was read, from memory, local practice, or our own design."""

    QUOTED = "quoted"
    MEMORY = "memory"
    PRACTICE = "practice"
    DESIGN = "design"

    @property
    def unverified(self) -> bool:
        """Whether the county must compare it with an official text before it relies on it."""
        return self in (Certainty.MEMORY, Certainty.PRACTICE)


@dataclass(frozen=True, slots=True)
class Article:
    """Where the words behind one point of a rule set stand, and how sure we are of them."""

    point: str
    zh: str
    en: str
    certainty: Certainty

    def to_json(self) -> JsonObject:
        """The fields of an article."""
        return {"point": self.point, "zh": self.zh, "en": self.en, "certainty": self.certainty.value}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One named, versioned set of rules.

    `decides` lists the contest kinds that it may decide. `blank_mark_means` is the mark that an untouched row counts
    as, or empty where every row must be marked; a contest's ``blank`` is taken from it. `quorum` is None where the
    instrument states none. `effective_from` and `effective_until` (inclusive) are a year, month or day in ISO form, or
    empty where no text fixes one. `adopted_by` is the resolution that adopted a county's own rules, empty for the
    packaged ones.
    """

    id: str
    name_zh: str
    name_en: str
    instrument: str
    version: str
    effective_from: str
    effective_until: str
    adopted_by: str
    certainty: Certainty
    articles: tuple[Article, ...]
    use_for: tuple[str, ...]
    decides: tuple[str, ...]
    quorum: Threshold | None
    blank_mark_means: str
    retention: Retention
    family: Family

    def article(self, point: str) -> Article | None:
        """The words behind a point (``quorum``, ``elect``, …), or None where the rule set names none."""
        return next((article for article in self.articles if article.point == point), None)

    def in_force(self, day: str) -> bool:
        """Whether the rules are in force on a day, YYYY-MM-DD; a year counts from its first to its last day."""
        since, until = self.effective_from, self.effective_until
        return day[: len(since)] >= since and (not until or day[: len(until)] <= until)

    @property
    def passing(self) -> Threshold | None:
        """The threshold that a person or motion must reach; None for evaluations, where nobody passes."""
        match self.family:
            case ElectionRules():
                return self.family.elect
            case TicketRules() | MotionRules():
                return self.family.passing
            case _:
                return None

    def to_json(self) -> JsonObject:
        """The rule set as canonical JSON can hold it: ASCII keys, integers, text, booleans and arrays (SPEC §3.5)."""
        return {
            "id": self.id,
            "name": {"zh": self.name_zh, "en": self.name_en},
            "instrument": self.instrument,
            "version": self.version,
            "effective_from": self.effective_from,
            "effective_until": self.effective_until,
            "adopted_by": self.adopted_by,
            "certainty": self.certainty.value,
            "articles": [article.to_json() for article in self.articles],
            "use_for": list(self.use_for),
            "decides": list(self.decides),
            # There is no null in canonical JSON, so a quorum that no text states is left out.
            **({"quorum": self.quorum.to_json()} if self.quorum is not None else {}),
            "blank_mark_means": self.blank_mark_means,
            "retention": self.retention.to_json(),
            **self.family.to_json(),
        }
