"""The second backend for public data: Numba's kernels behind typed values. It gives what libsodium gives, to the byte.

Decoding keeps the coordinates, so that a point is decoded once for its proof, its sum and all else. Never give it
anything secret: it takes different times for different values. A contract of `.importlinter` and a test keep it away
from all that holds secrets.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, overload

import numba
import numpy as np
from numpy.typing import NDArray

from voting_core.elgamal import Ciphertext, EncodedCiphertexts, check_length
from voting_core.errors import EncodingError
from voting_core.fast import kernels
from voting_core.group import Point, Q, trusted_point

Words = NDArray[np.uint64]

_ROW: Final = 15
_SUM: Final = 20
_WORDS: Final = 5
_SCALAR_BITS: Final = 255
"""Scalars have 253 bits; with half a bucket added in every window they stay below 2^(bits · windows) from here on."""

_WIDEST: Final = 15
_PER_POINT, _PER_BUCKET = 10, 25
"""What a point costs in a window against what a bucket does: two additions of full points, and clearing it."""

_PROBLEMS: Final = {
    kernels.NOT_CANONICAL: "is not the canonical encoding of a point",
    kernels.IDENTITY: "is the identity",
    kernels.NO_POINT: "is not a point of the group",
}


class DecodedPoint(Point):
    """A point with the row of words that decoding gave."""

    __slots__ = ("row",)
    row: Words


_set_encoding: Final = Point.__dict__["_encoding"].__set__
_set_row: Final = DecodedPoint.__dict__["row"].__set__


class DecodedCiphertexts(EncodedCiphertexts):
    """Ciphertexts with the rows of words that decoding gave, two for each."""

    __slots__ = ("table",)

    def __init__(self, encoding: bytes, table: Words) -> None:
        super().__init__(encoding)
        self.table = table


class SummedCiphertexts(Sequence[Ciphertext]):
    """A running sum, in coordinates; it is encoded when somebody looks at it, and once."""

    __slots__ = ("_seen", "sums")

    def __init__(self, sums: Words) -> None:
        self.sums = sums
        self._seen: tuple[Ciphertext, ...] | None = None

    def _items(self) -> tuple[Ciphertext, ...]:
        if self._seen is None:
            points = [trusted_point(encoding) for encoding in _encode(self.sums)]
            self._seen = tuple(Ciphertext(a, b) for a, b in zip(points[::2], points[1::2], strict=True))
        return self._seen

    def __len__(self) -> int:
        return len(self.sums) // 2

    @overload
    def __getitem__(self, index: int) -> Ciphertext: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Ciphertext, ...]: ...

    def __getitem__(self, index: int | slice) -> Ciphertext | tuple[Ciphertext, ...]:
        return self._items()[index]

    def __iter__(self) -> Iterator[Ciphertext]:
        return iter(self._items())


class _Part:
    """A part of a product: scalars as bytes, and the rows that they belong to."""

    __slots__ = ("scalars", "tables")

    def __init__(self, scalars: bytes, tables: tuple[Words, ...]) -> None:
        self.scalars = scalars
        self.tables = tables


class FastGroup:
    """The backend; see :class:`voting_core.public.PublicGroup`."""

    name: Final = f"numba {numba.__version__}"

    def decode_points(self, data: bytes, names: Sequence[str], where: str) -> tuple[Point, ...]:
        """Decode all of them in one call."""
        if len(data) != 32 * len(names):
            raise ValueError("a point has 32 bytes")
        table = _decode(data, lambda number: f"{where}, {names[number]}")
        points = []
        for number, row in enumerate(table):
            point = DecodedPoint.__new__(DecodedPoint)
            _set_encoding(point, data[32 * number : 32 * number + 32])
            _set_row(point, row)
            points.append(point)
        return tuple(points)

    def decode_ciphertexts(self, data: bytes, count: int, where: str) -> Sequence[Ciphertext]:
        """Decode all of them in one call."""
        check_length(data, count, where)
        return DecodedCiphertexts(data, _decode(data, lambda number: f"{where}, {'AB'[number % 2]}_{number // 2 + 1}"))

    def add(self, left: Sequence[Ciphertext], right: Sequence[Ciphertext]) -> Sequence[Ciphertext]:
        """Add in coordinates."""
        if len(left) != len(right):
            raise ValueError("ciphertexts of two contests do not add")
        if isinstance(left, SummedCiphertexts):
            sums = left.sums
        else:
            sums = np.empty((2 * len(left), _SUM), np.uint64)
            kernels.begin(sums)
            kernels.add_rows(sums, _table_of_ciphertexts(left), sums)
        out = np.empty_like(sums)
        kernels.add_rows(sums, _table_of_ciphertexts(right), out)
        return SummedCiphertexts(out)

    def on_curve(self, key: bytes) -> bool:
        """One root, or none."""
        return bool(kernels.on_curve(np.frombuffer(key, "<u8")))

    def weigh(self, scalars: Sequence[int], points: Sequence[Point], ciphertexts: Sequence[Ciphertext]) -> object:
        """Keep scalars and rows; :meth:`product` does the work for all parts together."""
        tables = (_table_of_points(tuple(points)), _table_of_ciphertexts(ciphertexts))
        if len(scalars) != sum(map(len, tables)):
            raise ValueError("there is one scalar for each point")
        return _Part(_scalar_bytes(scalars), tables)

    def product(self, parts: Sequence[object], scalars: Sequence[int], points: Sequence[Point]) -> Point:
        """Multiply everything in one go, by Pippenger's method."""
        own = [part for part in parts if isinstance(part, _Part)]
        if len(own) != len(parts):
            raise TypeError("the parts of a product are those that weigh gave")
        fixed = _fixed_table(tuple(points))
        if len(scalars) != len(fixed):
            raise ValueError("there is one scalar for each point")
        words = b"".join([*(part.scalars for part in own), _scalar_bytes(scalars)])
        table = np.concatenate([*(table for part in own for table in part.tables), fixed])
        return trusted_point(_encode(_multiply(words, table))[0])


def _decode(data: bytes, place: Any) -> Words:
    table = np.empty((len(data) // 32, _ROW), np.uint64)
    verdicts = np.empty(len(table), np.uint8)
    bad = int(kernels.decode(np.frombuffer(data, "<u8"), table, verdicts))
    if bad >= 0:
        raise EncodingError(place(bad), _PROBLEMS[int(verdicts[bad])])
    return table


def _decode_valid(points: Sequence[Point]) -> Words:
    """Give the rows of points that exist, and so are valid; one may be the identity."""
    table = np.empty((len(points), _ROW), np.uint64)
    data = b"".join(point.encode() for point in points)
    kernels.decode(np.frombuffer(data, "<u8"), table, np.empty(len(points), np.uint8))
    return table


@lru_cache(maxsize=16)
def _fixed_table(points: tuple[Point, ...]) -> Words:
    """The bases of a contest are the same for every batch."""
    return _decode_valid(points)


def _table_of_points(points: tuple[Point, ...]) -> Words:
    rows = [point.row for point in points if isinstance(point, DecodedPoint)]
    return np.array(rows) if rows and len(rows) == len(points) else _decode_valid(points)


def _table_of_ciphertexts(ciphertexts: Sequence[Ciphertext]) -> Words:
    if isinstance(ciphertexts, DecodedCiphertexts):
        table = ciphertexts.table
        # Kernels are compiled for arrays that may be written; what came from another process may be read only.
        return table if table.flags.writeable else table.copy()
    return _decode_valid([point for each in ciphertexts for point in (each.pad, each.data)])


def _encode(sums: Words) -> list[bytes]:
    words = np.empty((len(sums), 4), "<u8")
    kernels.encode(sums, words)
    return [row.tobytes() for row in words]


def _scalar_bytes(scalars: Sequence[int]) -> bytes:
    return b"".join([(scalar % Q).to_bytes(32, "little") for scalar in scalars])


def window_bits(points: int) -> int:
    """Give the width of the windows with which a product of so many points takes least time."""

    def cost(bits: int) -> int:
        return -(-_SCALAR_BITS // bits) * (_PER_POINT * (points + bits) + _PER_BUCKET * (1 << (bits - 1)))

    return min(range(2, _WIDEST + 1), key=cost)


def _multiply(scalars: bytes, table: Words) -> Words:
    """Give the product as one running sum."""
    bits = window_bits(len(table))
    windows = -(-_SCALAR_BITS // bits)
    half = sum(1 << (bits * window + bits - 1) for window in range(windows))
    shift = np.array([half >> 64 * k & (2**64 - 1) for k in range(_WORDS)], np.uint64)
    shifted = np.empty((len(table), _WORDS), np.uint64)
    kernels.shift_scalars(np.frombuffer(scalars, "<u8").reshape(-1, 4), shift, shifted)
    total = np.empty((1, _SUM), np.uint64)
    kernels.begin(total)
    buckets = np.empty((1 << (bits - 1), _SUM), np.uint64)
    kernels.multiply_rows(shifted, table, bits, windows, buckets, total[0])
    return total
