"""Guessing the password of somebody who is signed in: counted for acts alone, in memory.

Wrong sign-ins lock the account for sign-ins, and anybody in the hall's network can make them. They must not keep an
official who is signed in from opening or closing a vote, so what is typed into the forms of acts has a lock of its own.
Names that no account has are locked by the same count, or the lock itself would tell which accounts there are.
"""

import threading
from collections import OrderedDict
from typing import Final

FREE: Final = 5
"""Wrong passwords in a row before acts are locked."""

FIRST_SECONDS: Final = 60.0
LONGEST_SECONDS: Final = 3600.0

MAX_NAMES: Final = 10_000
"""Names that are remembered, the oldest forgotten first: anybody may make them up. At two sign-ins a second
(:data:`api.rates.SIGN_INS`) so many take longer than the longest lock."""


class Guesses:
    """How often in a row each account's password was wrong, and until when its acts are locked."""

    def __init__(self, limit: int = MAX_NAMES) -> None:
        self._limit = limit
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, account: str, now: float) -> float:
        """For how many seconds acts are locked; 0 when they are not."""
        with self._lock:
            return max(0.0, self._wrong.get(account, (0, 0.0))[1] - now)

    def wrong(self, account: str, now: float) -> None:
        """Count one more. The lock doubles with each that comes after it."""
        with self._lock:
            count = self._wrong.get(account, (0, 0.0))[0] + 1
            over = count - FREE
            until = now + min(FIRST_SECONDS * 2 ** min(over, 10), LONGEST_SECONDS) if over >= 0 else 0.0
            self._wrong[account] = (count, until)
            self._wrong.move_to_end(account)
            if len(self._wrong) > self._limit:
                self._wrong.popitem(last=False)

    def right(self, account: str) -> None:
        """Forget what was wrong before."""
        with self._lock:
            self._wrong.pop(account, None)
