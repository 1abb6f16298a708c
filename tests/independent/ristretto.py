"""ristretto255 (RFC 9496) and its edwards25519 arithmetic, SPEC §2.1.

A point is a tuple (X, Y, Z, T) of extended coordinates: x = X/Z, y = Y/Z, T = XY/Z on -x^2 + y^2 = 1 + d x^2 y^2.
"""

from functools import lru_cache

from .errors import Refused, require

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)

# RFC 9496 §4.1; each is a square root or square that `test_check.py` verifies.
SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235
INVSQRT_A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578
ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = (D - 1) * (D - 1) % P

Point = tuple[int, int, int, int]
IDENTITY: Point = (0, 1, 1, 0)


def _is_negative(e: int) -> bool:
    return e % P & 1 == 1


def _abs(e: int) -> int:
    e %= P
    return P - e if e & 1 else e


def sqrt_ratio_m1(u: int, v: int) -> tuple[bool, int]:
    """RFC 9496 §4.2: the non-negative square root of u/v, or of sqrt(-1)·u/v."""
    v3 = v * v * v % P
    r = u * v3 * pow(u * v3 * v3 * v % P, (P - 5) // 8, P) % P
    check = v * r * r % P
    u %= P
    correct, flipped, flipped_i = check == u, check == -u % P, check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        r = r * SQRT_M1 % P
    return correct or flipped, _abs(r)


def add(a: Point, b: Point) -> Point:
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m, n = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, e = 2 * D * t1 * t2 % P, 2 * z1 * z2 % P
    f, g, h, k = n - m, e - c, e + c, n + m
    return f * g % P, h * k % P, g * h % P, f * k % P


def double(a: Point) -> Point:
    x, y, z, _ = a
    xx, yy = x * x % P, y * y % P
    h = xx + yy
    e = h - (x + y) * (x + y) % P
    g = xx - yy
    f = 2 * z * z % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def negate(a: Point) -> Point:
    return -a[0] % P, a[1], a[2], -a[3] % P


def multiply(scalar: int, a: Point) -> Point:
    """Scalar multiplication, four bits at a time."""
    table = [IDENTITY, a]
    while len(table) < 16:
        table.append(add(table[-1], a))
    total = IDENTITY
    for digit in f"{scalar % Q:x}":
        total = double(double(double(double(total))))
        total = add(total, table[int(digit, 16)])
    return total


@lru_cache(maxsize=8)
def _comb(a: Point) -> tuple[tuple[Point, ...], ...]:
    rows, base = [], a
    for _ in range(64):
        row = [IDENTITY]
        for _ in range(15):
            row.append(add(row[-1], base))
        rows.append(tuple(row))
        base = add(row[-1], base)
    return tuple(rows)


def multiply_fixed(scalar: int, a: Point) -> Point:
    """The same for a point that is multiplied often (g, h, the joint key)."""
    total, scalar = IDENTITY, scalar % Q
    for row in _comb(a):
        total, scalar = add(total, row[scalar & 15]), scalar >> 4
    return total


def multi_multiply(scalars: list[int], points: list[Point]) -> Point:
    """Sum of scalars[i]·points[i], by buckets (Pippenger)."""
    require(len(scalars) == len(points), "", "as many scalars as points")
    width = 3 if len(points) < 20 else 5
    reduced = [s % Q for s in scalars]
    total = IDENTITY
    for shift in reversed(range(0, 255, width)):
        for _ in range(width):
            total = double(total)
        buckets: list[Point | None] = [None] * (1 << width)
        for s, point in zip(reduced, points, strict=True):
            digit = s >> shift & (1 << width) - 1
            held = buckets[digit]
            buckets[digit] = point if held is None else add(held, point)
        running = window = IDENTITY
        for held in reversed(buckets[1:]):
            running = running if held is None else add(running, held)
            window = add(window, running)
        total = add(total, window)
    return total


def equal(a: Point, b: Point) -> bool:
    """Equality in ristretto255: the same element may have several coordinates."""
    return (a[0] * b[1] - a[1] * b[0]) % P == 0 or (a[1] * b[1] - a[0] * b[0]) % P == 0


def decode_element(data: bytes) -> Point | None:
    """RFC 9496 §4.3.1, with bit 255 counted; None if the bytes are no element. The identity is an element here."""
    s = int.from_bytes(data, "little")
    if len(data) != 32 or s >= P or s & 1:
        return None
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    u2_sqr = u2 * u2 % P
    v = (-(D * u1 * u1) - u2_sqr) % P
    was_square, invsqrt = sqrt_ratio_m1(1, v * u2_sqr % P)
    den_x = invsqrt * u2 % P
    den_y = invsqrt * den_x * v % P
    x, y = _abs(2 * s * den_x), u1 * den_y % P
    t = x * y % P
    return None if not was_square or _is_negative(t) or y == 0 else (x, y, 1, t)


def decode_point(data: bytes, code: str = "V2.D") -> Point:
    """SPEC §2.1: an element that is not the identity."""
    point = decode_element(data)
    if point is None or not any(data):
        raise Refused(code, f"{data.hex()} is not the encoding of a point")
    return point


def decode_points(data: bytes, code: str = "V2.D") -> list[Point]:
    require(len(data) % 32 == 0, code, "a run of points has 32 bytes for each")
    return [decode_point(data[i : i + 32], code) for i in range(0, len(data), 32)]


def encode(a: Point) -> bytes:
    """RFC 9496 §4.3.2."""
    x0, y0, z0, t0 = a
    u1, u2 = (z0 + y0) * (z0 - y0) % P, x0 * y0 % P
    _, invsqrt = sqrt_ratio_m1(1, u1 * u2 * u2 % P)
    den1, den2 = invsqrt * u1 % P, invsqrt * u2 % P
    z_inv = den1 * den2 * t0 % P
    if _is_negative(t0 * z_inv):
        x, y, den_inv = y0 * SQRT_M1 % P, x0 * SQRT_M1 % P, den1 * INVSQRT_A_MINUS_D % P
    else:
        x, y, den_inv = x0, y0, den2
    if _is_negative(x * z_inv):
        y = -y
    return _abs(den_inv * (z0 - y)).to_bytes(32, "little")


def _map(t: int) -> Point:
    r = SQRT_M1 * t * t % P
    u = (r + 1) * ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    was_square, s = sqrt_ratio_m1(u, v)
    c = -1
    if not was_square:
        s, c = -_abs(s * t) % P, r
    n = (c * (r - 1) * D_MINUS_ONE_SQ - v) % P
    w0, w1, w2, w3 = 2 * s * v, n * SQRT_AD_MINUS_ONE, 1 - s * s, 1 + s * s
    return w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P


def from_uniform_bytes(data: bytes) -> Point:
    """RFC 9496 §4.3.4."""
    halves = (int.from_bytes(data[:32], "little"), int.from_bytes(data[32:], "little"))
    low, high = (_map((half & (1 << 255) - 1) % P) for half in halves)
    return add(low, high)


def decode_scalar(data: bytes, code: str = "V2.D") -> int:
    value = int.from_bytes(data, "little")
    require(len(data) == 32 and value < Q, code, f"{data.hex()} is not the encoding of a scalar")
    return value


def encode_scalar(value: int) -> bytes:
    return (value % Q).to_bytes(32, "little")


def _generator() -> Point:
    y = 4 * pow(5, -1, P) % P
    _, x = sqrt_ratio_m1((y * y - 1) % P, (D * y * y + 1) % P)
    return x, y, 1, x * y % P


G = _generator()
