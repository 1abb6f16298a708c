"""The certificate of destruction: what a server erased, bound to the entry of the log that allowed it.

What counts is the entry `session.destroyed`, signed by two officials (SPEC §9.9). The certificate holds that entry as
it is in the log, the checkpoint of the whole log with the signatures of the log and of the scrutineers who cosigned it,
and the list of what was erased, signed by the service key before that key itself is erased. So it is checked against a
record, which has the service key in its first entry:

* the entry in it is the last one of the record, by its leaf;
* its checkpoint is of the record's size and root;
* the list is signed by the service of the session.

That something was erased nobody can prove; the signature says who stated it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tally.entries.entry_type import EntryType
from tally.entries.envelope import decode_entry
from tally.state import State
from voting_core.codec import Fields, JsonObject, canonical, parse_canonical
from voting_core.errors import EncodingError, InputError, VerificationError
from voting_core.log.checkpoint import origin, verify_checkpoint, verify_cosignature
from voting_core.log.note import Note, format_note, parse_note, sign_text, verify_text_signature

if TYPE_CHECKING:
    # What checks a certificate imports nothing that holds a private key.
    from voting_core.signing_key import SigningKey

FORMAT: Final = "plenum-destruction-1"
MAX_CERTIFICATE_BYTES: Final = 500_000
"""The checkpoint with 15 cosignatures, one entry, forty tables and files take 20 kB."""

_REMEDY: Final = "Take the certificate and the record that plenum destroy wrote together"


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate states: the day, by whose signatures, the cosigning scrutineers, and what was erased."""

    date: str
    index: int
    officials: tuple[bytes, ...]
    witnesses: tuple[int, ...]
    rows: Mapping[str, int]
    files: tuple[str, ...]


def make_certificate(
    state: State, entry: bytes, checkpoint: bytes, date: str, erased: tuple[Mapping[str, int], tuple[str, ...]],
    service_key: "SigningKey",
) -> bytes:  # fmt: skip
    """The certificate of a session whose last entry is `entry`; `erased` are rows by table, and names of files."""
    rows, files = erased
    content: JsonObject = {
        "checkpoint": _lines(checkpoint),
        "date": date,
        "entry": parse_canonical(entry, "entry", MAX_CERTIFICATE_BYTES),
        "files": list(files),
        "format": FORMAT,
        "index": state.size - 1,
        "rows": dict(rows),
        "session": state.session_id.hex(),
        "title": state.facts.title,
    }
    text = _signed_text(state.session_id, content)
    note = format_note(Note(text, (sign_text(text, _name(state.session_id), service_key),)))
    return canonical({"content": content, "signature": _lines(note)}) + b"\n"


def check_certificate(data: bytes, state: State, last: bytes) -> Certified:
    """Check a certificate against a record that was verified: its state, and its last entry.

    Raises:
        InputError: naming what does not hold.
    """
    try:
        return _checked(data, state, last)
    except (EncodingError, VerificationError) as error:
        raise InputError("certificate", str(error), _REMEDY) from error


def _checked(data: bytes, state: State, last: bytes) -> Certified:
    top = Fields(parse_canonical(data.removesuffix(b"\n"), "certificate", MAX_CERTIFICATE_BYTES), "certificate")
    content, note = top.object("content"), parse_note(_joined(top, "signature"))
    top.done()
    fields = Fields(content, "certificate.content")
    fields.choice("format", (FORMAT,))
    if fields.hex("session", 32) != state.session_id or fields.text("title") != state.facts.title:
        raise InputError("certificate", "is of another session than the record", _REMEDY)
    (signature,) = note.signatures if len(note.signatures) == 1 else (None,)
    if signature is None or signature.name != _name(state.session_id):
        raise InputError("certificate", "is not signed by the service of the session alone", _REMEDY)
    if note.text != _signed_text(state.session_id, content):
        raise InputError("certificate", "was changed after the service signed it", _REMEDY)
    verify_text_signature(note.text, signature, state.facts.service_key, "V4.A")
    entry = decode_entry(canonical(fields.object("entry")))
    index = fields.integer("index", 0, 1 << 53)
    if entry.type is not EntryType.SESSION_DESTROYED or (index, entry.raw) != (state.size - 1, last):
        raise InputError("certificate", "its entry is not the last one of the record, session.destroyed", _REMEDY)
    signed = verify_checkpoint(_joined(fields, "checkpoint"), state.session_id, state.facts.log_key)
    if (signed.checkpoint.size, signed.checkpoint.root) != (state.size, state.root):
        raise InputError("certificate", "its checkpoint is of another log than the record", _REMEDY)
    for cosignature in signed.cosignatures:
        trustee = state.trustees.get(cosignature.index)
        if trustee is None:
            raise InputError("certificate", f"scrutineer {cosignature.index} is none of the session", _REMEDY)
        verify_cosignature(signed, cosignature.index, trustee.witness_key)
    rows, names = fields.fields("rows"), tuple(content["rows"]) if isinstance(content["rows"], Mapping) else ()
    found = Certified(
        date=fields.text("date"),
        index=index,
        officials=tuple(sorted(item.key for item in entry.signatures)),
        witnesses=tuple(cosignature.index for cosignature in signed.cosignatures),
        rows={name: rows.integer(name, 0, 1 << 53) for name in names},
        files=tuple(str(name) for name in fields.array("files")),
    )
    fields.done()
    return found


def _lines(note: bytes) -> list[str]:
    """A note as JSON can have it, which has no line breaks in a text."""
    return note.decode("utf-8").split("\n")


def _joined(fields: Fields, key: str) -> bytes:
    lines = fields.array(key)
    if not all(isinstance(line, str) for line in lines):
        raise EncodingError(fields.path(key), "is not a list of lines")
    return "\n".join(map(str, lines)).encode("utf-8")


def _name(session: bytes) -> str:
    return f"{origin(session)}/destruction"


def _signed_text(session: bytes, content: JsonObject) -> bytes:
    digest = hashlib.sha256(canonical(content)).hexdigest()
    return f"{FORMAT}\n{session.hex()}\n{digest}\n".encode("ascii")
