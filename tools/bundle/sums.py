"""SHA256SUMS of a folder, as `sha256sum --check` reads it."""

import hashlib
from pathlib import Path
from typing import Final

NAME: Final = "SHA256SUMS"


def sums(folder: Path) -> str:
    """A line for every file in the folder but the list itself, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return "".join(f"{digest_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
