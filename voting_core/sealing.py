"""Sealed boxes: HPKE base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305 (RFC 9180; SPEC §6.4).

A box is enc ‖ ciphertext, 48 bytes longer than its plaintext. `info` binds it to its purpose, sender and recipient;
there is no aad. Sealing draws its ephemeral key from the operating system.

Whether a box opens decides who is at fault in the key ceremony, so two verifiers must never disagree about it:
public keys and enc are taken in their one canonical encoding and never of small order.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from voting_core.errors import SealedError, VerificationError
from voting_core.rng import Rng
from voting_core.secret import Secret

KEY_BYTES: Final = 32
OVERHEAD_BYTES: Final = 48

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

# The u coordinates of small order below the field prime, on the curve and its twist (RFC 7748 §5; RFC 9180 §7.1.4).
_P: Final = 2**255 - 19
_U8: Final = (
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)
_SMALL_ORDER_U: Final = frozenset({0, 1, _P - 1, *_U8})


def generate_sealing_secret(rng: Rng) -> Secret[bytes]:
    """Make a new private sealing key of 32 bytes."""
    return Secret(rng.bytes(KEY_BYTES))


def public_of(secret: bytes) -> bytes:
    """Give the public key of a private sealing key of 32 bytes.

    The private key is plain bytes because a complaint publishes it (SPEC §6.5).
    """
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def check_sealing_key(key: bytes, where: str) -> None:
    """Check a public sealing key that enters the log: canonical and not of small order (SPEC §3.6, §6.4).

    Raises:
        VerificationError: V4.C, naming the key.
    """
    problem = _problem_of_key(key)
    if problem:
        raise VerificationError("V4.C", f"{where}: the sealing key {problem}", (key.hex(),))


def seal(public: bytes, info: bytes, plaintext: bytes) -> bytes:
    """Seal a plaintext to a public key; the box has 48 bytes more.

    Raises:
        VerificationError: V4.C: the key is not canonical or of small order.
    """
    check_sealing_key(public, "recipient")
    return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public), info=info)


def open_box(secret: bytes, info: bytes, box: bytes) -> bytes:
    """Open a box with a private key of 32 bytes and the info that it was sealed with.

    Raises:
        SealedError: it is not a box of this kind, for this key, with this info; these cases look the same.
    """
    if len(box) < OVERHEAD_BYTES or _problem_of_key(box[:KEY_BYTES]):
        raise SealedError("the box does not open")
    try:
        return _SUITE.decrypt(box, X25519PrivateKey.from_private_bytes(secret), info=info)
    except (InvalidTag, ValueError) as error:
        raise SealedError("the box does not open") from error


def _problem_of_key(key: bytes) -> str | None:
    if len(key) != KEY_BYTES:
        return f"has {len(key)} bytes instead of {KEY_BYTES}"
    u = int.from_bytes(key, "little")
    if u >= _P:
        return "is not written canonically"
    if u in _SMALL_ORDER_U:
        return "is of small order"
    return None
