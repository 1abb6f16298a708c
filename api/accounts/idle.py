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


SIGN_IN_SECONDS: Final = 16 * 3600
"""The longest a sign-in lasts: one day of a congress."""


class IdleWatch:
    """When each sign-in was last seen. After a restart everybody counts as just seen.

    Sign-ins that are over are dropped: those that `forget` tells of at once, all others when they must have run out.
    Those that rested for too long stay until then, or coming back would make them good again.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def touch(self, token: bytes, role: Role, *, by_person: bool = True) -> bool:
        """Note that a place was seen now; False when it had rested for too long.

        What a page asks by itself, not `by_person`, keeps nobody signed in.
        """
        now, limit = self._clock.monotonic(), IDLE_SECONDS[role]
        if limit is None:
            return True
        with self._lock:
            seen = self._seen.get(token)
            if seen is not None and now - seen > limit:
                del self._seen[token]
                return False
            if seen is None:
                self._seen = {known: then for known, then in self._seen.items() if now - then <= SIGN_IN_SECONDS}
            if by_person or seen is None:
                self._seen[token] = now
        return True

    def forget(self, token: bytes) -> None:
        """A place was signed out."""
        with self._lock:
            self._seen.pop(token, None)

    def __len__(self) -> int:
        """How many places are remembered."""
        return len(self._seen)
