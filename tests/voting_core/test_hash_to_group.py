"""Against the vectors of RFC 9380 and RFC 9497, and against the plain implementation in tests/support/oracle.py."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import oracle
from voting_core.group import encode_scalar
from voting_core.hash_to_group import expand_message_xmd, hash_to_point, hash_to_scalar

# RFC 9380, appendix K.3.
K3_DST = b"QUUX-V01-CS02-with-expander-SHA512-256"
K3 = [
    (b"", "6b9a7312411d92f921c6f68ca0b6380730a1a4d982c507211a90964c394179ba"),
    (b"abc", "0da749f12fbe5483eb066a5f595055679b976e93abe9be6f0f6318bce7aca8dc"),
    (b"abcdef0123456789", "087e45a86e2939ee8b91100af1583c4938e0f5fc6c9db4b107b83346bc967f58"),
    (
        b"",
        "41b037d1734a5f8df225dd8c7de38f851efdb45c372887be655212d07251b921b052b62eaed99b46f72f2ef4cc96bfaf"
        "254ebbbec091e1a3b9e4fb5e5b619d2e0c5414800a1d882b62bb5cd1778f098b8eb6cb399d5d9d18f5d5842cf5d13d7e"
        "b00a7cff859b605da678b318bd0e65ebff70bec88c753b159a805d2c89c55961",
    ),
]

# RFC 9497, appendix A.1.1: mode OPRF of ristretto255-SHA512.
CONTEXT = b"OPRFV1-\x00-ristretto255-SHA512"
SECRET_KEY = "5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e"
BLIND = int.from_bytes(bytes.fromhex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"), "little")
EVALUATIONS = [
    (
        b"\x00",
        "609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c",
        "7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e",
    ),
    (
        b"\x5a" * 17,
        "da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418",
        "b4cbf5a4f1eeda5a63ce7b77c7d23f461db3fcab0dd28e4e17cecb5c90d02c25",
    ),
]


@pytest.mark.parametrize(("message", "expected"), K3)
def test_expand_message_of_rfc_9380(message: bytes, expected: str) -> None:
    assert expand_message_xmd(message, K3_DST, len(expected) // 2).hex() == expected


def test_hash_to_scalar_of_rfc_9497() -> None:
    info = b"test key"
    message = b"\xa3" * 32 + len(info).to_bytes(2, "big") + info + b"\x00"
    scalar = hash_to_scalar(message, b"DeriveKeyPair" + CONTEXT)
    assert encode_scalar(scalar).hex() == SECRET_KEY


@pytest.mark.parametrize(("message", "blinded", "evaluated"), EVALUATIONS)
def test_hash_to_group_of_rfc_9497(message: bytes, blinded: str, evaluated: str) -> None:
    element = hash_to_point(message, b"HashToGroup-" + CONTEXT) * BLIND
    assert element.encode().hex() == blinded
    assert (element * int.from_bytes(bytes.fromhex(SECRET_KEY), "little")).encode().hex() == evaluated


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.binary(min_size=1, max_size=255))
def test_both_implementations_agree(message: bytes, dst: bytes) -> None:
    assert hash_to_scalar(message, dst) == oracle.hash_to_scalar(message, dst)
    assert hash_to_point(message, dst).encode() == oracle.encode(oracle.hash_to_group(message, dst))


@pytest.mark.parametrize(("dst", "length"), [(b"d" * 256, 64), (b"d", 0), (b"d", 255 * 64 + 1)])
def test_what_the_rfc_does_not_define_is_refused(dst: bytes, length: int) -> None:
    with pytest.raises(ValueError, match="255"):
        expand_message_xmd(b"", dst, length)
