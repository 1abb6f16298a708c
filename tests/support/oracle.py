"""ristretto255 and the hashing to it, once more from the RFCs: slow, plain, sharing no code with the product.

Points are tuples of extended coordinates (X, Y, Z, T). Nothing here is constant time, and nothing here is shipped.
"""

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)

Coordinates = tuple[int, int, int, int]


def _negative(value: int) -> bool:
    return value % P % 2 == 1


def _abs(value: int) -> int:
    value %= P
    return P - value if _negative(value) else value


def _sqrt_ratio(u: int, v: int) -> tuple[bool, int]:
    """RFC 9496 §4.2: whether u/v is a square, and the non-negative root of u/v or of i·u/v."""
    v3 = v * v % P * v % P
    v7 = v3 * v3 % P * v % P
    root = u * v3 % P * pow(u * v7 % P, (P - 5) // 8, P) % P
    check = v * root % P * root % P
    correct = check == u % P
    flipped = check == -u % P
    flipped_i = check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        root = root * SQRT_M1 % P
    return correct or flipped, _abs(root)


_INVSQRT_A_MINUS_D = _sqrt_ratio(1, -1 - D)[1]
_SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235
_ONE_MINUS_D_SQ = (1 - D * D) % P
_D_MINUS_ONE_SQ = (D - 1) ** 2 % P

IDENTITY: Coordinates = (0, 1, 1, 0)


def decode(data: bytes) -> Coordinates | None:
    """RFC 9496 §4.3.1, and None for everything that is not a canonical encoding; the identity decodes."""
    if len(data) != 32:
        return None
    s = int.from_bytes(data, "little")
    if s >= P or s % 2 == 1:
        return None
    ss = s * s % P
    u1 = (1 - ss) % P
    u2 = (1 + ss) % P
    u2_sqr = u2 * u2 % P
    v = (-(D * u1 * u1) - u2_sqr) % P
    was_square, invsqrt = _sqrt_ratio(1, v * u2_sqr % P)
    den_x = invsqrt * u2 % P
    den_y = invsqrt * den_x % P * v % P
    x = _abs(2 * s * den_x)
    y = u1 * den_y % P
    t = x * y % P
    if not was_square or _negative(t) or y == 0:
        return None
    return (x, y, 1, t)


def encode(point: Coordinates) -> bytes:
    """RFC 9496 §4.3.2."""
    x0, y0, z0, t0 = point
    u1 = (z0 + y0) * (z0 - y0) % P
    u2 = x0 * y0 % P
    _, invsqrt = _sqrt_ratio(1, u1 * u2 % P * u2 % P)
    den1 = invsqrt * u1 % P
    den2 = invsqrt * u2 % P
    z_inv = den1 * den2 % P * t0 % P
    if _negative(t0 * z_inv):
        x, y = y0 * SQRT_M1 % P, x0 * SQRT_M1 % P
        den_inv = den1 * _INVSQRT_A_MINUS_D % P
    else:
        x, y = x0, y0
        den_inv = den2
    if _negative(x * z_inv):
        y = -y
    return _abs(den_inv * (z0 - y)).to_bytes(32, "little")


def add(left: Coordinates, right: Coordinates) -> Coordinates:
    """The unified addition of RFC 8032 §5.1.4."""
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = t1 * 2 * D * t2 % P
    d = z1 * 2 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def negate(point: Coordinates) -> Coordinates:
    x, y, z, t = point
    return (-x % P, y, z, -t % P)


def multiply(scalar: int, point: Coordinates) -> Coordinates:
    result = IDENTITY
    for bit in bin(scalar % ORDER)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def _map(data: bytes) -> Coordinates:
    """RFC 9496 §4.3.4, MAP."""
    t = (int.from_bytes(data, "little") & (2**255 - 1)) % P
    r = SQRT_M1 * t * t % P
    u = (r + 1) * _ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    was_square, s = _sqrt_ratio(u, v)
    if was_square:
        c = P - 1
    else:
        s = -_abs(s * t) % P
        c = r
    n = (c * (r - 1) * _D_MINUS_ONE_SQ - v) % P
    w0 = 2 * s * v % P
    w1 = n * _SQRT_AD_MINUS_ONE % P
    w2 = (1 - s * s) % P
    w3 = (1 + s * s) % P
    return (w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P)


def from_uniform(data: bytes) -> Coordinates:
    """RFC 9496 §4.3.4."""
    return add(_map(data[:32]), _map(data[32:]))


BASE = decode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")) or IDENTITY


def expand(message: bytes, dst: bytes) -> bytes:
    """RFC 9380 §5.3.1 with SHA-512 for exactly 64 bytes, where it is two hashes."""
    dst_prime = dst + len(dst).to_bytes(1, "big")
    b0 = hashlib.sha512(b"\0" * 128 + message + b"\0\x40" + b"\0" + dst_prime).digest()
    return hashlib.sha512(b0 + b"\x01" + dst_prime).digest()


def hash_to_scalar(message: bytes, dst: bytes) -> int:
    return int.from_bytes(expand(message, dst), "little") % ORDER


def hash_to_group(message: bytes, dst: bytes) -> Coordinates:
    return from_uniform(expand(message, dst))
