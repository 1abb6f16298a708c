"""Files that only the server's own account may read: its keys and the desk's token."""

import os
from pathlib import Path

from voting_core.errors import InputError

_MODE = 0o600


def write_private(path: Path, data: bytes) -> None:
    """Create the file with mode 0600, durably. It must not exist yet: a key is never overwritten.

    Raises:
        FileExistsError: it exists.
        InputError: the disk is full or fails; no half of a file is left.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink()
        raise InputError(str(path), f"cannot be written ({error.strerror})", "Free space on the disk") from error
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make durable which files a folder has."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_private(path: Path) -> bytes:
    """Read a file that nobody else may read.

    Raises:
        InputError: it is no file, or group or others may read it.
    """
    if not path.is_file():
        raise InputError(str(path), "this is not a file", "Move it away, and restore the file from a backup")
    if path.stat().st_mode & 0o077:
        raise InputError(str(path), "other accounts of this machine may read it", f"Run: chmod 600 {path}")
    return path.read_bytes()
