"""The bearer token of the check-in desks: the server makes it, the person who sets up the desks reads its file."""

import hmac
from pathlib import Path

from api.private_file import read_private, write_private
from voting_core.rng import Rng
from voting_core.secret import Secret

_TOKEN_BYTES = 32


def load_or_create_token(path: Path, rng: Rng) -> Secret[str]:
    """Read the token, or make one when there is no file yet."""
    if not path.exists():
        write_private(path, rng.bytes(_TOKEN_BYTES).hex().encode())
    return Secret(read_private(path).decode("ascii").strip())


def is_token(given: str, token: Secret[str]) -> bool:
    """Whether `given` is the token; takes the same time for every wrong one."""
    return hmac.compare_digest(given.encode(), token.reveal().encode())
