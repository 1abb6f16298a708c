"""A proposal: what may follow a decided contest, why, and the contest ready to be defined where there is one.

A proposal decides nothing and opens nothing. Officials look at it, change what is theirs to change, and sign
``contest.defined`` like any other; replay then judges what it follows (SPEC §8.5 rule 14).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ballots.contest import Contest
from tally.decide.outcome import Results
from tally.decide.steps import Step


class Next(StrEnum):
    """What may follow."""

    RUNOFF = "runoff"
    PRESIDIUM_DECIDES = "presidium_decides"
    SUPPLEMENTARY = "supplementary"
    REDUCE_SEATS = "reduce_seats"
    LEAVE_VACANT = "leave_vacant"
    FORMAL = "formal"
    AGAIN = "again"
    RENOMINATION = "renomination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What may follow the contest `after`. `reason` says why, in both languages, and by which article.

    `contest` is None where nothing is voted on. `seats` are those it would fill, or those left after reducing, else 0.
    `people` are the ids that it is about, in their order.
    """

    what: Next
    after: str
    reason: Step
    seats: int = 0
    people: tuple[str, ...] = ()
    contest: Contest | None = None

    def to_json(self) -> Results:
        """One object of next.json."""
        certainty = self.reason.certainty
        return {
            "what": self.what.value,
            "after": self.after,
            "zh": self.reason.zh,
            "en": self.reason.en,
            "article": {
                "zh": self.reason.article_zh,
                "en": self.reason.article_en,
                "certainty": "" if certainty is None else certainty.value,
            },
            "seats": self.seats,
            "people": list(self.people),
            "contest": None if self.contest is None else self.contest.to_json(),
        }
