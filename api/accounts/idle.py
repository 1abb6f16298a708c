"""Signing people out who went away. When a place was last seen is kept in memory alone."""

import threading
from typing import Final

from api.accounts.roles import Role
from api.clock import Clock

IDLE_SECONDS: Final[dict[Role, int | None]] = {
    Role.ADMIN: 30 * 60,
    Role.OFFICIAL: 60 * 60,
    Role.DESK: 4 * 3600,
    Role.CHIEF_SCRUTINEER: 60 * 60,
    Role.SCRUTINEER: 60 * 60,
    Role.OBSERVER: 4 * 3600,
    Role.HALL: None,
}
"""How long a place may rest: short where something can be signed, long at a desk between two arrivals, for ever for a
screen that only shows."""


class IdleWatch:
    """When each sign-in was last seen. After a restart everybody counts as just seen."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def touch(self, token: bytes, role: Role, *, by_person: bool = True) -> bool:
        """Note that a place was seen now; False when it had rested for too long.

        What a page asks by itself, not `by_person`, keeps nobody signed in.
        """
        now, limit = self._clock.monotonic(), IDLE_SECONDS[role]
        with self._lock:
            if limit is not None and now - self._seen.get(token, now) > limit:
                del self._seen[token]
                return False
            if by_person or token not in self._seen:
                self._seen[token] = now
        return True
