"""The envelope of a log entry: who says what in which session (SPEC §8.3).

* :func:`decode_entry` is the only way from bytes to an :class:`Entry`. It checks form alone: whether the signatures
  verify, and whether the session is ready for the entry, is the business of :mod:`tally.replay`.
* An entry keeps the bytes it came from: leaf hash and signatures are over those, never over something written again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ballots.opened import OpenedBallot
from tally.entries.bodies import parse_body
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body, failing, read_run
from voting_core.codec import MAX_INTEGER, Fields, JsonObject, JsonValue, b64encode, canonical, hex32, parse_canonical
from voting_core.errors import EncodingError
from voting_core.log.merkle import leaf_hash
from voting_core.params import MAX_ENTRY_BYTES, MAX_OFFICIALS, MAX_TRUSTEES

_MAX_SIGNATURES: Final = MAX_OFFICIALS + MAX_TRUSTEES
_TYPES: Final = tuple(type_.value for type_ in EntryType)


@dataclass(frozen=True, slots=True)
class Seen:
    """Size and root of the log that an author last saw."""

    size: int
    root: bytes

    def to_json(self) -> JsonObject:
        """Write the pair as in an entry."""
        return {"root": hex32(self.root), "size": self.size}


@dataclass(frozen=True, slots=True)
class EntrySignature:
    """One signature of an entry, with the key under which it must verify."""

    key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry whose envelope and body have the right form.

    `seen` and `time` are None exactly for the types `ballot.*`. The first signature is the author's, the others follow
    in ascending order of key. `raw` are the canonical bytes, `leaf` their hash in the tree (SPEC §8.1). `opened` is its
    ballot where that was opened ahead; it says nothing that the bytes do not say.
    """

    type: EntryType
    author: bytes
    session: bytes
    body: Body
    seen: Seen | None
    time: int | None
    signatures: tuple[EntrySignature, ...]
    raw: bytes
    leaf: bytes
    opened: OpenedBallot | None = field(default=None, repr=False, compare=False)

    @property
    def signers(self) -> tuple[bytes, ...]:
        """The keys that signed, the author's first."""
        return tuple(signature.key for signature in self.signatures)


def decode_entry(raw: bytes) -> Entry:
    """Read an entry.

    Raises:
        VerificationError: V2.A, not canonical JSON within the limits; V2.B, envelope or body do not have exactly the
            fields of the type; V2.D, a run of bytes is not canonical base64url.
    """
    with failing("V2.A"):
        value = parse_canonical(raw, "entry", MAX_ENTRY_BYTES)
    with failing("V2.B"):
        fields = Fields(value, "entry")
        type_ = EntryType(fields.choice("type", _TYPES))
        entry = Entry(
            type=type_,
            author=fields.hex("author", 32),
            session=fields.hex("session", 32),
            body=parse_body(type_, fields.object("body")),
            seen=None if type_.is_ballot else _read_seen(fields.fields("seen")),
            time=None if type_.is_ballot else fields.integer("time", 0, MAX_INTEGER),
            signatures=_read_signatures(fields),
            raw=raw,
            leaf=leaf_hash(raw),
        )
        fields.done()
        if not entry.signatures or entry.signatures[0].key != entry.author:
            raise EncodingError("entry.signatures", "does not begin with the author's signature")
    return entry


def signing_bytes(entry: Entry) -> bytes:
    """Give what every signature of the entry is over: the canonical entry without its signatures (SPEC §8.3)."""
    # The bytes are canonical and `signatures` sorts right before `time` and `type`, so cutting that member out gives
    # the same as writing the rest again, without the cost of writing a ballot of 20 kB once more.
    time = b"" if entry.time is None else b'"time":%d,' % entry.time
    tail = b"," + time + b'"type":' + canonical(entry.type.value) + b"}"
    member = b',"signatures":' + canonical(signatures_json(entry.signatures))
    return entry.raw[: -len(member) - len(tail)] + tail


def signatures_json(signatures: tuple[EntrySignature, ...]) -> JsonValue:
    """Write signatures as they stand in an entry."""
    return [{"key": hex32(item.key), "signature": b64encode(item.signature)} for item in signatures]


def _read_seen(fields: Fields) -> Seen:
    seen = Seen(fields.integer("size", 0, MAX_INTEGER), fields.hex("root", 32))
    fields.done()
    return seen


def _read_signatures(fields: Fields) -> tuple[EntrySignature, ...]:
    signatures = []
    for row in fields.rows("signatures", max=_MAX_SIGNATURES):
        signatures.append(EntrySignature(row.hex("key", 32), read_run(row, "signature", 64)))
        row.done()
    others = [item.key for item in signatures[1:]]
    if others != sorted(others):
        raise EncodingError(fields.path("signatures"), "is not in ascending order of key after the author")
    if len({item.key for item in signatures}) != len(signatures):
        raise EncodingError(fields.path("signatures"), "holds a key twice")
    return tuple(signatures)
