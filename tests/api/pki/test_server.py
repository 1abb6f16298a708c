"""Certificates of servers."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from api.pki.authority import AUTHORITY_DAYS, Authority, make_authority, new_key
from api.pki.server import (
    SERVER_DAYS,
    authority_in,
    check_usable,
    days_left,
    hosts_of,
    make_server_certificate,
    pem,
    read_chain,
)
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

NOW = 1_796_000_000
DAY = 86_400
HOSTS = ("10.0.0.1", "vote.lan")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_authority("清岚县", (), now=NOW, rng=SeededRng(1))


def test_a_certificate_is_for_its_hosts_and_for_servers_alone(authority: Authority) -> None:
    made = make_server_certificate(authority, HOSTS, now=NOW, rng=SeededRng(2))
    made.certificate.verify_directly_issued_by(authority.certificate)
    assert hosts_of(made.certificate) == HOSTS
    extensions = made.certificate.extensions
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.SERVER_AUTH]
    chain = read_chain(made.chain, "tls.crt")
    assert chain == (made.certificate, authority.certificate)
    assert authority_in(chain) == authority.certificate
    check_usable(chain, made.key, "tls.crt", now=NOW)
    assert days_left(made.certificate, now=NOW) == SERVER_DAYS


def test_no_certificate_outlives_its_authority(authority: Authority) -> None:
    late = NOW + (AUTHORITY_DAYS - 10) * DAY
    made = make_server_certificate(authority, HOSTS, now=late, rng=SeededRng(2))
    assert made.certificate.not_valid_after_utc == authority.certificate.not_valid_after_utc
    for now in (NOW + AUTHORITY_DAYS * DAY, NOW - 2 * DAY):
        with pytest.raises(InputError, match="not now"):
            make_server_certificate(authority, HOSTS, now=now, rng=SeededRng(2))


def test_a_name_it_may_not_sign_for_is_refused(authority: Authority) -> None:
    with pytest.raises(InputError, match="may not sign"):
        make_server_certificate(authority, ("bank.com",), now=NOW, rng=SeededRng(2))


def test_what_no_station_would_take_is_not_served_with(authority: Authority) -> None:
    made = make_server_certificate(authority, HOSTS, now=NOW, rng=SeededRng(2))
    chain = read_chain(made.chain, "tls.crt")
    for now in (NOW - 2 * DAY, NOW + SERVER_DAYS * DAY):
        with pytest.raises(InputError, match="not now"):
            check_usable(chain, made.key, "tls.crt", now=now)
    other = make_server_certificate(authority, HOSTS, now=NOW, rng=SeededRng(3))
    with pytest.raises(InputError, match="not that of the certificate"):
        check_usable(chain, other.key, "tls.crt", now=NOW)
    for key in (b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
        with pytest.raises(InputError, match="not a private key") as refused:
            check_usable(chain, Secret(key), "tls.crt", now=NOW)
        assert "AAAA" not in str(refused.value)
    secret = new_key(SeededRng(1)).reveal()
    root_key = Secret(secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(InputError, match="for no address"):
        check_usable((authority.certificate,), root_key, "tls.crt", now=NOW)


def test_a_stranger_in_the_file_is_not_the_authority(authority: Authority) -> None:
    made = make_server_certificate(authority, HOSTS, now=NOW, rng=SeededRng(2))
    stranger = make_authority("清岚县", (), now=NOW, rng=SeededRng(9))
    assert authority_in((made.certificate, stranger.certificate)) is None
    assert authority_in((made.certificate,)) is None
    assert authority_in((made.certificate, stranger.certificate, authority.certificate)) == authority.certificate
    forged = replace(authority, key=stranger.key)
    false = make_server_certificate(forged, HOSTS, now=NOW, rng=SeededRng(2))
    assert authority_in((false.certificate, authority.certificate)) is None


@pytest.mark.parametrize("data", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_of_something_else_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="this is not a file of certificates"):
        read_chain(data, "tls.crt")


def test_pem_is_read_back(authority: Authority) -> None:
    assert read_chain(pem(authority.certificate), "x") == (authority.certificate,)
