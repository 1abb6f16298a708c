"""A station's own copy of the log: the entries' canonical bytes, one a line, durable."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.durable import storing


class LogFile:
    """Entries on disk, at `path`. A line that a crash cut short is not an entry and is cut off on opening."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch(mode=0o600)
        whole = 0
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    whole += len(line)
        if whole != path.stat().st_size:
            os.truncate(path, whole)

    def entries(self) -> Iterator[bytes]:
        """All entries, in order."""
        with self.path.open("rb") as file:
            for line in file:
                yield line.removesuffix(b"\n")

    def append(self, raws: Sequence[bytes]) -> None:
        """Add entries, durably."""
        with storing(self.path), self.path.open("ab") as file:
            file.write(b"".join(raw + b"\n" for raw in raws))
            file.flush()
            os.fsync(file.fileno())
