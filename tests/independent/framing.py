"""Framing, digests, hashing, the transcript and the generators: SPEC §2.2, §2.3, §3.1, §3.2, §3.4."""

import hashlib
from functools import lru_cache

from . import ristretto as r
from .errors import require

# SPEC §2.5, copied by hand from the table.
TAGS = {
    "SESSION": "plenum-v1/session",
    "ENTRY": "plenum-v1/entry",
    "CONTEST": "plenum-v1/contest",
    "RULES": "plenum-v1/rules",
    "BALLOT": "plenum-v1/ballot",
    "GENERATOR": "plenum-v1/generator",
    "TRANSCRIPT_SCALAR": "plenum-v1/transcript-scalar",
    "ARGUMENT": "plenum-v1/ballot-argument",
    "SEED_CONTEXT": "plenum-v1/seed-context",
    "SEED_SCALAR": "plenum-v1/seed-scalar",
    "ROSTER": "plenum-v1/roster",
    "DEAL_COMMITMENT": "plenum-v1/deal-commitment",
    "DEAL_PROOF": "plenum-v1/deal-proof",
    "DEAL_SHARE": "plenum-v1/deal-share",
    "CEREMONY": "plenum-v1/ceremony",
    "FINGERPRINT": "plenum-v1/fingerprint",
    "CREDENTIAL": "plenum-v1/credential",
    "CARD_CHECK": "plenum-v1/card-check",
    "QR_CHECK": "plenum-v1/qr-check",
    "PAPER": "plenum-v1/paper-record",
    "AGGREGATES": "plenum-v1/aggregates",
    "SHARE_COMMITMENT": "plenum-v1/share-commitment",
    "SHARE_PROOF": "plenum-v1/share-proof",
    "SHARE_WEIGHT": "plenum-v1/share-weight",
    "PROMISE": "plenum-v1/promise",
    "QUEUE": "plenum-v1/queue",
    "REPORT": "plenum-v1/report",
    "RECORD": "plenum-v1/record",
}


def u64(n: int) -> bytes:
    return n.to_bytes(8, "little")


def frames(*parts: bytes | str) -> bytes:
    out = b""
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        out += u64(len(data)) + data
    return out


def digest(name: str, *parts: bytes | str) -> bytes:
    return hashlib.sha256(frames(TAGS[name], *parts)).digest()


def expand(message: bytes, dst: bytes, length: int = 64) -> bytes:
    """expand_message_xmd of RFC 9380 §5.3.1 with SHA-512."""
    dst_prime = dst + bytes([len(dst)])
    b0 = hashlib.sha512(bytes(128) + message + length.to_bytes(2, "big") + b"\0" + dst_prime).digest()
    block = hashlib.sha512(b0 + b"\1" + dst_prime).digest()
    out, i = block, 2
    while len(out) < length:
        block = hashlib.sha512(bytes(x ^ y for x, y in zip(b0, block, strict=True)) + bytes([i]) + dst_prime).digest()
        out, i = out + block, i + 1
    return out[:length]


def hash_to_scalar(message: bytes, name: str) -> int:
    return int.from_bytes(expand(message, TAGS[name].encode()), "little") % r.Q


def hash_to_group(message: bytes, name: str) -> r.Point:
    return r.from_uniform_bytes(expand(message, TAGS[name].encode()))


@lru_cache(maxsize=1)
def h_generator() -> r.Point:
    return hash_to_group(b"h", "GENERATOR")


@lru_cache(maxsize=4096)
def generator(i: int) -> r.Point:
    """G_i, counted from 1."""
    return hash_to_group(b"G" + u64(i), "GENERATOR")


class Transcript:
    """SPEC §3.4."""

    def __init__(self, name: str) -> None:
        self._hash = hashlib.sha512(frames(TAGS[name]))

    def absorb(self, label: str, data: bytes | str) -> None:
        self._hash.update(frames(label, data))

    def challenge(self, label: str) -> int:
        self._hash.update(frames("challenge", label))
        c = hash_to_scalar(self._hash.digest(), "TRANSCRIPT_SCALAR")
        require(c != 0, "", "a challenge is 0")
        self._hash.update(frames(r.encode_scalar(c)))
        return c

    def seed(self, label: str) -> bytes:
        self._hash.update(frames("seed", label))
        d = self._hash.digest()
        self._hash.update(frames(d))
        return d
