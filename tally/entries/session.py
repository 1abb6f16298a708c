"""Bodies of the entries that open a session and admit officials, and of those that end it (SPEC §8.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from tally.entries.reading import read_hexes, read_text
from voting_core.codec import Fields, JsonObject, canonical, hex32
from voting_core.errors import EncodingError
from voting_core.framing import digest
from voting_core.params import MAX_TRUSTEES, PROTOCOL, SPEC_VERSION, Tag

SESSION_KINDS: Final = ("congress", "plenum")
"""What a session may be (SPEC §8.4)."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCreated:
    """Everything that is fixed for a session from its first entry on.

    `threshold` is k and `trustees` is n of SPEC §6; the keys and the nonce have 32 bytes.
    """

    title: str
    place: str
    date: str
    kind: str
    simulated: bool
    threshold: int
    trustees: int
    officials: tuple[bytes, ...]
    log_key: bytes
    service_key: bytes
    nonce: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; protocol and specification must be ours."""
        fields.choice("protocol", (PROTOCOL,))
        fields.choice("spec", (SPEC_VERSION,))
        body = cls(
            title=read_text(fields, "title"),
            place=read_text(fields, "place", empty=True),
            date=_read_date(fields),
            kind=fields.choice("kind", SESSION_KINDS),
            simulated=fields.boolean("simulated"),
            threshold=fields.integer("threshold", 1, MAX_TRUSTEES),
            trustees=fields.integer("trustees", 1, MAX_TRUSTEES),
            officials=read_hexes(fields, "officials", 32, max=2),
            log_key=fields.hex("log_key", 32),
            service_key=fields.hex("service_key", 32),
            nonce=fields.hex("nonce", 32),
        )
        if len(body.officials) != 2 or body.officials[0] >= body.officials[1]:
            raise EncodingError(fields.path("officials"), "does not hold two keys in ascending order")
        return body

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "date": self.date,
            "kind": self.kind,
            "log_key": hex32(self.log_key),
            "nonce": hex32(self.nonce),
            "officials": [hex32(key) for key in self.officials],
            "place": self.place,
            "protocol": PROTOCOL,
            "service_key": hex32(self.service_key),
            "simulated": self.simulated,
            "spec": SPEC_VERSION,
            "threshold": self.threshold,
            "title": self.title,
            "trustees": self.trustees,
        }

    @property
    def session_id(self) -> bytes:
        """The id of the session that this body creates (SPEC §8.2)."""
        return digest(Tag.SESSION, canonical(self.to_json()))


def _read_date(fields: Fields) -> str:
    text = fields.text("date", max=10, pattern=_DATE)
    try:
        date.fromisoformat(text)
    except ValueError:
        raise EncodingError(fields.path("date"), f"{text} is not a day of the calendar") from None
    return text


@dataclass(frozen=True, slots=True)
class OfficialAdmitted:
    """A further official, by the public key."""

    official: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(fields.hex("official", 32))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"official": hex32(self.official)}


@dataclass(frozen=True, slots=True)
class KeyDestroyed:
    """A trustee's statement that its key file is destroyed (SPEC §9.9)."""

    trustee: int

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(fields.integer("trustee", 1, MAX_TRUSTEES))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"trustee": self.trustee}


class _Empty:
    """A body without fields."""

    __slots__ = ()

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; that nothing is in it is checked with all bodies."""
        del fields
        return cls()

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {}


@dataclass(frozen=True, slots=True)
class SessionSealed(_Empty):
    """The session is finished; the record is complete."""


@dataclass(frozen=True, slots=True)
class SessionDestroyed(_Empty):
    """What the service kept beside the record is destroyed."""
