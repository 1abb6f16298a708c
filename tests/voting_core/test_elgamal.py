import pytest

from tests.support.seeded_rng import SeededRng
from voting_core.elgamal import Ciphertext, decode_ciphertexts, encode_ciphertexts
from voting_core.errors import EncodingError, VerificationError
from voting_core.group import BASE, base_mul
from voting_core.prove.encrypt import encrypt
from voting_core.rng import random_scalar

RNG = SeededRng("elgamal")
SECRET = random_scalar(RNG)
KEY = base_mul(SECRET)
THREE = tuple(encrypt(KEY, plaintext, random_scalar(RNG)) for plaintext in (0, 1, 5))


def test_the_bytes_are_pad_and_data() -> None:
    one = THREE[0]
    assert one.encode() == one.pad.encode() + one.data.encode()
    assert decode_ciphertexts(encode_ciphertexts(THREE), 3, "ballot") == THREE


def test_the_sum_encrypts_the_sum() -> None:
    total = THREE[0] + THREE[1] + THREE[2]
    assert total.data - total.pad * SECRET == BASE * 6


@pytest.mark.parametrize("length", [0, 63, 64 * 3 - 1, 64 * 3 + 1, 64 * 4])
def test_another_length_is_v8c(length: int) -> None:
    data = (encode_ciphertexts(THREE) + THREE[0].encode())[:length]
    with pytest.raises(VerificationError, match=r"V8\.C: ballot: 3 ciphertexts have 192 bytes"):
        decode_ciphertexts(data, 3, "ballot")


def test_a_bad_point_is_named() -> None:
    data = bytearray(encode_ciphertexts(THREE))
    data[64 + 63] ^= 0x80
    with pytest.raises(EncodingError) as caught:
        decode_ciphertexts(bytes(data), 3, "ballot")
    assert caught.value.where == "ballot, B_2"


def test_no_ciphertexts() -> None:
    assert decode_ciphertexts(b"", 0, "ballot") == ()
    assert encode_ciphertexts(()) == b""


def test_a_ciphertext_is_frozen() -> None:
    with pytest.raises(AttributeError):
        THREE[0].pad = BASE  # type: ignore[misc]  # the point of the test
    assert Ciphertext(THREE[0].pad, THREE[0].data) == THREE[0]
