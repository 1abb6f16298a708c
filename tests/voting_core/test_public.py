"""libsodium as a backend: what it keeps and gives back. tests/voting_core/fast compares the other one with it."""

import pickle

import pytest

from voting_core.elgamal import Ciphertext, encode_ciphertexts
from voting_core.errors import EncodingError
from voting_core.group import BASE, IDENTITY, base_mul, multi_mul
from voting_core.public import SODIUM

POINTS = [base_mul(number) for number in range(2, 8)]
RUN = tuple(Ciphertext(a, b) for a, b in zip(POINTS[::2], POINTS[1::2], strict=True))


def test_decoding_names_the_point() -> None:
    assert SODIUM.decode_points(BASE.encode() + POINTS[0].encode(), ("P", "Q"), "ballot") == (BASE, POINTS[0])
    with pytest.raises(EncodingError, match="ballot, Q: is the identity"):
        SODIUM.decode_points(BASE.encode() + bytes(32), ("P", "Q"), "ballot")
    assert tuple(SODIUM.decode_ciphertexts(encode_ciphertexts(RUN), 3, "ballot")) == RUN


def test_a_product_of_parts() -> None:
    parts = [SODIUM.weigh((1, 2, 3, 4), POINTS[:2], RUN[:1]), SODIUM.weigh((5,), (BASE,), ())]
    expected = multi_mul((1, 2, 3, 4), (*POINTS[:2], *POINTS[:2])) + base_mul(5 + 7)
    assert SODIUM.product(parts, (7,), (BASE,)) == expected
    assert SODIUM.product((), (), ()) == IDENTITY


def test_ciphertexts_go_to_another_process() -> None:
    decoded = SODIUM.decode_ciphertexts(encode_ciphertexts(RUN), 3, "ballot")
    again = pickle.loads(pickle.dumps(decoded))  # noqa: S301  # our own bytes
    assert again == decoded
    assert hash(again) == hash(decoded)
    assert again != RUN
    assert tuple(again) == RUN
    assert (again[0], again[-1], again[1:], len(again)) == (RUN[0], RUN[-1], RUN[1:], 3)
    with pytest.raises(IndexError):
        again[3]
    assert encode_ciphertexts(again) == encode_ciphertexts(RUN)
    assert SODIUM.add(again, RUN) == tuple(one + one for one in RUN)
