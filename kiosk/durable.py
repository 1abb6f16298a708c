"""Files that survive loss of power: what a station must not forget is on the disk before it acts on it.

A station whose disk fails stops. It would rather do nothing than act on what it may forget.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voting_core.errors import FatalError, InputError


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turn a failure of the disk into the error that stops a station.

    Raises:
        FatalError: the block could not write.
    """
    try:
        yield
    except OSError as error:
        raise FatalError(
            f"{path} cannot be written ({error.strerror}); free space on this machine's disk and start again"
        ) from error


def make_directory(path: Path) -> None:
    """Make a directory of a station, with mode 0700 where it is new.

    Raises:
        InputError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise InputError(
            str(path), f"the directory cannot be made ({error.strerror})", "Name another directory"
        ) from error


def write_durably(path: Path, data: bytes) -> None:
    """Put `data` in place of the file, in one step, with mode 0600."""
    draft = path.with_name(path.name + ".new")
    with storing(path):
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
        sync_directory(path.parent)


def create_durably(path: Path, data: bytes) -> bool:
    """Create the file with mode 0600, complete or not at all; tells whether it was not there before."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    write_durably(draft, data)
    try:
        # A link, unlike a rename, fails when another process was quicker.
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    sync_directory(path.parent)
    return True


def erase(path: Path) -> None:
    """Overwrite a file and remove it. A drive may keep old blocks; whole-disk encryption is the remedy for that."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make renames and removals in a directory durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
