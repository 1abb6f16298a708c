"""How kiosks and scrutineers' stations come to be known to the server before they ask to enter the log.

An official has a code made for a station, under the name (and, for a scrutineer, the number) that it is to have in the
log. The station reads it from the screen, learns from it where the server is and which authority to trust, chooses a
token and sends the code with it once. From then on the token stands for the station where it asks to be let in: a
proposal of a kiosk or trustee that nobody known to the log has signed is taken only with the token of a station of
that role, name and number, and binds the station to the key that it brings.

* The database has hashes of code and token.
* The token is sent with proposals and with nothing else, so that no ballot says which kiosk sent it.
* Ballots and entries need no token: they carry signatures of keys that two officials have let in.
* A rehearsal takes stations without one and marks them, unless it was told otherwise.
"""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from cryptography import x509

from api.errors import SaidError, UnauthorisedError
from api.pki.authority import fingerprint
from api.public_service import PublicService
from api.service import Service
from api.services.proposals import Proposal
from api.store.stations import (
    Station,
    add_station,
    bind_key,
    claim_station,
    read_enrolled,
    read_keys,
    read_stations,
    revoke_station,
)
from ballots.qr.enrolment import (
    CODE_BYTES,
    NO_AUTHORITY,
    EnrolmentCode,
    StationRole,
    encode_enrolment,
    is_this_machine,
    typed_enrolment_code,
)
from ballots.screen.words import Said
from tally.entries.ceremony import TrusteeJoined
from tally.entries.contests import KioskRegistered
from tally.entries.credentials import CredentialVoided
from tally.entries.entry_type import EntryType
from tally.entries.session import SessionCreated
from tally.state import State
from voting_core.codec import Fields, JsonObject
from voting_core.params import MAX_TRUSTEES
from voting_core.secret import Secret

CODE_SECONDS: Final = 30 * 60
"""How long a code is good: from the official's desk to a kiosk at the other end of the hall, with a station that has to
be started first; short enough that a photograph of the screen is of no use in the evening."""

MAX_STATION_NAME: Final = 100
"""Characters of a kiosk's or scrutineer's name."""

_ID_BYTES: Final = 16
_KEY_FIELDS: Final = {EntryType.KIOSK_REGISTERED.value: "kiosk", EntryType.TRUSTEE_JOINED.value: "signing_key"}
_TOKEN: Final = re.compile("[0-9a-f]{64}")

NAME: Final = Said(
    f"名称须为 1 至 {MAX_STATION_NAME} 个可见字符",
    f"A station's name has 1 to {MAX_STATION_NAME} printable characters",
)
NUMBER: Final = Said(
    f"监票人工作站须有 1 至 {MAX_TRUSTEES} 的编号，终端没有编号",
    f"A scrutineer's station has a number from 1 to {MAX_TRUSTEES}, a kiosk has none",
)
NO_TLS: Final = Said(
    "服务器的证书里没有证书机构，工作站无从核对。请用 plenum pki 制作证书后再启动服务",
    "The server's certificate file holds no authority that stations could check; make one with plenum pki",
)
NOT_THIS: Final = Said(
    "这台工作站登记的身份与请求不符",
    "This station enrolled under another role, name or number than it asks to enter with",
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A code that was just made; it is shown once and kept nowhere. `typed` and `digits` are two ways to write it."""

    station: Station
    typed: Secret[str]
    digits: Secret[str]
    address: str
    authority: bytes


async def issue(service: Service, role: StationRole, name: str, number: int = 0) -> Issued:
    """Make a code for a station; `number` is a scrutineer's index, 0 for a kiosk.

    Raises:
        SaidError: the name or number is none, a station of this name is enrolled, there are too many, or the server
            could be reached by other machines and has no authority to show.
    """
    if not 1 <= len(name) <= MAX_STATION_NAME or not name.isprintable() or name != name.strip():
        raise SaidError(NAME)
    if number not in (range(1, MAX_TRUSTEES + 1) if role is StationRole.SCRUTINEER else (0,)):
        raise SaidError(NUMBER)
    authority = authority_digest(service)
    if authority == NO_AUTHORITY and not is_this_machine(service.settings.address.rpartition(":")[0].strip("[]")):
        raise SaidError(NO_TLS, status=409)
    now, code = service.clock.unix(), Secret(service.rng.bytes(CODE_BYTES))
    station = Station(
        id=service.rng.bytes(_ID_BYTES),
        role=role,
        name=name,
        number=number,
        code=hash_code(code),
        expires=now + CODE_SECONDS,
    )
    await asyncio.wrap_future(service.writer.submit(add_station(station, now)))
    content = EnrolmentCode(role, code, authority, service.settings.address)
    return Issued(station, typed_enrolment_code(code), encode_enrolment(content), content.url, authority)


async def claim(service: Service, code: Secret[bytes], token: Secret[bytes]) -> Station:
    """Enrol the station that has this code; the same station may ask again.

    Raises:
        SaidError: the code is wrong, was used by another, has expired or was revoked.
    """
    work = claim_station(hash_code(code), hash_token(token), service.clock.unix())
    return await asyncio.wrap_future(service.writer.submit(work))


async def revoke(service: Service, station: bytes) -> None:
    """Let a station ask for nothing more.

    Raises:
        SaidError: there is none with this id.
    """
    await asyncio.wrap_future(service.writer.submit(revoke_station(station)))


async def stations(service: Service) -> tuple[Station, ...]:
    """All stations for which codes were made."""
    return await asyncio.to_thread(service.reader.read, read_stations)


async def enrolled_keys(service: PublicService) -> frozenset[bytes]:
    """The signing keys of enrolled stations: a proposal that brings another one is to be marked."""
    return await asyncio.to_thread(service.reader.read, read_keys)


async def admit(service: Service, proposal: Proposal, token: Secret[bytes] | None) -> None:
    """Check that a proposal which nobody known to the log has signed may wait here.

    Raises:
        UnauthorisedError: it needs a station's token, or an official who proposes it.
        SaidError: the station enrolled as something else, or with another key.
    """
    if token is None:
        if service.settings.enrolment_required and not _needs_no_station(service.sequencer.view.log, proposal):
            raise UnauthorisedError(
                "only an enrolled station may ask to be let in; ask an official for an enrolment code"
            )
        return
    shown = hash_token(token)
    station = await asyncio.to_thread(service.reader.read, lambda connection: read_enrolled(connection, shown))
    if station is None:
        raise UnauthorisedError("this station is not enrolled, or was revoked; ask an official for an enrolment code")
    identity, key = _entering(proposal)
    if identity != (station.role, station.name, station.number):
        raise SaidError(NOT_THIS, status=403)
    await asyncio.wrap_future(service.writer.submit(bind_key(station.id, key)))


def authority_digest(service: Service) -> bytes:
    """SHA-256 of the certificate of the authority behind this server's, or `NO_AUTHORITY`."""
    pem = service.settings.authority
    return NO_AUTHORITY if pem is None else fingerprint(x509.load_pem_x509_certificate(pem))


def hash_code(code: Secret[bytes]) -> bytes:
    """What the database has of a code; 80 random bits make a plain hash safe."""
    return hashlib.sha256(b"plenum station code\0" + code.reveal()).digest()


def hash_token(token: Secret[bytes]) -> bytes:
    """What the database has of a token."""
    return hashlib.sha256(b"plenum station token\0" + token.reveal()).digest()


def read_token(text: str) -> Secret[bytes] | None:
    """The token that a station shows, or None where there is none.

    Raises:
        UnauthorisedError: it is none.
    """
    if not text:
        return None
    if not _TOKEN.fullmatch(text):
        raise UnauthorisedError("this is not the token of a station")
    return Secret(bytes.fromhex(text))


def is_enrolled(draft: JsonObject, keys: frozenset[bytes]) -> bool:
    """Whether what asks to enter with this stored draft has enrolled; true of every draft that brings no station in."""
    fields = Fields(draft, "draft")
    field = _KEY_FIELDS.get(fields.text("type"))
    return field is None or fields.fields("body").hex(field, 32) in keys


def _entering(proposal: Proposal) -> tuple[tuple[StationRole, str, int] | None, bytes]:
    """As what a station would enter the log, and with which key."""
    match proposal.form.body:
        case KioskRegistered() as kiosk:
            return (StationRole.KIOSK, kiosk.name, 0), kiosk.kiosk
        case TrusteeJoined() as trustee:
            return (StationRole.SCRUTINEER, trustee.name, trustee.index), trustee.signing_key
        case _:
            return None, b""


def _needs_no_station(log: State, proposal: Proposal) -> bool:
    """What people may propose who are not known to the log: its first entry, and the voiding of a card they hold."""
    match proposal.form.body:
        case SessionCreated():
            return log.session is None
        case CredentialVoided() as voided:
            return voided.credential in log.credentials
        case _:
            return False
