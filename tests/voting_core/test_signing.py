"""Strict Ed25519 (SPEC §3.6), with the vectors of RFC 8032 §7.1."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import edwards
from voting_core.errors import VerificationError
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing import check_key, verify_raw_signature, verify_signature
from voting_core.signing_key import SigningKey

# RFC 8032 §7.1: secret key, public key, message, signature of tests 1, 2, 3 and "SHA(abc)".
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
KEY = SigningKey.from_seed(Secret(bytes(range(32))))
GOOD = KEY.sign(Tag.ENTRY, b"message")


def refuse(key: bytes, message: bytes, signature: bytes, tag: Tag = Tag.ENTRY) -> str:
    with pytest.raises(VerificationError) as refused:
        verify_signature(key, tag, message, signature)
    assert refused.value.code == "V4.A"
    assert refused.value.culprits == (key.hex(),)
    return refused.value.message


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_rfc_8032_vectors(seed: str, public: str, message: str, signature: str) -> None:
    key = SigningKey.from_seed(Secret(bytes.fromhex(seed)))
    assert key.public.hex() == public
    assert key.sign_raw(bytes.fromhex(message)).hex() == signature
    verify_raw_signature(key.public, bytes.fromhex(message), bytes.fromhex(signature), "V4.A")
    check_key(key.public, "key")


def test_the_tag_is_part_of_what_is_signed() -> None:
    verify_signature(KEY.public, Tag.ENTRY, b"message", GOOD)
    refuse(KEY.public, b"message", GOOD, Tag.PROMISE)
    refuse(KEY.public, b"messagf", GOOD)
    with pytest.raises(VerificationError):
        verify_raw_signature(KEY.public, b"message", GOOD, "V4.A")


def test_the_code_of_a_raw_signature_is_the_callers() -> None:
    with pytest.raises(VerificationError) as refused:
        verify_raw_signature(KEY.public, b"message", GOOD, "V3.B")
    assert refused.value.code == "V3.B"


@given(st.integers(0, 511))
def test_one_bit_of_a_signature(bit: int) -> None:
    changed = bytearray(GOOD)
    changed[bit // 8] ^= 1 << bit % 8
    refuse(KEY.public, b"message", bytes(changed))


@given(st.integers(0, 255))
def test_one_bit_of_a_key(bit: int) -> None:
    changed = bytearray(KEY.public)
    changed[bit // 8] ^= 1 << bit % 8
    refuse(bytes(changed), b"message", GOOD)


@pytest.mark.parametrize("length", [0, 31, 32, 63, 65, 128])
def test_signatures_of_another_length(length: int) -> None:
    assert "64 bytes" in refuse(KEY.public, b"message", (GOOD + GOOD)[:length])


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_keys_of_another_length(length: int) -> None:
    key = (KEY.public * 2)[:length]
    assert "bytes" in refuse(key, b"message", GOOD)
    with pytest.raises(VerificationError) as refused:
        check_key(key, "author")
    assert refused.value.code == "V4.C"


def test_there_are_fourteen_encodings_of_the_eight_points() -> None:
    """Eight canonical ones, p + 0 and p + 1 with both signs where they exist, and two with x = 0 and sign 1."""
    encodings = edwards.torsion_encodings()
    assert len(encodings) == 14
    assert len({edwards.decode(encoding) for encoding in encodings}) == 8


@pytest.mark.parametrize("encoding", edwards.torsion_encodings(), ids=lambda encoding: encoding.hex()[:6])
def test_small_order_in_every_encoding(encoding: bytes) -> None:
    with pytest.raises(VerificationError) as refused:
        check_key(encoding, "author")
    assert refused.value.code == "V4.C"
    assert "author" in refused.value.message
    refuse(encoding, b"message", GOOD)
    assert "point R" in refuse(KEY.public, b"message", encoding + GOOD[32:])


@pytest.mark.parametrize("y", [edwards.P, edwards.P + 3, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_values_above_the_field(y: int, sign: int) -> None:
    encoding = (y | sign << 255).to_bytes(32, "little")
    with pytest.raises(VerificationError, match=r"V4\.C.*canonical"):
        check_key(encoding, "author")
    assert "canonical" in refuse(KEY.public, b"message", encoding + GOOD[32:])
    assert "canonical" in refuse(encoding, b"message", GOOD)


@pytest.mark.parametrize("factor", [1, 2, 7])
def test_s_above_the_group_order(factor: int) -> None:
    s = int.from_bytes(GOOD[32:], "little") + factor * edwards.ORDER
    assert "group order" in refuse(KEY.public, b"message", GOOD[:32] + s.to_bytes(32, "little"))


def test_s_equal_to_the_group_order() -> None:
    assert "group order" in refuse(KEY.public, b"message", GOOD[:32] + edwards.ORDER.to_bytes(32, "little"))


@given(st.binary(min_size=32, max_size=32))
def test_keys_are_points_of_the_curve(encoding: bytes) -> None:
    """check_key takes exactly what the plain arithmetic of the tests decodes."""
    point = edwards.decode(encoding)
    strict = point is not None and edwards.encode(point) == encoding and edwards.multiply(8, point) != edwards.ZERO
    try:
        check_key(encoding, "key")
        assert strict
    except VerificationError:
        assert not strict


def test_a_key_off_the_curve_never_verifies() -> None:
    off = next(y for y in range(2, 50) if edwards.decode(y.to_bytes(32, "little")) is None)
    with pytest.raises(VerificationError, match="curve"):
        check_key(off.to_bytes(32, "little"), "key")
    refuse(off.to_bytes(32, "little"), b"message", GOOD)
