"""The folder of an authority, and the files of a server's certificate.

    DIR/ca.crt            the authority's certificate: public, goes into browsers and stations
    DIR/ca.key.json       its key, sealed under a passphrase (the form of every key file)
    DIR/issued/*.crt      what it has signed, by serial number
    OUT/tls.crt           a server's certificate with the authority's
    OUT/tls.key           the server's key, mode 0600: a server starts by itself

The folder belongs on a stick that lies in a drawer, not on the server: a server's key can be replaced.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509

from api.pki.authority import Authority, key_bytes, read_key
from api.pki.server import ServerCertificate, pem, read_chain
from api.private_file import write_private
from voting_core.errors import EncodingError, InputError, SealedError
from voting_core.keyfile import decrypt_keyfile, encrypt_keyfile
from voting_core.rng import Rng
from voting_core.secret import Secret

AUTHORITY_CERTIFICATE: Final = "ca.crt"
AUTHORITY_KEY: Final = "ca.key.json"
ISSUED: Final = "issued"
SERVER_CERTIFICATE: Final = "tls.crt"
SERVER_KEY: Final = "tls.key"
MAX_PEM_BYTES: Final = 100_000
"""A file with a server's certificate and its authority's has 2,000."""


@dataclass(frozen=True, slots=True)
class AuthorityFolder:
    """The folder of one authority."""

    path: Path

    def create(self, authority: Authority, passphrase: Secret[str], rng: Rng) -> None:
        """Store a new authority.

        Raises:
            InputError: there is one already, the passphrase is too short, or the disk refuses.
        """
        sealed = encrypt_keyfile(key_bytes(authority.key).reveal(), passphrase, rng)
        for name in (AUTHORITY_CERTIFICATE, AUTHORITY_KEY):
            if (self.path / name).exists():
                raise InputError(str(self.path / name), "there is an authority already", "Name another folder")
        make_folder(self.path / ISSUED)
        write_private(self.path / AUTHORITY_KEY, sealed)
        write_public(self.path / AUTHORITY_CERTIFICATE, pem(authority.certificate))

    def certificate(self) -> x509.Certificate:
        """The authority's certificate.

        Raises:
            InputError: there is none.
        """
        return read_certificates(self.path / AUTHORITY_CERTIFICATE)[0]

    def open(self, passphrase: Secret[str]) -> Authority:
        """The authority with its key.

        Raises:
            InputError: it is missing or damaged, or the passphrase is wrong.
        """
        path = self.path / AUTHORITY_KEY
        certificate = self.certificate()
        try:
            key = read_key(decrypt_keyfile(_read(path), passphrase))
        except SealedError as error:
            raise InputError(str(path), "the passphrase is wrong, or the file was changed", "Type it again") from error
        except EncodingError as error:
            raise InputError(str(path), f"this is not a key file ({error})", "Restore it from the backup") from error
        if key.reveal().public_key() != certificate.public_key():
            raise InputError(str(path), "this key is not that of ca.crt", "Restore both from one backup")
        return Authority(certificate, key)

    def note(self, certificate: x509.Certificate) -> None:
        """Keep a copy of what was signed."""
        make_folder(self.path / ISSUED)
        write_public(self.path / ISSUED / f"{certificate.serial_number:032x}.crt", pem(certificate))

    def issued(self) -> tuple[x509.Certificate, ...]:
        """What was signed, the earliest first."""
        found = [read_certificates(path)[0] for path in sorted((self.path / ISSUED).glob("*.crt"))]
        return tuple(sorted(found, key=lambda item: (item.not_valid_before_utc, item.serial_number)))


def store_server(folder: Path, made: ServerCertificate, *, replace: bool) -> None:
    """Store a server's certificate and key; with `replace` in place of those that are there.

    Raises:
        InputError: they are there and are not to be replaced, or the disk refuses.
    """
    make_folder(folder)
    pairs = ((SERVER_KEY, made.key.reveal(), write_private), (SERVER_CERTIFICATE, made.chain, write_public))
    for name, _, _ in pairs:
        if (folder / name).exists() and not replace:
            raise InputError(str(folder / name), "is there already", "Run plenum pki renew, or name another folder")
    for name, data, write in pairs:
        draft = folder / f"{name}.new"
        draft.unlink(missing_ok=True)
        write(draft, data)
    # A crash between the two leaves a key of another certificate: the server says so, and renewing again mends it.
    for name, _, _ in pairs:
        (folder / f"{name}.new").replace(folder / name)


def read_certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """Read a file of certificates.

    Raises:
        InputError: it is missing, or something else.
    """
    return read_chain(_read(path), str(path))


def write_public(path: Path, data: bytes) -> None:
    """Write a file that everybody may read, durably. It must not exist yet.

    Raises:
        FileExistsError: it exists.
        InputError: the disk is full or fails.
    """
    write_private(path, data)
    path.chmod(0o644)


def make_folder(path: Path) -> None:
    """Make a folder that nobody else may enter.

    Raises:
        InputError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise InputError(str(path), f"the folder cannot be made ({error.strerror})", "Name another folder") from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PEM_BYTES + 1)
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror})", "Name the folder that plenum pki init made"
        ) from error
    if len(data) > MAX_PEM_BYTES:
        raise InputError(str(path), f"has more than {MAX_PEM_BYTES} bytes", f"Give the file {os.path.basename(path)}")
    return data
