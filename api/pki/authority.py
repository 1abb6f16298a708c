"""The authority: a key on P-256 and its certificate, signed by itself.

* P-256 and not Ed25519, because browsers take no Ed25519 certificates. Signatures are deterministic (RFC 6979), so no
  chance is needed when a certificate is signed.
* `pathlen:0`: what it signs can sign nothing further. Name constraints: see :mod:`api.pki.hosts`.
"""

import datetime
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.pki.hosts import permitted
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret

AUTHORITY_DAYS: Final = 6 * 366
"""A congress serves five years; the sixth is for handing over to the next one's authority without haste."""

BACKDATE_SECONDS: Final = 86_400
"""Certificates begin a day early: machines without a network keep time badly, and no station may refuse a new one."""

MAX_TITLE: Final = 40
"""Characters of an authority's name; X.509 gives a common name 64 and ours begins with `Plenum `."""

_SERIAL_BYTES: Final = 16
_SEED_BYTES: Final = 48
"""A scalar is drawn from half as many bytes more than the order has, so that its bias is below 2^-128."""

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (SEC 2, §2.4.2)."""

_USAGE: Final = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)

PrivateKey = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority's certificate, with the key that signs."""

    certificate: x509.Certificate
    key: Secret[PrivateKey]


def make_authority(title: str, domains: tuple[str, ...], *, now: int, rng: Rng) -> Authority:
    """Make an authority; `domains` are ends of names besides the private ones, `now` is Unix seconds.

    Raises:
        InputError: the title is empty, too long, or has characters that no name has.
    """
    if not 1 <= len(title) <= MAX_TITLE or not title.isprintable() or title != title.strip():
        raise InputError("--name", f"it needs 1 to {MAX_TITLE} printable characters", "Give the county's name")
    key = new_key(rng)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Plenum {title}")])
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.reveal().public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.reveal().public_key())
        .serial_number(new_serial(rng))
        .not_valid_before(_time(now - BACKDATE_SECONDS))
        .not_valid_after(_time(now + AUTHORITY_DAYS * 86_400))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_USAGE, critical=True)
        .add_extension(x509.NameConstraints(permitted(domains), None), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key.reveal(), hashes.SHA256(), ecdsa_deterministic=True)
    )
    return Authority(certificate, key)


def permitted_domains(authority: x509.Certificate) -> tuple[str, ...]:
    """The ends of names that the authority's certificate allows."""
    names = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    return tuple(name.value for name in names if isinstance(name, x509.DNSName))


def fingerprint(certificate: x509.Certificate) -> bytes:
    """SHA-256 of a certificate."""
    return certificate.fingerprint(hashes.SHA256())


def new_key(rng: Rng) -> Secret[PrivateKey]:
    """Draw a key on P-256."""
    scalar = 1 + int.from_bytes(rng.bytes(_SEED_BYTES), "big") % (_ORDER - 1)
    return Secret(ec.derive_private_key(scalar, ec.SECP256R1()))


def new_serial(rng: Rng) -> int:
    """Draw the number of a certificate; a number nobody can guess, as browsers demand."""
    return int.from_bytes(rng.bytes(_SERIAL_BYTES), "big") | 1


def key_bytes(key: Secret[PrivateKey]) -> Secret[bytes]:
    """A key as PKCS #8."""
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Secret(key.reveal().private_bytes(*form))


def read_key(data: Secret[bytes]) -> Secret[PrivateKey]:
    """Read a key as :func:`key_bytes` gives it.

    Raises:
        InputError: it is no key on P-256.
    """
    try:
        key = serialization.load_der_private_key(data.reveal(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        # The foreign error is left out: it could quote the key.
        raise InputError("key", "this is not the key of an authority", "Restore it from the backup")
    return Secret(key)


def _time(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
