"""Length-prefixed framing and the one hash of the product (SPEC §3.1, §3.2).

Only bytes are framed: a caller that has text or a number says itself how it becomes bytes.
"""

import hashlib

from voting_core.params import Tag


def u64(number: int) -> bytes:
    """Encode 0 <= number < 2^64 as 8 bytes, little-endian (SPEC §2.3)."""
    if not 0 <= number < 2**64:
        raise ValueError("a u64 is an integer from 0 to 2^64 - 1")
    return number.to_bytes(8, "little")


def frame(part: bytes) -> bytes:
    """Prefix a part with its length (SPEC §3.1)."""
    if not isinstance(part, bytes):
        raise TypeError("only bytes can be framed")
    return len(part).to_bytes(8, "little") + part


def frames(*parts: bytes) -> bytes:
    """Concatenate the frames of the parts, so that no two lists of parts give the same bytes (SPEC §3.1)."""
    return b"".join(map(frame, parts))


def digest(tag: Tag, *parts: bytes) -> bytes:
    """Give the 32-byte SHA-256 of the framed parts under a domain tag (SPEC §3.2)."""
    return hashlib.sha256(frames(tag.raw, *parts)).digest()
