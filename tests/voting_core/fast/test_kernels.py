"""The loops against the oracle of the tests: rows in, rows out."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import oracle
from tests.voting_core.test_group import INVALID, MULTIPLES
from voting_core.fast import kernels

P = oracle.P
ROW, SUM = 15, 20


def value(limbs: Any) -> int:
    return sum(int(each) << 51 * place for place, each in enumerate(limbs)) % P


def decode(data: bytes) -> tuple[int, Any, Any]:
    table = np.zeros((len(data) // 32, ROW), np.uint64)
    verdicts = np.zeros(len(table), np.uint8)
    return int(kernels.decode(np.frombuffer(data, "<u8"), table, verdicts)), table, verdicts


def encode(sums: Any) -> list[bytes]:
    words = np.empty((len(sums), 4), "<u8")
    kernels.encode(sums, words)
    return [row.tobytes() for row in words]


def check(encoding: bytes) -> None:
    """Verdict and coordinates are those of the RFC."""
    expected = oracle.decode(encoding)
    first, table, verdicts = decode(encoding)
    if encoding == bytes(32):
        assert (first, verdicts[0]) == (0, kernels.IDENTITY)
        return
    if expected is None:
        number = int.from_bytes(encoding, "little")
        bad = kernels.NOT_CANONICAL if number >= P or number % 2 else kernels.NO_POINT
        assert (first, verdicts[0]) == (0, bad)
        return
    assert (first, verdicts[0]) == (-1, kernels.VALID)
    x, y, _, t = expected
    row = table[0]
    assert (value(row[:5]), value(row[5:10])) == ((y + x) % P, (y - x) % P)
    assert value(row[10:]) == 2 * oracle.D * t % P


@pytest.mark.parametrize("encoding", INVALID)
def test_what_the_rfc_refuses(encoding: str) -> None:
    assert decode(bytes.fromhex(encoding))[0] == 0
    check(bytes.fromhex(encoding))


@pytest.mark.parametrize("encoding", MULTIPLES)
def test_what_the_rfc_takes(encoding: str) -> None:
    check(bytes.fromhex(encoding))


@pytest.mark.parametrize("number", [*range(40), *(P + n for n in range(-20, 19)), 2**255, 2**255 + 2, 2**256 - 1])
def test_encodings_at_the_edges(number: int) -> None:
    check(number.to_bytes(32, "little"))


@settings(max_examples=250, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.booleans())
def test_any_bytes(data: bytes, canonical: bool) -> None:
    # Half of the canonical ones are points.
    check(bytes([data[0] & 0xFE]) + data[1:31] + bytes([data[31] & 0x7F]) if canonical else data)


def test_the_first_bad_one_is_named_and_the_others_are_judged() -> None:
    good, bad = bytes.fromhex(MULTIPLES[3]), bytes.fromhex(INVALID[-2])
    first, _, verdicts = decode(good + bytes(32) + good + bad)
    assert first == 1
    assert list(verdicts) == [kernels.VALID, kernels.IDENTITY, kernels.VALID, kernels.NO_POINT]


def test_sums_and_encodings() -> None:
    _, table, _ = decode(b"".join(bytes.fromhex(each) for each in MULTIPLES))
    sums = np.empty((len(table), SUM), np.uint64)
    kernels.begin(sums)
    assert encode(sums) == [bytes(32)] * len(table)
    base = np.repeat(table[1:2], len(table), axis=0)
    kernels.add_rows(sums, table, sums)
    assert [each.hex() for each in encode(sums)] == MULTIPLES
    out = np.empty_like(sums)
    kernels.add_rows(sums, np.ascontiguousarray(base), out)
    assert [each.hex() for each in encode(out)][:-1] == MULTIPLES[1:]
    assert [each.hex() for each in encode(sums)] == MULTIPLES


@pytest.mark.parametrize("carry", [0, 1, 2**64 - 1, 2**128 - 1, 2**256 - 1])
def test_scalars_are_shifted_with_all_carries(carry: int) -> None:
    shift = 2**270 + 2**192 - 1
    words = np.frombuffer(carry.to_bytes(32, "little"), "<u8").reshape(1, 4)
    shifts = np.array([shift >> 64 * k & (2**64 - 1) for k in range(5)], np.uint64)
    shifted = np.empty((1, 5), np.uint64)
    kernels.shift_scalars(words, shifts, shifted)
    assert sum(int(word) << 64 * k for k, word in enumerate(shifted[0])) == carry + shift


@pytest.mark.parametrize("bits", range(2, 16))
def test_every_width_of_window(bits: int) -> None:
    _, table, _ = decode(b"".join(bytes.fromhex(each) for each in MULTIPLES[1:4]))
    windows = -(-255 // bits)
    half = sum(1 << (bits * window + bits - 1) for window in range(windows))
    scalars = (oracle.ORDER - 1, 2**252 + 2**251 - 1, 2**bits - 1)
    words = np.array([[(s + half) >> 64 * k & (2**64 - 1) for k in range(5)] for s in scalars], np.uint64)
    total = np.empty((1, SUM), np.uint64)
    kernels.begin(total)
    kernels.multiply_rows(words, table, bits, windows, np.empty((1 << (bits - 1), SUM), np.uint64), total[0])
    expected = oracle.multiply(sum(s * n for n, s in enumerate(scalars, 1)), oracle.BASE)
    assert encode(total)[0] == oracle.encode(expected)
