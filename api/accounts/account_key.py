"""The key under which second factors are sealed in the database; a file beside it that only the server reads."""

from pathlib import Path
from typing import Final

from api.private_file import read_private, write_private
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret

_KEY_BYTES: Final = 32


def load_or_create_account_key(path: Path, rng: Rng) -> Secret[bytes]:
    """Read the key, or make one when there is no file yet.

    Raises:
        InputError: the file is no such key, or others may read it.
    """
    if not path.exists():
        write_private(path, rng.bytes(_KEY_BYTES).hex().encode())
    try:
        key = bytes.fromhex(read_private(path).decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise InputError(str(path), "this is not the key of the accounts", "Restore it from the backup")
    return Secret(key)
