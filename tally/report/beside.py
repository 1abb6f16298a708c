"""What stands beside a record and is not in it: the roll's numbers, the results of an earlier session, the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tally.plan import SessionPlan
from tally.roll.earlier import EarlierTrust
from tally.roll.summary import RollSummary, summarise


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Everything here may be missing where only the record is at hand.

    `roll` adds delegations to the attendance, `trust` earlier results to evaluations. `day` is the one for which
    documents are made: what is told only later is left out. Without it, it is the day of the session.
    """

    roll: RollSummary | None = None
    trust: tuple[EarlierTrust, ...] = ()
    day: date | None = None

    def trust_of(self, number: str, name: str) -> tuple[EarlierTrust, ...]:
        """The earlier evaluations of a row; number and name must both be the same."""
        return tuple(one for one in self.trust if (one.evaluation.row, one.name) == (number, name))


RECORD_ALONE: Final = Beside()
"""Nothing but the record."""


def beside_plan(plan: SessionPlan) -> Beside:
    """What a plan has beside the record of its session."""
    return Beside(roll=summarise(plan.roll), trust=plan.earlier.trust if plan.earlier else ())
