"""What the pure packages get from the machine: randomness and time."""

import secrets
import time


class SystemRng:
    """The operating system's random number generator (an `Rng`)."""

    def bytes(self, n: int) -> bytes:
        """n random bytes."""
        return secrets.token_bytes(n)


def unix_time() -> int:
    """Seconds since 1970, as entries carry them (a claim, never a rule; SPEC §8.3)."""
    return int(time.time())  # noqa: TID251 - this module is where the clock enters
