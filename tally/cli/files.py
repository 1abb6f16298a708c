"""Reading the folder of a session: its `session.toml`, its tables and the county's own rule sets."""

from pathlib import Path

from tally.cli.reading import read_file
from tally.plan.source import SESSION_FILE
from tally.plan.table import MAX_FILE_BYTES
from voting_core.errors import InputError

__all__ = ["read_file", "read_folder"]

_READ = (".csv", ".xlsx", ".toml")


def read_folder(folder: Path) -> dict[str, bytes]:
    """Give `session.toml`, the tables and rule sets of a folder by name; sub-folders and other files are not opened.

    Raises:
        InputError: no such folder, or a file that cannot be read.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "is not a folder", f"Name the folder that holds {SESSION_FILE}")
    files: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in _READ:
            files[path.name] = read_file(path, MAX_FILE_BYTES + 1)
    return files
