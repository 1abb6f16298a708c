"""Ciphertexts of exponential ElGamal (SPEC §5.1): what everyone may do with them.

Encrypting is in :mod:`voting_core.prove.encrypt`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from voting_core.errors import VerificationError
from voting_core.group import Point, decode_point, trusted_point


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """Enc(p; r) = (g^r, K^r · g^p) = (pad, data), written (A, B) in the specification.

    Ciphertexts add: the sum encrypts the sum.
    """

    pad: Point
    data: Point

    def encode(self) -> bytes:
        """Give A ‖ B, 64 bytes."""
        return self.pad.encode() + self.data.encode()

    def __add__(self, other: "Ciphertext") -> "Ciphertext":
        return Ciphertext(self.pad + other.pad, self.data + other.data)


class EncodedCiphertexts(Sequence[Ciphertext]):
    """Ciphertexts that were decoded already, as one run of bytes; each is made when somebody looks at it.

    For backends of :mod:`voting_core.public`, which know that the bytes are valid. They may go to another process of
    the program, which then need not decode them again.
    """

    __slots__ = ("encoding",)

    def __init__(self, encoding: bytes) -> None:
        self.encoding = encoding

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EncodedCiphertexts):
            return NotImplemented
        return self.encoding == other.encoding

    def __hash__(self) -> int:
        return hash(self.encoding)

    def __len__(self) -> int:
        return len(self.encoding) // 64

    @overload
    def __getitem__(self, index: int) -> Ciphertext: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Ciphertext, ...]: ...

    def __getitem__(self, index: int | slice) -> Ciphertext | tuple[Ciphertext, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        at = 64 * range(len(self))[index]
        pad, data = self.encoding[at : at + 32], self.encoding[at + 32 : at + 64]
        return Ciphertext(trusted_point(pad), trusted_point(data))

    def __iter__(self) -> Iterator[Ciphertext]:
        return (self[number] for number in range(len(self)))


def decode_ciphertexts(data: bytes, count: int, where: str) -> tuple[Ciphertext, ...]:
    """Decode A_1 ‖ B_1 ‖ A_2 ‖ … of ``count`` ciphertexts.

    Raises:
        VerificationError: V8.C, the bytes are not those of ``count`` ciphertexts.
        EncodingError: a point is not valid; the place says which.
    """
    check_length(data, count, where)
    return tuple(
        Ciphertext(
            decode_point(data[64 * j : 64 * j + 32], f"{where}, A_{j + 1}"),
            decode_point(data[64 * j + 32 : 64 * j + 64], f"{where}, B_{j + 1}"),
        )
        for j in range(count)
    )


def check_length(data: bytes, count: int, where: str) -> None:
    """Check that bytes can be those of ``count`` ciphertexts.

    Raises:
        VerificationError: V8.C, they have another length.
    """
    if len(data) != 64 * count:
        raise VerificationError("V8.C", f"{where}: {count} ciphertexts have {64 * count} bytes, not {len(data)}")


def encode_ciphertexts(ciphertexts: Sequence[Ciphertext]) -> bytes:
    """Give A_1 ‖ B_1 ‖ A_2 ‖ …"""
    if isinstance(ciphertexts, EncodedCiphertexts):
        return ciphertexts.encoding
    return b"".join([ciphertext.encode() for ciphertext in ciphertexts])
