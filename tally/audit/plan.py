"""Whether all papers are counted or a sample is drawn, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ballots.contest import Contest
from tally.audit.assertions import Assertion, assertions_of
from tally.audit.bravo import RISK_LIMIT, is_confirmed, planned_size
from tally.audit.papers import Totals
from tally.decide.outcome import Outcome

COUNT_ALL_BELOW: Final = 1_000
"""Fewer papers than these are counted in full: a scanner reads them in a quarter of an hour, and nothing is left to
explain."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a contest is audited. Without assertions all papers are counted; `why` is `few`, `exact` or `close`."""

    papers: int
    limit: Fraction
    assertions: tuple[Assertion, ...] = ()
    size: int = 0
    why: str = ""

    @property
    def counts_all(self) -> bool:
        """Whether every paper is read."""
        return not self.assertions


def plan_of(contest: Contest, counted: Totals, outcome: Outcome, limit: Fraction = RISK_LIMIT) -> Plan:
    """Plan the audit of a contest whose ballots are counted: as many papers should be in the box."""
    papers = counted.papers
    if papers < COUNT_ALL_BELOW:
        return Plan(papers, limit, why="few")
    assertions = assertions_of(contest, counted, outcome)
    if not assertions:
        return Plan(papers, limit, why="exact")
    size = planned_size(tuple(assertion.poll for assertion in assertions), limit)
    if size >= papers:
        return Plan(papers, limit, why="close")
    return Plan(papers, limit, assertions, size)


@dataclass(frozen=True, slots=True)
class Sample:
    """What the papers drawn so far say about each assertion: how many are for it and how many against."""

    drawn: int
    tallies: tuple[tuple[int, int], ...]

    def plus(self, plan: Plan, marks: tuple[int, ...], approve: int, times: int = 1) -> Sample:
        """The same with a paper more, drawn so many times."""
        tallies = []
        for assertion, (for_it, against) in zip(plan.assertions, self.tallies, strict=True):
            spoken = assertion.speaks(marks, approve)
            tallies.append((for_it + times * (spoken is True), against + times * (spoken is False)))
        return Sample(self.drawn + times, tuple(tallies))

    def open_assertions(self, plan: Plan) -> tuple[Assertion, ...]:
        """The assertions that are not confirmed yet; the outcome is confirmed when there is none."""
        return tuple(
            assertion
            for assertion, (for_it, against) in zip(plan.assertions, self.tallies, strict=True)
            if not is_confirmed(assertion.poll, for_it, against, plan.limit)
        )


def no_sample(plan: Plan) -> Sample:
    """Nothing drawn yet."""
    return Sample(0, ((0, 0),) * len(plan.assertions))
