"""Certificates of servers, and what they must be before one is served with."""

import datetime
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from api.pki.authority import (
    BACKDATE_SECONDS,
    Authority,
    PrivateKey,
    new_key,
    new_serial,
    permitted_domains,
)
from api.pki.hosts import host_texts, read_hosts
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret

SERVER_DAYS: Final = 397
"""A standing congress meets once a year: a certificate lasts from one session to the next, and a month. It is also the
most that browsers take from public authorities, so none of them will ever find ours too long."""

SOON_DAYS: Final = 30
"""From how many days before its end a certificate is said to end soon."""


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """A server's certificate and key, in PEM; the certificate's file holds the authority's as well."""

    certificate: x509.Certificate
    chain: bytes
    key: Secret[bytes]


def make_server_certificate(authority: Authority, hosts: tuple[str, ...], *, now: int, rng: Rng) -> ServerCertificate:
    """Sign a certificate for a server with a new key; `hosts` are the addresses and names it is reached by.

    Raises:
        InputError: a host is none, or the authority may not sign for it, or its own time is over.
    """
    names = read_hosts(hosts, permitted_domains(authority.certificate))
    begin, end = _time(now - BACKDATE_SECONDS), _time(now + SERVER_DAYS * 86_400)
    root = authority.certificate
    if not root.not_valid_before_utc <= _time(now) < root.not_valid_after_utc:
        raise InputError(
            "authority",
            f"it is valid from {root.not_valid_before_utc:%Y-%m-%d} to {root.not_valid_after_utc:%Y-%m-%d}, not now",
            "Set the clock of this machine, or make a new authority with plenum pki init",
        )
    key = new_key(rng)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_SUBJECT)
        .issuer_name(root.subject)
        .public_key(key.reveal().public_key())
        .serial_number(new_serial(rng))
        .not_valid_before(max(begin, root.not_valid_before_utc))
        .not_valid_after(min(end, root.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_USAGE, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.reveal().public_key()), critical=False)
        .add_extension(_issuer_identifier(root), critical=False)
        .sign(authority.key.reveal(), hashes.SHA256(), ecdsa_deterministic=True)
    )
    return ServerCertificate(certificate, pem(certificate) + pem(root), _key_pem(key))


def hosts_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """What a server's certificate is for."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return host_texts(names)


def read_chain(data: bytes, place: str) -> tuple[x509.Certificate, ...]:
    """Read the certificates of a PEM file, the server's first.

    Raises:
        InputError: it holds none, or something else.
    """
    try:
        return tuple(x509.load_pem_x509_certificates(data))
    except ValueError as error:
        raise InputError(place, "this is not a file of certificates (PEM)", "Give the tls.crt of plenum pki") from error


def check_usable(chain: tuple[x509.Certificate, ...], key: Secret[bytes], place: str, *, now: int) -> None:
    """Check that a server can be reached with this certificate and key now.

    Raises:
        InputError: the key is another one, the certificate's time has not come or is over, or it is for no host.
    """
    certificate = chain[0]
    if _public(key, place) != _public_bytes(certificate.public_key()):
        raise InputError(place, "the key is not that of the certificate", "Give tls.crt and tls.key of one plenum pki")
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begin <= _time(now) < end:
        raise InputError(
            place,
            f"the certificate is valid from {begin:%Y-%m-%d} to {end:%Y-%m-%d}, not now; no station would connect",
            "Set the clock of this machine, or run plenum pki renew",
        )
    if not hosts_of(certificate):
        raise InputError(place, "the certificate is for no address or name", "Make one with plenum pki server --host")


def authority_in(chain: tuple[x509.Certificate, ...]) -> x509.Certificate | None:
    """The authority's certificate in a server's file, if that one has signed the server's."""
    for root in chain[1:]:
        try:
            chain[0].verify_directly_issued_by(root)
        except (ValueError, TypeError, InvalidSignature):
            continue
        return root
    return None


def days_left(certificate: x509.Certificate, *, now: int) -> int:
    """Whole days until the certificate ends; negative when it has."""
    return (certificate.not_valid_after_utc - _time(now)).days


def pem(certificate: x509.Certificate) -> bytes:
    """A certificate as PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM)


_SUBJECT: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Plenum server")])
# Never an address or name: OpenSSL holds one that stands here against the limits on names, also where it is an address.

_USAGE: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def _issuer_identifier(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    own = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _key_pem(key: Secret[PrivateKey]) -> Secret[bytes]:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Secret(key.reveal().private_bytes(*form))


def _public(key: Secret[bytes], place: str) -> bytes:
    try:
        return _public_bytes(serialization.load_pem_private_key(key.reveal(), None).public_key())
    except (ValueError, TypeError):
        # The foreign error is left out: it could quote the key.
        raise InputError(place, "the key is not a private key without a passphrase (PEM)", "Give tls.key") from None


def _public_bytes(key: object) -> bytes:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return b""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _time(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
