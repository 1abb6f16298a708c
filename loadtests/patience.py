"""What a kiosk does with an answer: it is accepted, it waits as it is told and sends the same bytes again, or it gives
up. Without a network, so that it can be tested without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

OK: Final = 200
NO_ANSWER: Final = 0
"""Locust's status of a request that got none."""

ATTEMPTS: Final = 40
"""How often a kiosk sends one ballot before it gives up."""

USUAL_PAUSE_SECONDS: Final = 0.5
"""The pause after a request without an answer, and after an answer that names no time."""

LONGEST_PAUSE_SECONDS: Final = 10.0

_WAITS: Final = frozenset({429, 502, 503, 504, 507})


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer is a promise."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Send the same bytes again after `seconds`. The server asked for it where `asked`; otherwise it failed."""

    seconds: float
    asked: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The server has refused the ballot, or has not answered for too long."""

    reason: str


Step = Accepted | Wait | GiveUp


def next_step(status: int, headers: Mapping[str, str], attempt: int) -> Step:
    """What follows the answer to the attempt with this number (from 1). `Retry-After` is respected wherever it stands,
    also with a 409 of a contest that is being closed.
    """
    if status == OK:
        return Accepted()
    said = _retry_after(headers)
    if said is None and status not in _WAITS and status != NO_ANSWER:
        return GiveUp(f"status {status}")
    if attempt >= ATTEMPTS:
        return GiveUp(f"status {status} after {attempt} attempts")
    return Wait(USUAL_PAUSE_SECONDS if said is None else said, asked=said is not None)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return min(float(said), LONGEST_PAUSE_SECONDS) if said.isdecimal() else None
