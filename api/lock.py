"""One server for one data directory: a second one is refused before it touches the database."""

import fcntl
import os
from pathlib import Path
from typing import Self

from voting_core.errors import InputError


class DirectoryLock:
    """An advisory lock that the kernel drops when the process ends, however it ends.

    Raises:
        InputError: on entering, when another process holds it or the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def __enter__(self) -> Self:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise InputError(
                str(self._path), f"cannot be opened ({error.strerror})", "Check who may write to the data directory"
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise InputError(
                str(self._path.parent),
                "another server is already running on this data directory",
                "Stop it first, or give another --data directory",
            ) from error
        self._handle = handle
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
