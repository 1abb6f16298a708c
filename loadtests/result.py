"""What came of a load test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loadtests.figures import CHECKED_IN, FETCHED, SENT, Figures
from loadtests.profiles import Profile
from loadtests.record import RecordFacts
from loadtests.server_watch import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a load test. It has passed when there are no problems; `figures` (of the ballots) and `record` are
    None where the run did not come so far. `kinds` has the figures of every kind of request, `facts` what was measured
    once, `usage` what the server used, `verified` what the record holds. `backend` is what the server
    verified ballots with, `database` where it kept them, `workers` the number of its processes.
    """

    profile: Profile
    ballots: int
    figures: Figures | None
    record: Path | None
    problems: tuple[str, ...]
    kinds: Mapping[str, Figures] = field(default_factory=dict)
    facts: Mapping[str, float] = field(default_factory=dict)
    usage: Usage | None = None
    verified: RecordFacts | None = None
    backend: str = ""
    database: str = ""
    workers: int = 1

    @property
    def passed(self) -> bool:
        """Whether no ballot was lost, doubled or altered, the record is verified, no request too many failed, and the
        limits of the profile were kept.
        """
        return not self.problems

    def to_json(self) -> dict[str, object]:
        """The result for programs."""
        return {
            "profile": self.profile.name,
            "delegates": self.profile.delegates,
            "kiosks": self.profile.kiosks,
            "ballots": self.ballots,
            "figures": None if self.figures is None else self.figures.to_json(),
            "kinds": {kind: figures.to_json() for kind, figures in self.kinds.items()},
            "facts": dict(self.facts),
            "server": None if self.usage is None else self.usage.to_json(),
            "backend": self.backend,
            "database": self.database,
            "workers": self.workers,
            "passed": self.passed,
            "problems": list(self.problems),
            "record": None if self.record is None else str(self.record),
            "verified": None if self.verified is None else self.verified.to_json(),
        }


def measured_kind(profile: Profile) -> str:
    """The kind of request that a profile is about."""
    return CHECKED_IN if profile.desks else FETCHED if profile.phones else SENT
