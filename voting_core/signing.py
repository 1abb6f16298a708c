"""Strict verification of Ed25519 signatures (SPEC §3.6).

OpenSSL checks the cofactorless equation and that S is below the group order, but it takes keys and points R of small
order and keys in more than one encoding: with the identity as key, one signature is good for every message. The rules
of SPEC §3.6 are therefore checked here first, on the bytes.

This module knows no secret; signing is in :mod:`voting_core.signing_key`.
"""

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voting_core.errors import VerificationError
from voting_core.framing import frames
from voting_core.params import Tag

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64

# The field, the group order and the curve constant of RFC 8032 §5.1.
_P: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P

# The y coordinates of the eight points whose order divides 8; each belongs to no other point than these, whatever the
# sign of x. Order 1: y = 1. Order 2: y = -1. Order 4: y = 0. Order 8: y = ±_Y8.
_Y8: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER_Y: Final = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})


def verify_signature(key: bytes, tag: Tag, message: bytes, signature: bytes) -> None:
    """Check a signature over a message under a domain tag (SPEC §3.6).

    Raises:
        VerificationError: V4.A, naming the key.
    """
    verify_raw_signature(key, frames(tag.raw, message), signature, "V4.A")


def verify_raw_signature(key: bytes, data: bytes, signature: bytes, code: str) -> None:
    """Check a signature over exactly these bytes, by the same rules. Only C2SP notes are signed without a tag.

    Raises:
        VerificationError: with this code, naming the key.
    """
    problem = _problem_of_point(key)
    if problem:
        raise VerificationError(code, f"the signing key {problem}", (key.hex(),))
    if len(signature) != SIGNATURE_BYTES:
        raise VerificationError(
            code, f"a signature has {SIGNATURE_BYTES} bytes, this one {len(signature)}", (key.hex(),)
        )
    problem = _problem_of_point(signature[:32])
    if problem:
        raise VerificationError(code, f"the point R of the signature {problem}", (key.hex(),))
    if int.from_bytes(signature[32:], "little") >= _ORDER:
        raise VerificationError(code, "the number S of the signature is not below the group order", (key.hex(),))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except (InvalidSignature, ValueError) as error:
        raise VerificationError(
            code, f"the signature does not verify under key {key.hex()[:16]}", (key.hex(),)
        ) from error


def is_on_curve(key: bytes) -> bool:
    """Say whether a key that is canonical and not of small order is a point of the curve."""
    # x² = (y² - 1) / (d·y² + 1) has a solution exactly if (y² - 1)(d·y² + 1) is a square; neither factor is 0 here.
    y = int.from_bytes(key, "little") & (2**255 - 1)
    square = y * y % _P
    return pow((square - 1) * (_D * square + 1), (_P - 1) // 2, _P) == 1


def check_key(key: bytes, where: str, on_curve: Callable[[bytes], bool] = is_on_curve) -> None:
    """Check a signing key that enters the log (SPEC §3.6): canonical, a point of the curve, not of small order.

    `on_curve` is for many keys: a backend for public data has its own (:mod:`voting_core.public`).

    Raises:
        VerificationError: V4.C, naming the key.
    """
    problem = _problem_of_point(key)
    if problem is None and not on_curve(key):
        problem = "is not a point of the curve"
    if problem:
        raise VerificationError("V4.C", f"{where}: the key {problem}", (key.hex(),))


def _problem_of_point(encoding: bytes) -> str | None:
    if len(encoding) != KEY_BYTES:
        return f"has {len(encoding)} bytes instead of {KEY_BYTES}"
    y = int.from_bytes(encoding, "little") & (2**255 - 1)
    if y >= _P:
        return "is not written canonically"
    # The two points with x = 0 are of order 1 and 2, so this also refuses x = 0 with sign bit 1.
    if y in _SMALL_ORDER_Y:
        return "is of small order"
    return None
