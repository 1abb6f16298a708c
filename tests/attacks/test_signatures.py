"""What OpenSSL alone lets through, and SPEC §3.6 does not.

Each attack is first shown to work on the weak verifier, which is OpenSSL without our rules, so that the refusal of the
real one means something.
"""

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.support import edwards
from voting_core.errors import VerificationError
from voting_core.framing import frames
from voting_core.params import Tag
from voting_core.signing import check_key, verify_signature

IDENTITY = edwards.encode(edwards.ZERO)


def weak_verify(key: bytes, tag: Tag, message: bytes, signature: bytes) -> None:
    """OpenSSL and nothing else."""
    Ed25519PublicKey.from_public_bytes(key).verify(signature, frames(tag.raw, message))


def challenge(r: bytes, key: bytes, tag: Tag, message: bytes) -> int:
    data = r + key + frames(tag.raw, message)
    return int.from_bytes(hashlib.sha512(data).digest(), "little") % edwards.ORDER


def sign_with(scalar: int, key: bytes, r_scalar: int, r: bytes, message: bytes) -> bytes:
    """The equation of RFC 8032 §5.1.6 with every ingredient chosen by the attacker."""
    s = (r_scalar + challenge(r, key, Tag.ENTRY, message) * scalar) % edwards.ORDER
    return r + s.to_bytes(32, "little")


def refuse(key: bytes, message: bytes, signature: bytes) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_signature(key, Tag.ENTRY, message, signature)
    assert refused.value.code == "V4.A"


def test_the_identity_as_key_and_signature_is_good_for_every_message() -> None:
    signature = IDENTITY + bytes(32)
    for message in (b"contest.closed", b"credential.voided", b""):
        weak_verify(IDENTITY, Tag.ENTRY, message, signature)
        refuse(IDENTITY, message, signature)
    with pytest.raises(VerificationError, match=r"V4\.C"):
        check_key(IDENTITY, "credential")


def test_a_key_of_small_order_signs_without_a_secret() -> None:
    """Under a key of order 2, 4 or 8 a guess is right for one message in at most eight."""
    for point in edwards.torsion():
        key = edwards.encode(point)
        accepted = 0
        for number in range(64):
            message = b"message %d" % number
            signature = sign_with(0, key, 1, edwards.encode(edwards.BASE), message)
            refuse(key, message, signature)
            try:
                weak_verify(key, Tag.ENTRY, message, signature)
            except InvalidSignature:
                continue
            accepted += 1
        assert accepted >= 1


def test_a_point_r_of_small_order_from_the_owner_of_the_key() -> None:
    """The nonce 0 gives away the private scalar; no honest signer makes it."""
    scalar = 123456789
    key = edwards.encode(edwards.multiply(scalar, edwards.BASE))
    check_key(key, "key")
    signature = sign_with(scalar, key, 0, IDENTITY, b"message")
    weak_verify(key, Tag.ENTRY, b"message", signature)
    refuse(key, b"message", signature)


def test_a_second_encoding_of_the_identity() -> None:
    """Two spellings of one key would be two signers. OpenSSL takes keys that are not canonical."""
    second = (edwards.P + 1).to_bytes(32, "little")
    signature = IDENTITY + bytes(32)
    weak_verify(second, Tag.ENTRY, b"message", signature)
    refuse(second, b"message", signature)
    with pytest.raises(VerificationError, match=r"V4\.C.*canonical"):
        check_key(second, "key")


def test_minus_zero() -> None:
    """x = 0 with sign bit 1 is the identity again."""
    minus_zero = (1 | 1 << 255).to_bytes(32, "little")
    weak_verify(minus_zero, Tag.ENTRY, b"message", IDENTITY + bytes(32))
    refuse(minus_zero, b"message", IDENTITY + bytes(32))


def test_a_second_signature_from_the_first() -> None:
    """S + L solves the same equation: without rule 3 everybody could turn one signature into another."""
    scalar, r_scalar = 987654321, 555
    key = edwards.encode(edwards.multiply(scalar, edwards.BASE))
    r = edwards.encode(edwards.multiply(r_scalar, edwards.BASE))
    signature = sign_with(scalar, key, r_scalar, r, b"message")
    verify_signature(key, Tag.ENTRY, b"message", signature)
    s = int.from_bytes(signature[32:], "little") + edwards.ORDER
    left = edwards.multiply(s, edwards.BASE)
    key_part = edwards.multiply(challenge(r, key, Tag.ENTRY, b"message"), edwards.multiply(scalar, edwards.BASE))
    assert left == edwards.add(edwards.multiply(r_scalar, edwards.BASE), key_part)
    refuse(key, b"message", r + s.to_bytes(32, "little"))


def test_a_signature_for_one_purpose_is_none_for_another() -> None:
    scalar, r_scalar = 31337, 777
    key = edwards.encode(edwards.multiply(scalar, edwards.BASE))
    r = edwards.encode(edwards.multiply(r_scalar, edwards.BASE))
    signature = sign_with(scalar, key, r_scalar, r, b"message")
    verify_signature(key, Tag.ENTRY, b"message", signature)
    for tag in Tag:
        if tag is not Tag.ENTRY:
            with pytest.raises(VerificationError):
                verify_signature(key, tag, b"message", signature)


def test_the_boundary_between_tag_and_message_cannot_be_moved() -> None:
    """Without lengths, tag ‖ message could be split elsewhere; the frames say where the message begins."""
    scalar, r_scalar = 4242, 99
    key = edwards.encode(edwards.multiply(scalar, edwards.BASE))
    r = edwards.encode(edwards.multiply(r_scalar, edwards.BASE))
    framed = frames(Tag.ENTRY.raw, b"a" * 8)
    signature = sign_with(scalar, key, r_scalar, r, b"a" * 8)
    for message in (b"", b"a" * 7, framed, framed[len(Tag.ENTRY.raw) :], b"a" * 16):
        refuse(key, message, signature)
