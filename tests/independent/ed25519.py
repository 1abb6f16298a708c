"""Strict verification of Ed25519, SPEC §3.6, on the curve of `ristretto.py`."""

import hashlib

from . import ristretto as r
from .errors import Refused, require
from .framing import frames


def decompress(data: bytes) -> r.Point | None:
    """RFC 8032 §5.1.3, canonical encodings only."""
    value = int.from_bytes(data, "little")
    y, sign = value & (1 << 255) - 1, value >> 255
    if len(data) != 32 or y >= r.P:
        return None
    was_square, x = r.sqrt_ratio_m1((y * y - 1) % r.P, (r.D * y * y + 1) % r.P)
    if not was_square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = r.P - x
    return x, y, 1, x * y % r.P


def _is_zero(point: r.Point) -> bool:
    """The identity of edwards25519, without the quotient that makes it ristretto255."""
    return point[0] % r.P == 0 and (point[1] - point[2]) % r.P == 0


def _is_small(point: r.Point) -> bool:
    return _is_zero(r.double(r.double(r.double(point))))


def check_key(key: bytes, code: str = "V4.C") -> r.Point:
    """The point of a key that is canonical and not of small order."""
    point = decompress(key)
    if point is None or _is_small(point):
        raise Refused(code, f"{key.hex()} is not a key")
    return point


def _times(scalar: int, point: r.Point) -> r.Point:
    """Scalar multiplication without reduction modulo q, which would be wrong for a point with a torsion part."""
    total = r.IDENTITY
    for bit in f"{scalar:b}":
        total = r.double(total)
        if bit == "1":
            total = r.add(total, point)
    return total


def verify_raw(key: bytes, message: bytes, signature: bytes, code: str = "V4.A") -> None:
    """RFC 8032 §5.1.7 with the rules of SPEC §3.6, over the message as it is."""
    require(len(signature) == 64, code, "a signature has 64 bytes")
    a = check_key(key, code)
    point = decompress(signature[:32])
    if point is None or _is_small(point):
        raise Refused(code, "R of the signature is not canonical or of small order")
    s = int.from_bytes(signature[32:], "little")
    require(s < r.Q, code, "S of the signature is not below the order")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % r.Q
    right = r.add(point, _times(h, a))
    require(_is_zero(r.add(r.multiply_fixed(s, r.G), r.negate(right))), code, "the signature does not verify")


def verify(key: bytes, tag: str, message: bytes, signature: bytes, code: str = "V4.A") -> None:
    verify_raw(key, frames(tag, message), signature, code)


def public_key(seed: bytes) -> bytes:
    """The public key of a 32-byte seed (RFC 8032 §5.1.5), for cards."""
    number = bytearray(hashlib.sha512(seed).digest()[:32])
    number[0] &= 248
    number[31] = number[31] & 127 | 64
    x, y, z, _ = r.multiply_fixed(int.from_bytes(number, "little"), r.G)
    inverse = pow(z, -1, r.P)
    return (y * inverse % r.P | (x * inverse % r.P & 1) << 255).to_bytes(32, "little")
