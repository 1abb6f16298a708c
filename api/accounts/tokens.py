"""What stands for a person between two requests: the token of a sign-in, and the one-time code of an enrolment.

The database has hashes of both, so that a copy of it lets nobody in. Both are random enough that a plain hash is safe.
"""

import base64
import hashlib
import hmac
from typing import Final

from voting_core.rng import Rng
from voting_core.secret import Secret

_TOKEN_BYTES: Final = 32
_CODE_BYTES: Final = 10
_GROUP: Final = 4


def new_token(rng: Rng) -> Secret[str]:
    """The value of a sign-in's cookie."""
    return Secret(rng.bytes(_TOKEN_BYTES).hex())


def hash_token(token: str) -> bytes:
    """What the database has of a token."""
    return hashlib.sha256(b"plenum sign-in\0" + token.encode("utf-8", "replace")).digest()


def csrf_token(token: str) -> str:
    """What every form of a sign-in carries: another site can make the browser send the cookie, but cannot know this."""
    return hmac.new(token.encode("utf-8", "replace"), b"plenum form", hashlib.sha256).hexdigest()


def is_csrf_token(given: str, token: str) -> bool:
    """Whether a form belongs to a sign-in; takes the same time for every wrong one."""
    return hmac.compare_digest(given.encode(), csrf_token(token).encode())


def new_code(rng: Rng) -> Secret[str]:
    """A one-time code of 80 bits, as it is printed and typed: four groups of four."""
    text = base64.b32encode(rng.bytes(_CODE_BYTES)).decode("ascii")
    return Secret("-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP)))


def hash_code(code: str, account: str) -> bytes:
    """What the database has of a one-time code; case, spaces and hyphens do not matter."""
    plain = "".join(code.upper().replace("-", " ").split())
    return hashlib.sha256(b"plenum enrolment\0" + account.encode() + b"\0" + plain.encode("utf-8", "replace")).digest()
