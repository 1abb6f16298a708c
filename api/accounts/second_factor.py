"""The second factor: time-based codes of six digits (RFC 6238), as authenticator apps show them.

The secret lies in the database sealed under `accounts.key`, so that a copy of the database alone gives no codes.
"""

import base64
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret

SECRET_BYTES: Final = 20
"""The length of the hash that the codes are made with (RFC 4226 §4)."""

STEP_SECONDS: Final = 30
DIGITS: Final = 6
WINDOW: Final = 1
"""Steps before and after the present one that are taken: phones and servers without a network drift."""

_NONCE_BYTES: Final = 12
_ISSUER: Final = "Plenum"


def new_secret(rng: Rng) -> Secret[bytes]:
    """A secret for a new account."""
    return Secret(rng.bytes(SECRET_BYTES))


def seal_secret(secret: Secret[bytes], account: str, key: Secret[bytes], rng: Rng) -> bytes:
    """Seal an account's secret for the database."""
    nonce = rng.bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key.reveal()).encrypt(nonce, secret.reveal(), account.encode())


def open_secret(sealed: bytes, account: str, key: Secret[bytes]) -> Secret[bytes]:
    """Open what :func:`seal_secret` sealed.

    Raises:
        InputError: it was sealed for another account or under another key.
    """
    nonce, box = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return Secret(ChaCha20Poly1305(key.reveal()).decrypt(nonce, box, account.encode()))
    except InvalidTag:
        raise InputError(
            "accounts.key", "is not the key with which this account was made", "Restore it from the backup"
        ) from None


def used_step(secret: Secret[bytes], code: str, now: int, after: int) -> int | None:
    """The step whose code this is, if it is one of the present ones and later than `after`; else None."""
    digits = code.replace(" ", "")
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdecimal():
        return None
    present = now // STEP_SECONDS
    for step in range(present - WINDOW, present + WINDOW + 1):
        if step > after and _is_code(secret, digits, step):
            return step
    return None


def code_at(secret: Secret[bytes], now: int) -> str:
    """The code of a moment; for tests and for the rehearsal."""
    return _totp(secret).generate(now).decode("ascii")


def provisioning_uri(secret: Secret[bytes], account: str) -> Secret[str]:
    """What the QR code for the authenticator app says."""
    return Secret(_totp(secret).get_provisioning_uri(account, _ISSUER))


def typed_secret(secret: Secret[bytes]) -> Secret[str]:
    """The secret as it is typed where no camera is, in groups of four."""
    text = base64.b32encode(secret.reveal()).decode("ascii")
    return Secret(" ".join(text[start : start + 4] for start in range(0, len(text), 4)))


def _totp(secret: Secret[bytes]) -> TOTP:
    # SHA-1 is what every authenticator app understands; as a keyed function it is sound here (RFC 6238 §1.2).
    return TOTP(secret.reveal(), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303


def _is_code(secret: Secret[bytes], digits: str, step: int) -> bool:
    try:
        _totp(secret).verify(digits.encode("ascii"), step * STEP_SECONDS)
    except InvalidToken:
        return False
    return True
