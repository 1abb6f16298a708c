"""Which server a station believes it talks to.

A station trusts one certificate authority, that of its hall, and no other: neither those of its operating system nor
what the connection brings along. It has the authority's certificate from a file, or fetches it over a connection that
it does not trust and compares its SHA-256 with the one that a person typed or a code carried.
"""

import hashlib
import ssl
from pathlib import Path
from typing import Final

import httpx2

from ballots.authority_fingerprint import authority_fingerprint_text
from voting_core.errors import FatalError, InputError

AUTHORITY_PATH: Final = "/v1/authority"
MAX_PEM_BYTES: Final = 20_000
"""Bytes of a certificate; ours has 1,000."""

FETCH_SECONDS: Final = 10.0


def context_of(authority: bytes, place: str) -> ssl.SSLContext:
    """TLS 1.2 or newer, to servers whose certificate this authority (PEM) has signed, and to no others.

    Raises:
        InputError: it is no certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cadata=authority.decode("ascii"))
    except (ssl.SSLError, ValueError) as error:
        raise InputError(place, "this is not a certificate (PEM)", "Give the file ca.crt of plenum pki") from error
    return context


def digest_of(authority: bytes, place: str) -> bytes:
    """SHA-256 of a certificate in PEM.

    Raises:
        InputError: it is none.
    """
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority.decode("ascii").strip())).digest()
    except ValueError as error:
        raise InputError(place, "this is not a certificate (PEM)", "Give the file ca.crt of plenum pki") from error


def read_authority(path: Path) -> bytes:
    """The authority's certificate from a file.

    Raises:
        InputError: the file is missing, too large, or holds something else.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PEM_BYTES + 1)
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror})", "Give the file ca.crt of plenum pki"
        ) from error
    return _checked(data, str(path))


def fetch_authority(url: str, fingerprint: bytes, *, transport: httpx2.BaseTransport | None = None) -> bytes:
    """The authority's certificate from the server itself; nothing is believed but the fingerprint.

    `transport` is for tests.

    Raises:
        InputError: the server does not give one.
        FatalError: it gives another authority's: somebody stands between the station and the server.
    """
    transport = transport or httpx2.HTTPTransport(verify=unverified(), trust_env=False)
    try:
        with (
            httpx2.Client(transport=transport, trust_env=False, timeout=FETCH_SECONDS) as client,
            client.stream("GET", url + AUTHORITY_PATH) as answer,
        ):
            data = b""
            for part in answer.iter_bytes():
                data += part
                if len(data) > MAX_PEM_BYTES:
                    break
            status = answer.status_code
    except httpx2.TransportError as error:
        raise InputError(
            url, f"the server does not answer ({type(error).__name__})", "Check the address, the network and the server"
        ) from error
    if status != httpx2.codes.OK:
        raise InputError(url, "the server has no certificate authority to show", "Ask whoever set the server up")
    found = digest_of(_checked(data, url), url)
    if found != fingerprint:
        raise FatalError(
            f"the server at {url} shows the certificate authority {authority_fingerprint_text(found)}, expected is "
            f"{authority_fingerprint_text(fingerprint)}; somebody may stand between. Ask for a new code, and compare"
        )
    return data


def unverified() -> ssl.SSLContext:
    """For requests whose answer is compared with a fingerprint, or only shown. Nothing secret is sent with them."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _checked(data: bytes, place: str) -> bytes:
    if len(data) > MAX_PEM_BYTES:
        raise InputError(place, f"has more than {MAX_PEM_BYTES} bytes", "Give the file ca.crt of plenum pki")
    # One certificate and nothing else: what is trusted is exactly what was compared.
    if data.count(b"-----BEGIN") != 1:
        raise InputError(place, "this is not one certificate (PEM)", "Give the file ca.crt of plenum pki")
    context_of(data, place)
    return data
