"""Ciphertexts of exponential ElGamal (SPEC §5.1): what everyone may do with them.

Encrypting is in :mod:`voting_core.prove.encrypt`.
"""

from dataclasses import dataclass

from voting_core.errors import VerificationError
from voting_core.group import Point, decode_point


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


def decode_ciphertexts(data: bytes, count: int, where: str) -> tuple[Ciphertext, ...]:
    """Decode A_1 ‖ B_1 ‖ A_2 ‖ … of ``count`` ciphertexts.

    Raises:
        VerificationError: V8.C, the bytes are not those of ``count`` ciphertexts.
        EncodingError: a point is not valid; the place says which.
    """
    if len(data) != 64 * count:
        raise VerificationError("V8.C", f"{where}: {count} ciphertexts have {64 * count} bytes, not {len(data)}")
    return tuple(
        Ciphertext(
            decode_point(data[64 * j : 64 * j + 32], f"{where}, A_{j + 1}"),
            decode_point(data[64 * j + 32 : 64 * j + 64], f"{where}, B_{j + 1}"),
        )
        for j in range(count)
    )


def encode_ciphertexts(ciphertexts: tuple[Ciphertext, ...]) -> bytes:
    """Give A_1 ‖ B_1 ‖ A_2 ‖ …"""
    return b"".join(ciphertext.encode() for ciphertext in ciphertexts)
