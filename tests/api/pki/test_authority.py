"""The authority's certificate."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from api.pki import authority
from api.pki.authority import (
    AUTHORITY_DAYS,
    fingerprint,
    key_bytes,
    make_authority,
    new_key,
    new_serial,
    permitted_domains,
    read_key,
)
from api.pki.hosts import DOMAINS
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

NOW = 1_796_000_000


def test_it_is_limited_in_every_way() -> None:
    made = make_authority("清岚县", ("qinglan.example",), now=NOW, rng=SeededRng(1)).certificate
    made.verify_directly_issued_by(made)
    basic = made.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    limits = made.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert permitted_domains(made) == (*DOMAINS, "qinglan.example")
    usage = made.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.key_cert_sign
    assert not usage.value.digital_signature
    days = (made.not_valid_after_utc - datetime.datetime.fromtimestamp(NOW, datetime.UTC)).days
    assert days == AUTHORITY_DAYS
    assert isinstance(made.public_key(), ec.EllipticCurvePublicKey)


def test_the_same_values_give_the_same_bytes() -> None:
    one, other = (make_authority("甲", (), now=NOW, rng=SeededRng(1)) for _ in range(2))
    assert one.certificate == other.certificate
    assert fingerprint(one.certificate) == fingerprint(other.certificate)
    assert make_authority("甲", (), now=NOW, rng=SeededRng(2)).certificate != one.certificate


@pytest.mark.parametrize("title", ["", "x" * 41, "a\nb", " a"])
def test_a_title_that_is_none_is_refused(title: str) -> None:
    with pytest.raises(InputError, match="printable"):
        make_authority(title, (), now=NOW, rng=SeededRng(1))


def test_a_key_is_never_zero_nor_the_order() -> None:
    class Fixed:
        def __init__(self, value: int) -> None:
            self.value = value

        def bytes(self, n: int) -> bytes:
            return self.value.to_bytes(n, "big")

    order = authority._ORDER
    for value, scalar in ((0, 1), (order - 2, order - 1), (order - 1, 1)):
        assert new_key(Fixed(value)).reveal().private_numbers().private_value == scalar
    assert new_serial(Fixed(0)) == 1


def test_a_key_is_read_back_and_nothing_else() -> None:
    key = new_key(SeededRng(1))
    again = read_key(key_bytes(key))
    assert again.reveal().private_numbers() == key.reveal().private_numbers()
    other = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    foreign = other.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    p384 = ec.derive_private_key(5, ec.SECP384R1()).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    for data in (b"", b"junk", foreign, p384):
        with pytest.raises(InputError, match="not the key of an authority"):
            read_key(Secret(data))
