"""The last checkpoint that a trustee has cosigned: what promises name (SPEC §8.8)."""

import threading


class CosignedTree:
    """Size and root of that checkpoint; it only ever grows."""

    def __init__(self, size: int, root: bytes) -> None:
        self._lock = threading.Lock()
        self._latest = (size, root)

    @property
    def latest(self) -> tuple[int, bytes]:
        """Size and root; before the first cosignature those of the empty log."""
        return self._latest

    def advance(self, size: int, root: bytes) -> None:
        """Note that a checkpoint was cosigned."""
        with self._lock:
            if size > self._latest[0]:
                self._latest = (size, root)
