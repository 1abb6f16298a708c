"""A station enrols once, and remembers what it got: where its server is, whom to trust, and as what it is known.

The file lies beside the station's keys (mode 0600). It is written before the code is used: a station whose
answer was lost asks again with the same token, and is answered the same.
"""

import ssl
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import httpx2

from ballots.qr.enrolment import (
    NO_AUTHORITY,
    TYPED_PLACE,
    EnrolmentCode,
    StationRole,
    decode_enrolment,
    read_typed_enrolment_code,
    typed_enrolment_code,
)
from kiosk.client import ServerClient, client_of
from kiosk.durable import make_directory, write_durably
from kiosk.trust import MAX_PEM_BYTES, digest_of, fetch_authority
from voting_core.codec import Fields, JsonObject, b64encode, canonical, hex32, parse_canonical
from voting_core.errors import EncodingError, InputError
from voting_core.params import MAX_TRUSTEES
from voting_core.rng import Rng
from voting_core.secret import Secret

FILE: Final = "enrolment.json"
"""The file's name in a scrutineer's directory; that of a kiosk is called after its key file."""

FORMAT: Final = "plenum-station-enrolment-1"
ROLES: Final = {StationRole.KIOSK: "kiosk", StationRole.SCRUTINEER: "scrutineer"}

_TOKEN_BYTES: Final = 32
_LONGEST_TYPED: Final = 40
"""Characters; whatever is longer is the digits of a QR code."""

_MAX_BYTES: Final = 2 * MAX_PEM_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a station remembers.

    `authority` is a certificate in PEM, empty without TLS. `name` is empty, and `number` 0, until the server answered.
    """

    role: StationRole
    server: str
    authority: bytes
    token: Secret[bytes]
    name: str = ""
    number: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether the server has answered."""
        return bool(self.name)

    def client(self) -> ServerClient:
        """A client of its server, which shows the token where the station asks to be let in."""
        return client_of(self.server, self.authority, token=Secret(self.token.reveal().hex()))


def read_enrolment(path: Path) -> Enrolment | None:
    """What a station remembers in this file; None when it never enrolled.

    Raises:
        InputError: the file is damaged, or others may read it.
    """
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        raise InputError(str(path), "other accounts of this machine may read it", f"Run: chmod 600 {path}")
    try:
        fields = Fields(parse_canonical(path.read_bytes(), "enrolment", _MAX_BYTES), "enrolment")
        fields.choice("format", (FORMAT,))
        role = StationRole(fields.integer("role", min(StationRole), max(StationRole)))
        read = Enrolment(
            role=role,
            server=fields.text("server"),
            authority=_pem(fields.b64("authority", None)),
            token=Secret(fields.hex("token", _TOKEN_BYTES)),
            name=fields.text("name"),
            number=fields.integer("number", 0, MAX_TRUSTEES),
        )
        fields.done()
    except EncodingError as error:
        raise InputError(
            str(path), "this is not what a station remembers of its enrolment", "Remove it, and enrol again"
        ) from error
    return read


def read_code(text: str, role: StationRole, server: str | None, authority: bytes) -> EnrolmentCode:
    """Read a code as it was scanned, or as it was typed; a typed one needs the server's address and authority besides.

    Raises:
        InputError: it is none, is of another role, or what a typed one needs is missing.
    """
    # Screens and paper show the digits in groups.
    stripped = "".join(text.split())
    if len(stripped) > _LONGEST_TYPED:
        code = decode_enrolment(stripped)
        if code.role is not role:
            raise InputError(
                TYPED_PLACE, f"it is for a station of another kind ({ROLES[code.role]})", "Ask for one of this kind"
            )
        return code
    secret = read_typed_enrolment_code(stripped)
    if server is None:
        raise InputError(
            TYPED_PLACE,
            "a typed code does not say where the server is",
            "Give --server and --ca as well, or scan the QR code",
        )
    digest = digest_of(authority, "--ca") if authority else NO_AUTHORITY
    address = httpx2.URL(server)
    return EnrolmentCode(role, secret, digest, address.netloc.decode("ascii"))


def enrol(path: Path, code: EnrolmentCode, authority: bytes, rng: Rng) -> Enrolment:
    """Use a code: pin the authority, remember the token, tell the server. Safe to be called again.

    `authority` is the certificate where a file gave it; otherwise it is fetched and compared.

    Raises:
        InputError: the server does not answer, or has no authority to show.
        FatalError: the server shows another authority than the code.
        Refused: the code is wrong, was used by another station, has expired or was revoked.
        Unreachable: the server gives no answer to the code.
    """
    make_directory(path.parent)
    if code.authority != NO_AUTHORITY and not authority:
        authority = fetch_authority(code.url, code.authority)
    known = read_enrolment(path)
    begun = Enrolment(role=code.role, server=code.url, authority=authority, token=Secret(rng.bytes(_TOKEN_BYTES)))
    if known is not None and not known.is_complete and known.server == begun.server:
        begun = replace(begun, token=known.token)
    _store(path, begun)
    client = begun.client()
    try:
        answer = client.claim(typed_enrolment_code(code.code), begun.token)
    finally:
        client.http.close()
    if answer.role != ROLES[code.role]:
        raise InputError(
            TYPED_PLACE, f"it is for a station of another kind ({answer.role})", "Ask for one of this kind"
        )
    enrolled = replace(begun, name=answer.name, number=answer.number)
    _store(path, enrolled)
    return enrolled


def _store(path: Path, enrolment: Enrolment) -> None:
    value: JsonObject = {
        "authority": b64encode(ssl.PEM_cert_to_DER_cert(enrolment.authority.decode("ascii")))
        if enrolment.authority
        else "",
        "format": FORMAT,
        "name": enrolment.name,
        "number": enrolment.number,
        "role": int(enrolment.role),
        "server": enrolment.server,
        "token": hex32(enrolment.token.reveal()),
    }
    write_durably(path, canonical(value))


def _pem(der: bytes) -> bytes:
    return ssl.DER_cert_to_PEM_cert(der).encode("ascii") if der else b""
