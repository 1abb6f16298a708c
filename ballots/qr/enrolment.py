"""The code with which a station enrols at its server (SPEC §7.8, kind 4).

It carries everything a station needs to know before it trusts anything: where the server is, which certificate
authority stands behind it, as what the station enrols, and the code that works once. Reading it is as hostile as
reading a request: whoever can show a station a code can try to lead it elsewhere, and then the person who compares the
fingerprint is what is left.
"""

import ipaddress
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from ballots.crockford import BITS, decode_bits, encode_bits, in_groups, read_characters
from ballots.qr.digits import NAMES, PLACE, SESSION_TAG_BYTES, Kind, Payload, damaged_content, decode_payload
from ballots.qr.digits import encode_payload as _encode_payload
from voting_core.errors import InputError
from voting_core.secret import Secret

CODE_BYTES: Final = 10
"""80 bits: nobody guesses it while it is good, and 16 characters are still typed without mistakes."""

AUTHORITY_BYTES: Final = 32
NO_AUTHORITY: Final = bytes(AUTHORITY_BYTES)
MAX_ADDRESS: Final = 100
"""Characters of `host:port`; the code stays readable from a screen."""

TYPED_CHARACTERS: Final = 8 * CODE_BYTES // BITS
TYPED_PLACE: Final = "enrolment code"

_NO_SESSION: Final = bytes(SESSION_TAG_BYTES)
_HEAD: Final = 1 + CODE_BYTES + AUTHORITY_BYTES
_LABEL: Final = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS: Final = re.compile(rf"({_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]{{2,45}}\]):([1-9][0-9]{{0,4}})")
_MAX_PORT: Final = 65_535


class StationRole(IntEnum):
    """As what a station enrols; the number is the first byte of the content."""

    KIOSK = 1
    SCRUTINEER = 2


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What the code says. `authority` is the SHA-256 of the authority's certificate, or `NO_AUTHORITY` without TLS."""

    role: StationRole
    code: Secret[bytes]
    authority: bytes
    address: str

    @property
    def url(self) -> str:
        """The server's address, as a client takes it."""
        return f"{'http' if self.authority == NO_AUTHORITY else 'https'}://{self.address}"


def encode_enrolment(content: EnrolmentCode) -> Secret[str]:
    """Give the digits of the code."""
    code = content.code.reveal()
    if len(code) != CODE_BYTES or len(content.authority) != AUTHORITY_BYTES or not _is_address(content):
        raise ValueError(f"a code has {CODE_BYTES} bytes, an authority {AUTHORITY_BYTES}, and an address is host:port")
    data = bytes([content.role]) + code + content.authority + content.address.encode("ascii")
    return Secret(_encode_payload(Payload(Kind.ENROLMENT, _NO_SESSION, data)))


def decode_enrolment(text: str) -> EnrolmentCode:
    """Read the digits of an enrolment code.

    Raises:
        InputError: not a code of this system, damaged, of another kind, or with a content that none has.
    """
    payload = decode_payload(text)
    if payload.kind is not Kind.ENROLMENT:
        raise InputError(
            PLACE, f"it is the code of a {NAMES[payload.kind]}", f"Scan the code of a {NAMES[Kind.ENROLMENT]}"
        )
    content, end = payload.content, 1 + CODE_BYTES
    if payload.session_tag != _NO_SESSION or len(content) <= _HEAD or content[0] not in frozenset(StationRole):
        raise damaged_content(Kind.ENROLMENT)
    # Latin-1 takes every byte, and the form of an address then refuses what is not ASCII.
    read = EnrolmentCode(
        StationRole(content[0]), Secret(content[1:end]), content[end:_HEAD], content[_HEAD:].decode("latin-1")
    )
    if not _is_address(read):
        raise damaged_content(Kind.ENROLMENT)
    return read


def typed_enrolment_code(code: Secret[bytes]) -> Secret[str]:
    """Write the code as people read it from the screen: four groups of four."""
    return Secret(in_groups(encode_bits(code.reveal(), 8 * CODE_BYTES)))


def read_typed_enrolment_code(text: str) -> Secret[bytes]:
    """Read the code as people type it.

    Raises:
        InputError: it is not 16 characters of the alphabet.
    """
    code = decode_bits(read_characters(text, TYPED_CHARACTERS, TYPED_PLACE), CODE_BYTES)
    if code is None:
        raise ValueError("80 bits are 16 characters without a rest")
    return Secret(code)


def is_this_machine(host: str) -> bool:
    """Whether a host, without port and brackets, is the same machine for whoever asks."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_address(content: EnrolmentCode) -> bool:
    found = _ADDRESS.fullmatch(content.address)
    if found is None or len(content.address) > MAX_ADDRESS or int(found[found.re.groups]) > _MAX_PORT:
        return False
    host = found[1]
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return False
    return content.authority != NO_AUTHORITY or is_this_machine(host.strip("[]"))
