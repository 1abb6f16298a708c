"""Reading the folder of a session: its `session.toml` and its tables."""

from pathlib import Path

from tally.cli.reading import read_file
from tally.plan.source import SESSION_FILE
from tally.plan.table import MAX_FILE_BYTES
from voting_core.errors import InputError

__all__ = ["read_file", "read_folder"]

_TABLES = (".csv", ".xlsx")


def read_folder(folder: Path) -> dict[str, bytes]:
    """Give `session.toml` and the tables of a folder by name; sub-folders and other files are not opened.

    Raises:
        InputError: no such folder, or a file that cannot be read.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "is not a folder", f"Name the folder that holds {SESSION_FILE}")
    files: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and (path.name == SESSION_FILE or path.suffix.lower() in _TABLES):
            files[path.name] = read_file(path, MAX_FILE_BYTES + 1)
    return files
