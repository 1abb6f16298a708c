"""Bearer tokens of programs, of desks and of the operator: the server makes them, whoever sets up the machine reads
their files."""

import hmac
import re
from pathlib import Path

from api.private_file import read_private, write_private
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret

_TOKEN_BYTES = 32
_FORM = re.compile(rb"[0-9a-f]{64}")


def load_or_create_token(path: Path, rng: Rng) -> Secret[str]:
    """Read the token, or make one when there is no file yet.

    Raises:
        InputError: the file is no token, which an empty one would be least of all; or others may read it.
    """
    if not path.exists():
        write_private(path, rng.bytes(_TOKEN_BYTES).hex().encode())
    token = read_private(path).strip()
    if not _FORM.fullmatch(token):
        raise InputError(str(path), "this is not a token", "Remove it; the server makes a new one")
    return Secret(token.decode("ascii"))


def is_token(given: str, token: Secret[str]) -> bool:
    """Whether `given` is the token; takes the same time for every wrong one."""
    return hmac.compare_digest(given.encode(), token.reveal().encode())
