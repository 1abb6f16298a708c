"""Both backends on random encodings and products, seeded; FUZZ=120000 for more of them, SEED= for others."""

import os

from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError
from voting_core.fast.group import FastGroup
from voting_core.group import Point, Q, base_mul, multi_mul
from voting_core.public import SODIUM

FAST = FastGroup()
ENCODINGS = int(os.environ.get("FUZZ", "3000"))
RNG = SeededRng(os.environ.get("SEED", "fuzz"))


def number() -> int:
    return int.from_bytes(RNG.bytes(4), "big")


def encoding(kind: int) -> bytes:
    """Any bytes; canonical ones, of which a quarter are points; a point; a point with one bit changed."""
    if kind == 0:
        return RNG.bytes(32)
    data = bytearray(RNG.bytes(32))
    if kind == 1:
        data[0] &= 0xFE
        data[31] &= 0x7F
        return bytes(data)
    point = bytearray(base_mul(int.from_bytes(data, "big")).encode())
    if kind == 3:
        point[number() % 32] ^= 1 << number() % 8
    return bytes(point)


def test_encodings_and_products() -> None:
    points: list[Point] = []
    for index in range(ENCODINGS):
        data = encoding(index % 4)
        found = []
        for group in (FAST, SODIUM):
            try:
                found.append((group.decode_points(data, ("P",), "fuzz"), ""))
            except EncodingError as error:
                found.append(((), str(error)))
        assert found[0] == found[1], data.hex()
        points += found[0][0]
        if index % 60 == 0:
            chosen = [points[number() % len(points)] for _ in range(number() % 20)] if points else []
            factors = [int.from_bytes(RNG.bytes(32), "big") % (Q, 2**128, 2)[number() % 3] for _ in chosen]
            assert FAST.product((), factors, chosen) == multi_mul(factors, chosen), (factors, chosen)
    assert len(points) > ENCODINGS // 4
