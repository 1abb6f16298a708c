"""A deterministic source of bytes for tests (never in a shipped package)."""

import hashlib


class SeededRng:
    """The bytes of SHAKE-256 over a seed and a counter, so that a test gives the same world on every run."""

    def __init__(self, seed: int | str | bytes) -> None:
        """Start the stream of one seed; equal seeds give equal streams."""
        self._seed = seed if isinstance(seed, bytes) else str(seed).encode()
        self._calls = 0

    def bytes(self, n: int) -> bytes:
        """The next n bytes."""
        self._calls += 1
        return hashlib.shake_256(self._calls.to_bytes(8, "little") + self._seed).digest(n)
