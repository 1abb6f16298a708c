"""Time, as the server uses it: seconds that only run forward, for waiting. No check depends on the time of day."""

import time
from typing import Protocol


class Clock(Protocol):
    """A clock that never jumps back."""

    def monotonic(self) -> float:
        """Seconds since some moment."""


class SystemClock:
    """The machine's own monotonic clock; setting the time of day does not move it."""

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()
