"""Sealed boxes (SPEC §6.4) against RFC 9180 A.2.1 and an HPKE that is written out from the RFC."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import plain_hpke
from tests.support.seeded_rng import SeededRng
from voting_core.errors import SealedError, VerificationError
from voting_core.sealing import (
    OVERHEAD_BYTES,
    check_sealing_key,
    generate_sealing_secret,
    open_box,
    public_of,
    seal,
)

# RFC 9180 A.2.1: base mode, first encryption.
RFC_SECRET = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
RFC_PUBLIC = bytes.fromhex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
RFC_EPHEMERAL = bytes.fromhex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600")
RFC_ENC = bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
RFC_INFO = b"Ode on a Grecian Urn"
RFC_AAD = b"Count-0"
RFC_PLAINTEXT = b"Beauty is truth, truth beauty"
RFC_CIPHERTEXT = bytes.fromhex(
    "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
)

SECRET = generate_sealing_secret(SeededRng("sealing")).reveal()
PUBLIC = public_of(SECRET)
INFO = b"info"
P = 2**255 - 19
LOW_ORDER = [
    0,
    1,
    P - 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
]
NOT_CANONICAL = [P, P + 1, P + 9, 2**255 - 1, 2**255, 2**255 + 9, 2**256 - 1]


def test_the_plain_hpke_of_the_tests_is_that_of_the_rfc() -> None:
    assert plain_hpke.seal(RFC_EPHEMERAL, RFC_PUBLIC, RFC_INFO, RFC_AAD, RFC_PLAINTEXT) == RFC_ENC + RFC_CIPHERTEXT
    assert plain_hpke.open_box(RFC_SECRET, RFC_INFO, RFC_AAD, RFC_ENC + RFC_CIPHERTEXT) == RFC_PLAINTEXT


def test_the_keys_of_the_rfc() -> None:
    assert public_of(RFC_SECRET) == RFC_PUBLIC
    assert public_of(RFC_EPHEMERAL) == RFC_ENC
    check_sealing_key(RFC_PUBLIC, "key")


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.binary(max_size=100))
def test_both_implementations_open_each_others_boxes(private: bytes, info: bytes, plaintext: bytes) -> None:
    box = seal(public_of(private), info, plaintext)
    assert len(box) == len(plaintext) + OVERHEAD_BYTES
    assert plain_hpke.open_box(private, info, b"", box) == plaintext
    assert (
        open_box(private, info, plain_hpke.seal(RFC_EPHEMERAL, public_of(private), info, b"", plaintext)) == plaintext
    )
    assert open_box(private, info, box) == plaintext


def refuse(secret: bytes, info: bytes, box: bytes) -> None:
    with pytest.raises(SealedError, match="does not open"):
        open_box(secret, info, box)


def test_a_share_makes_a_box_of_80_bytes() -> None:
    assert len(seal(PUBLIC, INFO, bytes(32))) == 80


def test_two_boxes_differ() -> None:
    assert seal(PUBLIC, INFO, b"same") != seal(PUBLIC, INFO, b"same")


@given(st.integers(0, 80 * 8 - 1))
def test_one_bit_of_a_box(bit: int) -> None:
    changed = bytearray(plain_hpke.seal(RFC_EPHEMERAL, PUBLIC, INFO, b"", bytes(32)))
    changed[bit // 8] ^= 1 << bit % 8
    refuse(SECRET, INFO, bytes(changed))


@given(st.binary(max_size=120))
def test_any_bytes_are_no_box(box: bytes) -> None:
    refuse(SECRET, INFO, box)


def test_another_key_info_or_length() -> None:
    box = seal(PUBLIC, INFO, b"share")
    refuse(RFC_SECRET, INFO, box)
    refuse(SECRET, b"other", box)
    refuse(SECRET, b"", box)
    refuse(SECRET, INFO, box[:-1])
    refuse(SECRET, INFO, box + b"\x00")
    refuse(b"short", INFO, box)
    refuse(SECRET, INFO, plain_hpke.seal(RFC_EPHEMERAL, PUBLIC, INFO, b"aad", b"share"))


@pytest.mark.parametrize("u", LOW_ORDER + NOT_CANONICAL)
def test_keys_that_are_refused(u: int) -> None:
    key = u.to_bytes(32, "little")
    with pytest.raises(VerificationError) as refused:
        check_sealing_key(key, "dkg.committed")
    assert refused.value.code == "V4.C"
    assert "dkg.committed" in refused.value.message
    with pytest.raises(VerificationError):
        seal(key, INFO, b"share")
    refuse(SECRET, INFO, key + bytes(48))


@pytest.mark.parametrize("u", LOW_ORDER)
def test_small_order_is_what_gives_a_shared_secret_of_zero(u: int) -> None:
    """X25519 of these points is 0 for every private key; the library refuses to give it."""
    with pytest.raises(ValueError, match="shared key"):
        plain_hpke.exchange(SECRET, u.to_bytes(32, "little"))


def test_a_box_whose_enc_is_not_canonical_is_refused() -> None:
    """X25519 ignores bit 255, so libraries may differ on such a box; here it never opens."""
    enc = bytearray(public_of(RFC_EPHEMERAL))
    enc[31] |= 0x80
    key, nonce = plain_hpke.key_schedule(plain_hpke.exchange(RFC_EPHEMERAL, PUBLIC), bytes(enc), PUBLIC, INFO)
    box = bytes(enc) + plain_hpke.ChaCha20Poly1305(key).encrypt(nonce, b"share", b"")
    assert plain_hpke.open_box(SECRET, INFO, b"", box) == b"share"
    refuse(SECRET, INFO, box)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_keys_of_another_length(length: int) -> None:
    with pytest.raises(VerificationError, match=r"V4\.C.*bytes"):
        check_sealing_key(bytes(length), "key")
    with pytest.raises(ValueError, match="32"):
        public_of(bytes(length))


def test_secrets_are_wrapped() -> None:
    assert repr(generate_sealing_secret(SeededRng("a"))) == "<redacted>"
    assert len(generate_sealing_secret(SeededRng("a")).reveal()) == 32
