"""Files that only the server's own account may read: its keys and the desk's token."""

import os
from pathlib import Path

from voting_core.errors import InputError

_MODE = 0o600


def write_private(path: Path, data: bytes) -> None:
    """Create the file with mode 0600, durably. It must not exist yet: a key is never overwritten.

    Raises:
        FileExistsError: it exists.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def read_private(path: Path) -> bytes:
    """Read a file that nobody else may read.

    Raises:
        InputError: group or others may read it.
    """
    if path.stat().st_mode & 0o077:
        raise InputError(str(path), "other accounts of this machine may read it", f"Run: chmod 600 {path}")
    return path.read_bytes()
