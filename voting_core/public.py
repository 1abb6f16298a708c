"""Group operations on public data: what verifying and adding up ask of a backend (SPEC §2.1, §5.4).

Whatever is here is known to everybody: encodings from the log, challenges, weights of a batch. A backend may therefore
take different times for different values; nothing secret may ever reach one. :data:`SODIUM` is always there;
:mod:`voting_core.fast` is much faster where its packages are installed. Both give the same bytes and refuse the same
encodings with the same words.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from voting_core.elgamal import Ciphertext, EncodedCiphertexts, decode_ciphertexts
from voting_core.group import Point, decode_point, multi_mul, sum_points
from voting_core.signing import is_on_curve


class PublicGroup(Protocol):
    """A backend. What :meth:`weigh` gives is for the same backend alone; ciphertexts are for all."""

    @property
    def name(self) -> str:
        """The program behind it with its version, as reports name it."""

    def decode_points(self, data: bytes, names: Sequence[str], where: str) -> tuple[Point, ...]:
        """Decode one point for each name from exactly so many bytes.

        Raises:
            EncodingError: a point is not valid; the place is ``where`` with its name.
        """

    def decode_ciphertexts(self, data: bytes, count: int, where: str) -> Sequence[Ciphertext]:
        """Decode ciphertexts, as :func:`voting_core.elgamal.decode_ciphertexts`."""

    def add(self, left: Sequence[Ciphertext], right: Sequence[Ciphertext]) -> Sequence[Ciphertext]:
        """Add the ciphertexts of a ballot, ``right``, to a running sum or to those of another ballot."""

    def on_curve(self, key: bytes) -> bool:
        """Say whether a key of Ed25519, canonical and not of small order, is a point of the curve (SPEC §3.6)."""

    def weigh(self, scalars: Sequence[int], points: Sequence[Point], ciphertexts: Sequence[Ciphertext]) -> object:
        """Keep a part of a product: the points and then A_1, B_1, A_2, … raised to the scalars."""

    def product(self, parts: Sequence[object], scalars: Sequence[int], points: Sequence[Point]) -> Point:
        """Multiply kept parts, and further points raised to scalars."""


class Sodium:
    """libsodium: in constant time, so slower than public data need."""

    name: Final = "sodium"

    def decode_points(self, data: bytes, names: Sequence[str], where: str) -> tuple[Point, ...]:
        """Decode point by point."""
        if len(data) != 32 * len(names):
            raise ValueError("a point has 32 bytes")
        return tuple(decode_point(data[32 * i : 32 * i + 32], f"{where}, {name}") for i, name in enumerate(names))

    def decode_ciphertexts(self, data: bytes, count: int, where: str) -> Sequence[Ciphertext]:
        """Decode point by point."""
        decode_ciphertexts(data, count, where)
        return EncodedCiphertexts(bytes(data))

    def add(self, left: Sequence[Ciphertext], right: Sequence[Ciphertext]) -> Sequence[Ciphertext]:
        """Add point by point."""
        return tuple(a + b for a, b in zip(left, right, strict=True))

    def on_curve(self, key: bytes) -> bool:
        """By Python's integers: libsodium does not say."""
        return is_on_curve(key)

    def weigh(self, scalars: Sequence[int], points: Sequence[Point], ciphertexts: Sequence[Ciphertext]) -> object:
        """Multiply the part out at once, so that bisection need not do it again."""
        flat = [*points, *(point for each in ciphertexts for point in (each.pad, each.data))]
        return multi_mul(scalars, flat)

    def product(self, parts: Sequence[object], scalars: Sequence[int], points: Sequence[Point]) -> Point:
        """Multiply what was multiplied out."""
        own = [part for part in parts if isinstance(part, Point)]
        if len(own) != len(parts):
            raise TypeError("the parts of a product are those that weigh gave")
        return sum_points(own) + multi_mul(scalars, points)


SODIUM: Final = Sodium()
"""The backend that is always there."""
