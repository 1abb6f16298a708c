"""How long tests wait for what other threads, processes and browsers do.

Nobody knows how fast a machine is, or what else it does. So every wait is for a condition, and its limit is only there
to end a run in which something is broken: it is far longer than any machine that works may take.
"""

import time
from collections.abc import Iterator
from typing import Final

PATIENCE: Final = 600
"""Seconds. A step that takes one second alone has taken forty on a machine with ten other things to do."""


def patiently(pause: float = 0.05) -> Iterator[None]:
    """For a loop that looks again and again; it ends when patience does, and what follows it is the failure."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        yield
        time.sleep(pause)
