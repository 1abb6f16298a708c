"""What `plenum doctor` tells of one thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One checked thing: what it is, whether it is in order, what was seen, and the remedy when it is not."""

    name: str
    ok: bool
    seen: str
    remedy: str
