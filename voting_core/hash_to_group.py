"""Hashing to scalars and to points (SPEC §2.2).

These are the functions of RFC 9497 §4.1 for ristretto255-SHA512, with a domain tag of ours as DST.
"""

import hashlib

from voting_core.group import Point, Q, point_from_uniform

_BLOCK = 128  # bytes of one block of SHA-512
_OUTPUT = 64  # bytes of one SHA-512


def expand_message_xmd(message: bytes, dst: bytes, length: int) -> bytes:
    """Stretch a message to ``length`` uniform bytes with SHA-512 (RFC 9380 §5.3.1).

    ``length`` is at most 255 · 64, the DST at most 255 bytes.
    """
    count = -(-length // _OUTPUT)
    if not 0 < count <= 255 or len(dst) > 255:
        raise ValueError("expand_message_xmd gives 1..16320 bytes under a DST of at most 255 bytes")
    suffix = dst + bytes([len(dst)])
    first = hashlib.sha512(bytes(_BLOCK) + message + length.to_bytes(2, "big") + b"\x00" + suffix).digest()
    block = hashlib.sha512(first + b"\x01" + suffix).digest()
    output = block
    for index in range(2, count + 1):
        mixed = bytes(left ^ right for left, right in zip(first, block, strict=True))
        block = hashlib.sha512(mixed + bytes([index]) + suffix).digest()
        output += block
    return output[:length]


def hash_to_scalar(message: bytes, dst: bytes) -> int:
    """Hash to a scalar: 64 bytes, little-endian, mod q (RFC 9497 §4.1)."""
    return int.from_bytes(expand_message_xmd(message, dst, 64), "little") % Q


def hash_to_point(message: bytes, dst: bytes) -> Point:
    """Hash to a point: 64 bytes, mapped by RFC 9496 §4.3.4 (RFC 9497 §4.1)."""
    return point_from_uniform(expand_message_xmd(message, dst, 64))
