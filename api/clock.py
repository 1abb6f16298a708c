"""Time, as the server uses it.

Seconds that only run forward are for waiting; no check of an entry or a ballot depends on the time of day. The time of
day is for people who sign in (codes of the second factor, how long a sign-in lasts) and stands in the entries that
officials sign here, as a claim.
"""

import time
from typing import Protocol


class Clock(Protocol):
    """The two clocks of a server."""

    def monotonic(self) -> float:
        """Seconds since some moment; never jumps back."""

    def unix(self) -> int:
        """The time of day in Unix seconds, as the machine believes it to be."""


class SystemClock:
    """The machine's own clocks."""

    def monotonic(self) -> float:
        """Seconds since some moment; setting the time of day does not move it."""
        return time.monotonic()

    def unix(self) -> int:
        """The time of day in Unix seconds."""
        return time.time_ns() // 1_000_000_000
