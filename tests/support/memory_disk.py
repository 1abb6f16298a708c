"""Where tests keep their files: in memory, where a machine has room for them there.

The product waits for the disk at every step (`fsync`), as it must, and tests do thousands of steps. On a disk half of
their time is that waiting. In memory the same calls are made and return at once; what they are there for is not lost:
tests end processes and cut writes, none can cut the power.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")
ROOM: Final = 4 << 30
"""Bytes that must be free. A whole run holds some hundred MiB at a time; containers often have no more than 64 MiB."""


def keep_files_in_memory(memory: Path = MEMORY, room: int = ROOM) -> None:
    """Have temporary files in memory from now on, here and in every program that is started. `TMPDIR` overrules it."""
    if "TMPDIR" in os.environ or not memory.is_dir() or not os.access(memory, os.W_OK):
        return
    if shutil.disk_usage(memory).free >= room:
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None
