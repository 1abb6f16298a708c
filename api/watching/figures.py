"""Counters and histograms in the text form of Prometheus.

What ballots do is told in groups: a histogram that is `told_by` eight shows an observation only when eight have come
together, as the log shows ballots (SPEC §8.7). Whoever asks every second while watching a kiosk learns no more than
from the log.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The upper bounds of the buckets, those that dashboards expect."""

Labels = tuple[tuple[str, str], ...]


def sample(name: str, labels: Labels, value: float) -> str:
    """One line. No label's value comes from outside, so nothing in it needs to be escaped."""
    told = ",".join(f'{key}="{text}"' for key, text in labels)
    return f"{name}{{{told}}} {value:g}" if told else f"{name} {value:g}"


def described(name: str, kind: str, text: str) -> list[str]:
    """The two lines that come before the samples of a figure."""
    return [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]


@dataclass(slots=True)
class Observed:
    """The buckets of one set of labels, each with what is at most its bound."""

    counts: list[int] = field(default_factory=lambda: [0] * len(SECONDS))
    number: int = 0
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """Note one duration."""
        self.number += 1
        self.total += seconds
        for place, bound in enumerate(SECONDS):
            self.counts[place] += seconds <= bound

    def add_all(self, other: "Observed") -> None:
        """Add what another one has observed."""
        self.number += other.number
        self.total += other.total
        self.counts = [one + two for one, two in zip(self.counts, other.counts, strict=True)]


Told = Mapping[Labels, Observed]
"""What a histogram tells, by labels."""


def summed(several: Iterable[Told]) -> dict[Labels, Observed]:
    """What several processes have observed, as if it were one."""
    found: dict[Labels, Observed] = {}
    for told in several:
        for labels, observed in told.items():
            found.setdefault(labels, Observed()).add_all(observed)
    return found


def samples_of(name: str, told: Told) -> Iterator[str]:
    """The lines of a histogram, without its description."""
    for labels in sorted(told):
        observed = told[labels]
        for bound, count in zip(SECONDS, observed.counts, strict=True):
            yield sample(f"{name}_bucket", (*labels, ("le", f"{bound:g}")), count)
        yield sample(f"{name}_bucket", (*labels, ("le", "+Inf")), observed.number)
        yield sample(f"{name}_sum", labels, observed.total)
        yield sample(f"{name}_count", labels, observed.number)


@dataclass(slots=True)
class Histogram:
    """How long something took, by labels. It is used by one thread."""

    told_by: int = 1
    _told: dict[Labels, Observed] = field(default_factory=dict)
    _held: list[tuple[Labels, float]] = field(default_factory=list)

    def observe(self, labels: Labels, seconds: float) -> None:
        """Note one duration."""
        self._held.append((labels, seconds))
        if len(self._held) >= self.told_by:
            for held, duration in self._held:
                self._told.setdefault(held, Observed()).add(duration)
            self._held.clear()

    @property
    def told(self) -> Told:
        """What may be told."""
        return self._told
