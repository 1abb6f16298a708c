"""The verifier of SPEC §5.3 on bytes, written once more from the specification, on tests/support/oracle.py.

It shares no code with the product: own framing, own transcript, own equations.
"""

import hashlib

from tests.support import oracle
from tests.support.oracle import ORDER, Coordinates

Form = tuple[tuple[int, int], ...]


def frames(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(8, "little") + part for part in parts)


def challenge(said: bytes) -> int:
    return oracle.hash_to_scalar(hashlib.sha512(said).digest(), b"plenum-v1/transcript-scalar")


def _product(scalars: list[int], points: list[Coordinates]) -> Coordinates:
    total = oracle.IDENTITY
    for scalar, point in zip(scalars, points, strict=True):
        total = oracle.add(total, oracle.multiply(scalar, point))
    return total


def _point(data: bytes) -> Coordinates:
    point = oracle.decode(data)
    if point is None or data == bytes(32):
        raise ValueError("not a point")
    return point


def failing_equations(
    *,
    session: bytes,
    contest: bytes,
    key: bytes,
    credential: bytes,
    ciphertexts: bytes,
    argument: bytes,
    bits: int,
    counters: tuple[Form, ...],
    equations: tuple[tuple[Form, int], ...],
) -> list[int]:
    """The numbers of the equations that do not hold."""
    parts = [argument[i : i + 32] for i in range(0, len(argument), 32)]
    if len(argument) != 32 * (bits + 10) or len(ciphertexts) != 64 * len(counters):
        raise ValueError("length")
    said = frames(b"plenum-v1/ballot-argument")
    for label, data in (
        (b"protocol", b"plenum-v1"),
        (b"session", session),
        (b"contest", contest),
        (b"key", key),
        (b"credential", credential),
        (b"ciphertexts", ciphertexts),
        (b"P", parts[0]),
        (b"Q", parts[1]),
    ):
        said += frames(label, data)
    said += frames(b"challenge", b"w")
    w = challenge(said)
    said += frames(w.to_bytes(32, "little"))
    for label, data in zip((b"A'", b"B'", b"T1", b"T0", b"delta"), parts[2:7], strict=True):
        said += frames(label, data)
    x = challenge(said + frames(b"challenge", b"x"))

    p, q, a, b, t1, t0 = (_point(part) for part in parts[:6])
    numbers = [int.from_bytes(part, "little") for part in parts[6:]]
    if any(number >= ORDER for number in numbers):
        raise ValueError("scalar")
    delta, f, (tau, z, rho) = numbers[0], numbers[1 : bits + 1], numbers[bits + 1 :]
    pads = [_point(ciphertexts[i : i + 32]) for i in range(0, len(ciphertexts), 64)]
    data_points = [_point(ciphertexts[i : i + 32]) for i in range(32, len(ciphertexts), 64)]
    w_j = [pow(w, j + 1, ORDER) for j in range(len(counters))]
    h = oracle.hash_to_group(b"h", b"plenum-v1/generator")
    g_i = [oracle.hash_to_group(b"G" + (i + 1).to_bytes(8, "little"), b"plenum-v1/generator") for i in range(bits)]
    mu = sum(weight * sum(c * f[i] for i, c in form) for weight, form in zip(w_j, counters, strict=True))
    lambda_ = sum(pow(w, k, ORDER) * sum(c * f[i] for i, c in form) for k, (form, _) in enumerate(equations, 1))
    c_w = sum(pow(w, k, ORDER) * constant for k, (_, constant) in enumerate(equations, 1))
    squares = sum(pow(w, i, ORDER) * f_i * (x - f_i) for i, f_i in enumerate(f, 1))

    sides = [
        (_product([tau, *f], [h, *g_i]), _product([x, 1], [p, q])),
        (oracle.multiply(z, oracle.BASE), _product([x, 1], [_product(w_j, pads), a])),
        (_product([z, mu], [_point(key), oracle.BASE]), _product([x, 1], [_product(w_j, data_points), b])),
        (_product([squares, rho], [oracle.BASE, h]), _product([x, 1], [t1, t0])),
    ]
    failing = [n for n, (left, right) in enumerate(sides, 1) if oracle.encode(left) != oracle.encode(right)]
    if (lambda_ - x * c_w - delta) % ORDER != 0:
        failing.append(5)
    return failing
