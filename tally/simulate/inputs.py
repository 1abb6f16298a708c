"""What a simulation needs: the session's facts, its contests, and the ballots given for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from ballots.contest import Contest
from tally.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Contested:
    """A contest with who may and does vote in it, and the ballots they gave (mark indices, complete and within the
    limits).
    """

    contest: Contest
    should_attend: int
    present: int
    ballots: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A whole session to be simulated."""

    kind: str
    title: str
    date: str
    place: str
    scrutineers: tuple[str, ...]
    threshold: int
    rules: Mapping[str, RuleSet]
    contests: tuple[Contested, ...]
