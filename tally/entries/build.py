"""Making entries: drafting, signing, putting the signatures together (SPEC §8.3).

Where all signing keys are at hand, :func:`build_entry` does it in one step. Where the signers sit at different
machines, one makes a :class:`Draft`, each signs ``draft.message`` with tag ENTRY, and ``draft.assemble`` writes the
entry.
The verifier does not import this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry, EntrySignature, Seen, decode_entry, signatures_json
from tally.entries.reading import Body
from voting_core.codec import JsonObject, JsonValue, canonical, hex32
from voting_core.params import Tag
from voting_core.signing import SIGNATURE_BYTES
from voting_core.signing_key import SigningKey


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry without its signatures. `author` is the key whose signature comes first."""

    author: bytes
    value: JsonObject

    @property
    def message(self) -> bytes:
        """What every signer signs, with tag ENTRY."""
        return canonical(self.value)

    def as_entry(self) -> Entry:
        """The draft read as an entry: in the author's place stands a signature that nobody has made.

        Raises:
            VerificationError: V2.A, V2.B, V2.D, it is not of the form of its type.
        """
        return decode_entry(self.assemble({self.author: bytes(SIGNATURE_BYTES)}))

    def assemble(self, signatures: Mapping[bytes, bytes]) -> bytes:
        """Write the entry with these signatures by key.

        Raises:
            KeyError: the author's signature is missing.
        """
        others = sorted(key for key in signatures if key != self.author)
        ordered = tuple(EntrySignature(key, signatures[key]) for key in (self.author, *others))
        return canonical({**self.value, "signatures": signatures_json(ordered)})


def draft_entry(
    type: EntryType | str,
    body: Body | JsonObject,
    session: bytes,
    author: bytes,
    *,
    time: int | None,
    seen: Seen | tuple[int, bytes] | None,
) -> Draft:
    """Draft an entry; `time` and `seen` are None for the types `ballot.*` and given for all others.

    For `session.created`, `session` is the session id of its own body (:attr:`SessionCreated.session_id`).
    """
    value: dict[str, JsonValue] = {
        "author": hex32(author),
        "body": body if isinstance(body, Mapping) else body.to_json(),
        "session": hex32(session),
        "type": EntryType(type).value,
    }
    if time is not None:
        value["time"] = time
    if seen is not None:
        value["seen"] = (seen if isinstance(seen, Seen) else Seen(*seen)).to_json()
    return Draft(author, value)


def build_entry(
    type: EntryType | str,
    body: Body | JsonObject,
    session: bytes,
    signers: Sequence[SigningKey],
    *,
    time: int | None,
    seen: Seen | tuple[int, bytes] | None,
) -> bytes:
    """Make a signed entry; the first signer is the author, the order of the others does not matter."""
    draft = draft_entry(type, body, session, signers[0].public, time=time, seen=seen)
    message = draft.message
    return draft.assemble({signer.public: signer.sign(Tag.ENTRY, message) for signer in signers})
