"""Reading a file that a person names on the command line."""

from pathlib import Path

from voting_core.errors import InputError


def read_file(path: Path, limit: int) -> bytes:
    """Give at most `limit` bytes of a file: whoever checks a maximum sees one byte too many, not a gigabyte.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror})", "Check its name and that you may read it"
        ) from error
