"""How the server speaks TLS: which files, and nothing older than TLS 1.2.

A server that others can reach over the network speaks TLS or does not start: officials type passwords into its pages.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509

from api.pki.server import authority_in, check_usable, days_left, hosts_of, pem
from api.pki_files import SERVER_CERTIFICATE, SERVER_KEY, read_certificates
from api.private_file import read_private
from ballots.qr.enrolment import is_this_machine
from voting_core.errors import InputError
from voting_core.secret import Secret

CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption, nothing else. TLS 1.3 has no other."""


@dataclass(frozen=True, slots=True)
class Tls:
    """A server's certificate and key, in files that were found usable."""

    certificate_file: Path
    key_file: Path
    hosts: tuple[str, ...]
    authority: bytes | None
    """The authority's certificate in PEM, if it is in the server's file: stations fetch it from the server."""

    days_left: int

    def context(self) -> ssl.SSLContext:
        """The settings of every connection."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(CIPHERS)
        context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_TICKET
        context.load_cert_chain(self.certificate_file, self.key_file)
        return context


def find_tls(directory: Path, certificate: Path | None, key: Path | None, *, now: int) -> Tls | None:
    """The certificate that was named, or the one in the data directory; None when there is none.

    Raises:
        InputError: one of the two is missing, damaged, open to others, of another pair, or not valid now.
    """
    if (certificate is None) != (key is None):
        raise InputError("--tls-cert, --tls-key", "only one of the two was given", "Give both, or neither")
    if certificate is None or key is None:
        certificate, key = directory / SERVER_CERTIFICATE, directory / SERVER_KEY
        if not certificate.exists() and not key.exists():
            return None
    chain = read_certificates(certificate)
    check_usable(chain, Secret(read_private(key)), str(certificate), now=now)
    return Tls(certificate, key, hosts_of(chain[0]), _authority(chain), days_left(chain[0], now=now))


def check_reach(host: str, tls: Tls | None) -> None:
    """Check that a server without TLS can be reached from its own machine alone.

    Raises:
        InputError: others could reach it.
    """
    if tls is None and not is_this_machine(host):
        raise InputError(
            f"--host {host}",
            "other machines could read what is sent to it, passwords included",
            "Make a certificate with plenum pki server, or listen on 127.0.0.1",
        )


def public_address(host: str, port: int, tls: Tls | None) -> str:
    """Where stations reach the server, as `host:port`: the address it listens on, or the certificate's first."""
    wildcard = host in ("0.0.0.0", "::", "")  # noqa: S104 - compared, not listened on
    name = tls.hosts[0] if tls is not None and (wildcard or host not in tls.hosts) else host
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _authority(chain: tuple[x509.Certificate, ...]) -> bytes | None:
    root = authority_in(chain)
    return None if root is None else pem(root)
