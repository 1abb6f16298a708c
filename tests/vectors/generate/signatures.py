"""Strict Ed25519, SPEC §3.6."""

import hashlib
from functools import partial

from tests.vectors.generate.common import Json, VectorFile, flipped, some_bytes
from voting_core.framing import frames
from voting_core.group import P, Q
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing import check_key, verify_signature
from voting_core.signing_key import SigningKey

# The canonical encodings of the eight torsion points of edwards25519, and other encodings of some of them.
Y8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
TORSION = {
    "order-1": 1,
    "order-2": P - 1,
    "order-4": 0,
    "order-4-sign": 1 << 255,
    "order-8": Y8,
    "order-8-sign": Y8 | 1 << 255,
    "order-8-minus": P - Y8,
    "order-8-minus-sign": P - Y8 | 1 << 255,
}
NOT_CANONICAL = {
    "order-1-sign": 1 | 1 << 255,
    "order-2-sign": P - 1 | 1 << 255,
    "y-p": P,
    "y-p-plus-1": P + 1,
    "y-p-plus-3": P + 3,
    "all-ones": (1 << 256) - 1,
}


def _encoding(number: int) -> bytes:
    return number.to_bytes(32, "little")


def build() -> Json:
    file = VectorFile("§3.6", "strict Ed25519 over frames(tag, message)")
    keys = [SigningKey.from_seed(Secret(some_bytes(f"signer {number}"))) for number in range(3)]
    message = some_bytes("message", 50)
    for number, key in enumerate(keys):
        for tag in (Tag.ENTRY, Tag.PROMISE):
            signature = key.sign(tag, message)
            verify_signature(key.public, tag, message, signature)
            given = _given(key.public, tag, message, signature)
            file.valid(f"signature-{number}-{tag.name}", "a good signature", "signature", given, {})
    key = keys[0]
    signature = key.sign(Tag.ENTRY, message)
    s = int.from_bytes(signature[32:], "little")
    identity = _encoding(1)
    bad: dict[str, tuple[str, bytes, Tag, bytes, bytes]] = {
        "other-tag": ("signed under another tag", key.public, Tag.PROMISE, message, signature),
        "other-message": ("another message", key.public, Tag.ENTRY, message + b"\0", signature),
        "other-key": ("another key", keys[1].public, Tag.ENTRY, message, signature),
        "no-tag": ("signed without tag and frames", key.public, Tag.ENTRY, message, key.sign_raw(message)),
        "flipped-R": ("one bit of R", key.public, Tag.ENTRY, message, flipped(signature, 0)),
        "flipped-S": ("one bit of S", key.public, Tag.ENTRY, message, flipped(signature, 32)),
        "S-plus-q": ("S not below the order", key.public, Tag.ENTRY, message, signature[:32] + _encoding(s + Q)),
        "short": ("63 bytes", key.public, Tag.ENTRY, message, signature[:63]),
        "long": ("65 bytes", key.public, Tag.ENTRY, message, signature + b"\0"),
        "zero": ("64 zero bytes", key.public, Tag.ENTRY, message, bytes(64)),
        "identity-key": ("the identity as key fits every message", identity, Tag.ENTRY, message, identity + bytes(32)),
        "negated-S": ("q - S", key.public, Tag.ENTRY, message, signature[:32] + _encoding(Q - s)),
    }
    for name, number in {**TORSION, **NOT_CANONICAL}.items():
        bad[f"R-{name}"] = ("R refused", key.public, Tag.ENTRY, message, _forged_with(key, _encoding(number), message))
        bad[f"key-{name}"] = ("A refused", _encoding(number), Tag.ENTRY, message, signature)
    for name, (comment, public, tag, text, sig) in bad.items():
        attempt = partial(verify_signature, public, tag, text, sig)
        file.invalid(f"signature-{name}", comment, "signature", _given(public, tag, text, sig), "V4.A", attempt)
    for number, key in enumerate(keys):
        check_key(key.public, "key")
        file.valid(f"key-{number}", "a good key", "key", {"key": key.public.hex()}, {})
    no_point = next(n for n in range(2, 100) if _refused(_encoding(n)))
    others = {"short": key.public[:31], "long": key.public + b"\0", "not-on-curve": _encoding(no_point)}
    for name, data in {**{k: _encoding(v) for k, v in {**TORSION, **NOT_CANONICAL}.items()}, **others}.items():
        attempt = partial(check_key, data, "key")
        file.invalid(f"key-{name}", "no key may be this", "key", {"key": data.hex()}, "V4.C", attempt)
    return file.content()


def _given(key: bytes, tag: Tag, message: bytes, signature: bytes) -> Json:
    return {"key": key.hex(), "message": message.hex(), "signature": signature.hex(), "tag": tag.name}


def _refused(data: bytes) -> bool:
    try:
        check_key(data, "key")
    except Exception:  # noqa: BLE001  # any refusal will do to find a number that is no y coordinate
        return True
    return False


def _forged_with(key: SigningKey, r: bytes, message: bytes) -> bytes:
    """A signature whose S fits R if R is taken for the identity: S = H(R, A, M)·a."""
    number = bytearray(hashlib.sha512(key.seed().reveal()).digest()[:32])
    number[0] &= 248
    number[31] = number[31] & 127 | 64
    secret = int.from_bytes(number, "little")
    h = int.from_bytes(hashlib.sha512(r + key.public + frames(Tag.ENTRY.raw, message)).digest(), "little")
    return r + _encoding(h * secret % Q)
