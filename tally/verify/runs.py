"""Where runs of ballots are looked at: in this process, or wherever a program has processors (SPEC §5.4).

Processes and machines are the business of whoever starts the verifier: :mod:`tally.cli.cores` and
:mod:`tally.cli.cluster`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from tally.replay import Ahead, Known, look_ahead
from voting_core.public import PublicGroup


class Pending(Protocol):
    """A run that is being looked at."""

    def result(self) -> tuple[Ahead, ...]:
        """Wait for what was found out, one answer for each entry."""


class Runs(Protocol):
    """Looks at runs."""

    @property
    def waiting(self) -> int:
        """With how many runs it is kept busy, which bounds the memory."""

    def submit(self, run: Sequence[bytes], known: Known | None) -> Pending:
        """Begin to look at a run."""


@dataclass(frozen=True, slots=True)
class Later:
    """A run that this process looks at when somebody waits for it."""

    run: Sequence[bytes]
    known: Known | None
    group: PublicGroup

    def result(self) -> tuple[Ahead, ...]:
        """Look at it."""
        return look_ahead(self.run, self.known, self.group)


class InThisProcess:
    """Looks at one run after the other, without help."""

    waiting: Final = 0

    def __init__(self, group: PublicGroup) -> None:
        self._group = group

    def submit(self, run: Sequence[bytes], known: Known | None) -> Pending:
        """Keep the run until somebody waits for it."""
        return Later(run, known, self._group)
