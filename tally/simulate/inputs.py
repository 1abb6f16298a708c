"""What a simulation needs: the session's facts, its contests, and the ballots given for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from ballots.contest import Contest
from tally.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Voters:
    """Those of one class who are present, and the ballots they gave (mark indices, complete and within the limits)."""

    class_id: str
    present: int
    ballots: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """A contest with who may and does vote in it, class by class in the order of the contest."""

    contest: Contest
    should_attend: int
    voters: tuple[Voters, ...]

    @classmethod
    def by_all(cls, contest: Contest, should_attend: int, present: int, ballots: tuple[tuple[int, ...], ...]) -> Self:
        """A contest whose voters are of one class."""
        (class_id,) = contest.classes
        return cls(contest, should_attend, (Voters(class_id, present, ballots),))

    @property
    def present(self) -> int:
        """Those present, of all classes."""
        return sum(voters.present for voters in self.voters)

    @property
    def ballots(self) -> int:
        """The ballots given, of all classes."""
        return sum(len(voters.ballots) for voters in self.voters)


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
