"""The group ristretto255 (SPEC §2.1) on libsodium.

* :func:`decode_point` and :func:`decode_scalar` are the only doors for bytes from outside. A :class:`Point` that
  exists is a valid element; nothing else can make one.
* The identity is met only inside arithmetic. libsodium refuses multiplications that give it; this module hides that.
* Every return code of libsodium is checked. A code that cannot happen is a
  :class:`~voting_core.errors.FatalError`: rbcl's own wrappers ignore some of them and give 32 zero bytes instead,
  which would silently reset a running product. That is why the library is called here directly.
* Multiplication is libsodium's, in constant time. Scalars are Python integers, which are not; the prover keeps them
  out of branches and indices.
* All functions may be called from several threads: no buffer outlives the call that made it.

What libsodium does with bit 255, odd and large encodings is of no importance: canonical form is checked here first.
"""

import ctypes
from collections.abc import Iterable, Sequence
from typing import Any, Final, NoReturn

import rbcl

from voting_core.errors import EncodingError, FatalError
from voting_core.library_file import drop_library_file

P: Final = 2**255 - 19
"""The prime of the field."""

Q: Final = 2**252 + 27742317777372353535851937790883648493
"""The prime order of the group."""

# It is loaded by now; rbcl would leave its file behind at every start.
drop_library_file(rbcl._sodium._name)

_ZERO: Final = bytes(32)
_Buffer: Final = ctypes.c_char * 32


def _function(name: str, arguments: int) -> Any:
    """Give a function of libsodium with its own signature: pointers in, an int out.

    Indexing the library makes a new function object, so that rbcl's own keep the signatures they expect.
    """
    function = rbcl._sodium[name]
    function.argtypes = (ctypes.c_void_p,) * arguments
    function.restype = ctypes.c_int
    return function


_sodium_multiply = _function("crypto_scalarmult_ristretto255", 3)
_sodium_multiply_base = _function("crypto_scalarmult_ristretto255_base", 2)
_sodium_add = _function("crypto_core_ristretto255_add", 3)
_sodium_subtract = _function("crypto_core_ristretto255_sub", 3)
_sodium_is_valid = _function("crypto_core_ristretto255_is_valid_point", 1)
_sodium_from_hash = _function("crypto_core_ristretto255_from_hash", 2)


def _impossible(operation: str) -> NoReturn:
    raise FatalError(f"libsodium refused to {operation} valid elements; the library or the memory is damaged")


class Point:
    """An element of the group, immutable and always valid. Equal points have equal encodings.

    ``+`` and ``-`` are the group law and its inverse, ``*`` takes an integer, reduced mod q. (The specification
    writes the group multiplicatively; Python's operators are additive.)
    """

    __slots__ = ("_encoding",)
    _encoding: bytes

    def __init__(self) -> None:
        raise TypeError("a point comes from decode_point or from arithmetic")

    def encode(self) -> bytes:
        """Give the 32 bytes of RFC 9496 §4.3.2."""
        return self._encoding

    def __add__(self, other: "Point") -> "Point":
        result = _Buffer()
        if _sodium_add(result, self._encoding, other._encoding):
            _impossible("add")
        return _point(result.raw)

    def __sub__(self, other: "Point") -> "Point":
        result = _Buffer()
        if _sodium_subtract(result, self._encoding, other._encoding):
            _impossible("subtract")
        return _point(result.raw)

    def __neg__(self) -> "Point":
        return IDENTITY - self

    def __mul__(self, scalar: int) -> "Point":
        reduced = scalar % Q
        # libsodium refuses exactly the products that are the identity. Secret scalars are never 0 (SPEC §5.2), so
        # this branch depends on public values only.
        if reduced == 0 or self._encoding == _ZERO:
            return IDENTITY
        result = _Buffer()
        if _sodium_multiply(result, reduced.to_bytes(32, "little"), self._encoding):
            _impossible("multiply")
        return _point(result.raw)

    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Point):
            return NotImplemented
        return self._encoding == other._encoding

    def __hash__(self) -> int:
        return hash(self._encoding)

    def __repr__(self) -> str:
        return f"Point({self._encoding[:4].hex()}…)"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a point cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a point cannot be changed")

    def __copy__(self) -> "Point":
        return self

    def __deepcopy__(self, memo: object) -> "Point":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a point cannot be pickled; encode and decode it")


_new = Point.__new__
_set_encoding = Point.__dict__["_encoding"].__set__


def _point(encoding: bytes) -> Point:
    """Wrap 32 bytes that libsodium gave, or that were checked."""
    point = _new(Point)
    _set_encoding(point, encoding)
    return point


def trusted_point(encoding: bytes) -> Point:
    """Wrap 32 bytes that a backend for public data has checked or computed (:mod:`voting_core.public`).

    For those backends alone; a test looks who else calls this. Bytes from outside go through :func:`decode_point`.
    """
    return _point(encoding)


IDENTITY: Final = _point(_ZERO)
"""The identity, 32 zero bytes. It cannot be decoded."""


def decode_point(data: bytes, where: str) -> Point:
    """Decode a point from outside (SPEC §2.1).

    Raises:
        EncodingError: not 32 bytes, not below p (bit 255 included), odd, not an element, or the identity.
    """
    if len(data) != 32:
        raise EncodingError(where, f"a point has 32 bytes, not {len(data)}")
    if int.from_bytes(data, "little") >= P or data[0] & 1:
        raise EncodingError(where, "is not the canonical encoding of a point")
    if data == _ZERO:
        raise EncodingError(where, "is the identity")
    encoding = bytes(data)
    if _sodium_is_valid(encoding) != 1:
        raise EncodingError(where, "is not a point of the group")
    return _point(encoding)


def decode_points(data: bytes, count: int, where: str) -> tuple[Point, ...]:
    """Decode a run of exactly ``count`` points from outside; messages count them from 1.

    Raises:
        EncodingError: the length is another, or a point is not valid.
    """
    if len(data) != 32 * count:
        raise EncodingError(where, f"a run of {count} points has {32 * count} bytes, not {len(data)}")
    return tuple(decode_point(data[32 * i : 32 * i + 32], f"{where}, point {i + 1}") for i in range(count))


def decode_scalar(data: bytes, where: str) -> int:
    """Decode a scalar from outside (SPEC §2.1).

    Raises:
        EncodingError: not 32 bytes, or not below q.
    """
    if len(data) != 32:
        raise EncodingError(where, f"a scalar has 32 bytes, not {len(data)}")
    scalar = int.from_bytes(data, "little")
    if scalar >= Q:
        raise EncodingError(where, "is not below the group order")
    return scalar


def decode_scalars(data: bytes, names: Sequence[str], where: str) -> tuple[int, ...]:
    """Decode one scalar for each name from exactly so many bytes (SPEC §2.1).

    Raises:
        EncodingError: a scalar is not below q; the place is ``where`` with its name.
    """
    if len(data) != 32 * len(names):
        raise ValueError("a scalar has 32 bytes")
    scalars = tuple([int.from_bytes(data[at : at + 32], "little") for at in range(0, len(data), 32)])
    if scalars and max(scalars) >= Q:
        bad = next(number for number, scalar in enumerate(scalars) if scalar >= Q)
        raise EncodingError(f"{where}, {names[bad]}", "is not below the group order")
    return scalars


def encode_scalar(scalar: int) -> bytes:
    """Encode a scalar in [0, q) as 32 bytes, little-endian (SPEC §2.1)."""
    if not 0 <= scalar < Q:
        raise ValueError("a scalar is an integer from 0 to q - 1")
    return scalar.to_bytes(32, "little")


def base_mul(scalar: int) -> Point:
    """Give g^scalar; the scalar is reduced mod q."""
    reduced = scalar % Q
    if reduced == 0:
        return IDENTITY
    result = _Buffer()
    if _sodium_multiply_base(result, reduced.to_bytes(32, "little")):
        _impossible("multiply")
    return _point(result.raw)


BASE: Final = base_mul(1)
"""The generator g."""


def select(bit: int, point: Point) -> Point:
    """Give point^bit for a secret bit of 0 or 1, without a branch or an index that depends on it.

    The encoding is multiplied as an integer; the identity is 32 zero bytes. Any other value of ``bit`` is the
    caller's mistake and gives no element of the group.
    """
    masked = int.from_bytes(point._encoding, "little") * (bit & 1)
    return _point(masked.to_bytes(32, "little"))


def multi_mul(scalars: Iterable[int], points: Iterable[Point]) -> Point:
    """Give the product of points_i^scalars_i; both have the same length. Scalars are reduced mod q."""
    total = _Buffer()
    term = _Buffer()
    for scalar, point in zip(scalars, points, strict=True):
        reduced = scalar % Q
        encoding = point._encoding
        # As in Point.__mul__: no secret scalar is 0.
        if reduced == 0 or encoding == _ZERO:
            continue
        if _sodium_multiply(term, reduced.to_bytes(32, "little"), encoding):
            _impossible("multiply")
        if _sodium_add(total, total, term):
            _impossible("add")
    return _point(total.raw)


def sum_points(points: Iterable[Point]) -> Point:
    """Give the product of the points; of none, the identity."""
    total = _Buffer()
    for point in points:
        if _sodium_add(total, total, point._encoding):
            _impossible("add")
    return _point(total.raw)


def point_from_uniform(data: bytes) -> Point:
    """Map 64 uniform bytes to a point (RFC 9496 §4.3.4)."""
    if len(data) != 64:
        raise ValueError("64 bytes are mapped to a point")
    result = _Buffer()
    if _sodium_from_hash(result, bytes(data)):
        _impossible("map")
    return _point(result.raw)
