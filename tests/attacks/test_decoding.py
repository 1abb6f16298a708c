"""Encodings that must not come through the only door (SPEC §2.1).

libsodium 1.0.18 ignores bit 255 of a point, so one point would have two encodings, and rbcl's wrappers ignore return
codes, so adding an invalid point gives 32 zero bytes: a tally that is silently reset.
"""

from collections import Counter

import pytest
import rbcl

from tests.support import oracle
from tests.support.seeded_rng import SeededRng
from voting_core.elgamal import decode_ciphertexts
from voting_core.errors import EncodingError
from voting_core.group import BASE, P, Q, base_mul, decode_point, decode_points, decode_scalar, encode_scalar
from voting_core.rng import random_scalar

MUTATIONS = 10_000


def flip_bit_255(encoding: bytes) -> bytes:
    return encoding[:31] + bytes([encoding[31] ^ 0x80])


def test_bit_255_makes_a_second_encoding_for_libsodium_and_not_for_us() -> None:
    twin = flip_bit_255(BASE.encode())
    assert rbcl.crypto_core_ristretto255_is_valid_point(twin)
    assert rbcl.crypto_core_ristretto255_add(twin, twin) == (BASE + BASE).encode()
    with pytest.raises(EncodingError, match="canonical"):
        decode_point(twin, "A_1")


def test_an_invalid_point_resets_a_running_sum_in_rbcl_and_never_reaches_ours() -> None:
    invalid = b"\x02" + bytes(30) + b"\x01"
    assert oracle.decode(invalid) is None
    assert rbcl.crypto_core_ristretto255_add(base_mul(4711).encode(), invalid) == bytes(32)
    with pytest.raises(EncodingError, match="not a point"):
        decode_point(invalid, "A_1")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (P.to_bytes(32, "little"), "canonical"),
        ((P + 1).to_bytes(32, "little"), "canonical"),
        ((P + 2).to_bytes(32, "little"), "canonical"),
        ((P - 1).to_bytes(32, "little"), "not a point"),
        ((2**255 - 1).to_bytes(32, "little"), "canonical"),
        (b"\xff" * 32, "canonical"),
        ((P - int.from_bytes(BASE.encode(), "little")).to_bytes(32, "little"), "canonical"),
        (bytes(32), "identity"),
        (bytes(31) + b"\x80", "canonical"),
        (b"", "32 bytes, not 0"),
        (BASE.encode()[:31], "32 bytes, not 31"),
        (BASE.encode() + b"\x00", "32 bytes, not 33"),
    ],
    ids=["p", "p+1", "p+2", "p-1", "2^255-1", "ones", "odd", "identity", "identity with bit 255", "0", "31", "33"],
)
def test_points_that_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(EncodingError, match=problem):
        decode_point(data, "point")
    if len(data) == 32:
        with pytest.raises(EncodingError, match=problem):
            decode_points(BASE.encode() + data, 2, "shares")
        with pytest.raises(EncodingError, match=problem):
            decode_ciphertexts(BASE.encode() + data, 1, "ballot")


FINE = 4711


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (Q.to_bytes(32, "little"), "group order"),
        ((Q + 1).to_bytes(32, "little"), "group order"),
        ((FINE + Q).to_bytes(32, "little"), "group order"),
        ((FINE + 15 * Q).to_bytes(32, "little"), "group order"),
        ((FINE + 2**255).to_bytes(32, "little"), "group order"),
        (b"\xff" * 32, "group order"),
        (encode_scalar(FINE)[:31], "32 bytes, not 31"),
        (encode_scalar(FINE) + b"\x00", "32 bytes, not 33"),
    ],
    ids=["q", "q+1", "f+q", "f+15q", "f with bit 255", "ones", "31", "33"],
)
def test_scalars_that_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(EncodingError, match=problem):
        decode_scalar(data, "f_1")


def mutate(encoding: bytes, rng: SeededRng) -> bytes:
    """Change an encoding: a bit, a byte, the sign, a multiple of p, or everything."""
    kind, place, value = rng.bytes(1)[0] % 6, rng.bytes(1)[0], rng.bytes(1)[0]
    number = int.from_bytes(encoding, "little")
    changed = bytearray(encoding)
    if kind == 0:
        changed[place // 8] ^= 1 << place % 8
    elif kind == 1:
        changed[place % 32] = value
    elif kind == 2:
        changed = bytearray(((P - number) % 2**256).to_bytes(32, "little"))
    elif kind == 3:
        changed = bytearray((number % 2**255 % 19 + (P if value % 2 else 0)).to_bytes(32, "little"))
    elif kind == 4:
        changed = bytearray(flip_bit_255(encoding))
    else:
        changed = bytearray(rng.bytes(32))
    return bytes(changed)


def test_two_implementations_agree_on_mutated_encodings() -> None:
    """Both decode the same bytes to the same points, or neither does; then both add and multiply alike."""
    rng = SeededRng("mutations")
    points = [base_mul(random_scalar(rng)).encode() for _ in range(50)]
    seen: Counter[str] = Counter()
    total, expected = BASE, oracle.BASE
    for count in range(MUTATIONS):
        data = mutate(points[count % len(points)], rng)
        theirs = oracle.decode(data)
        try:
            point = decode_point(data, "point")
        except EncodingError:
            assert theirs is None or data == bytes(32)
            seen["refused"] += 1
            continue
        assert theirs is not None
        assert point.encode() == data == oracle.encode(theirs)
        seen["decoded"] += 1
        if seen["decoded"] % 8 == 0:
            total, expected = total + point, oracle.add(expected, theirs)
            seen["added"] += 1
        if seen["decoded"] % 32 == 0:
            factor = random_scalar(rng)
            assert (point * factor).encode() == oracle.encode(oracle.multiply(factor, theirs))
            seen["multiplied"] += 1
    assert total.encode() == oracle.encode(expected)
    # The mutations reach both sides of the door, and often.
    assert seen["refused"] > 500
    assert seen["decoded"] > 500
    assert seen["multiplied"] > 15
