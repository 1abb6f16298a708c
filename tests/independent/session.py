"""Walking through the entries of a log, as far as `record.py` says."""

from typing import Any

from . import ed25519
from .canon import b64, canonical, parse, unhex
from .ceremony_entries import CeremonyEntries
from .contest_entries import ContestEntries
from .errors import require
from .framing import digest
from .log import leaf_hash

MAX_ENTRY_BYTES = 1_048_576


def check_envelope(entry: Any) -> None:
    """The keys of an entry and its signatures, whoever should have signed."""
    require(isinstance(entry, dict), "V2.B", "an entry is an object")
    keys = {"author", "body", "session", "signatures", "type"}
    if not str(entry.get("type", "")).startswith("ballot."):
        keys |= {"seen", "time"}
    require(set(entry) == keys, "V2.B", "keys of an entry")
    unhex(entry["author"])
    message = canonical({key: value for key, value in entry.items() if key != "signatures"})
    signers = [item["key"] for item in entry["signatures"]]
    require(signers[:1] == [entry["author"]], "V2.B", "the first signature is not the author's")
    require(signers[1:] == sorted(set(signers[1:]) - {entry["author"]}), "V2.B", "the order of the signatures")
    for item in entry["signatures"]:
        ed25519.verify(unhex(item["key"]), "plenum-v1/entry", message, b64(item["signature"], 64))


class Session(CeremonyEntries, ContestEntries):
    """The log of one session, taken entry by entry."""

    def take(self, raw: bytes) -> None:
        """One entry: envelope, signatures, and what its type adds."""
        require(len(raw) <= MAX_ENTRY_BYTES, "V2.A", "an entry is too large")
        entry = parse(raw)
        check_envelope(entry)
        if not self.id:
            require(entry["type"] == "session.created", "V4.D", "a log begins with session.created")
            self.id = digest("SESSION", canonical(entry["body"]))
        require(unhex(entry["session"]) == self.id, "V2.C", "an entry of another session")
        if "seen" in entry:
            size = entry["seen"]["size"]
            known = type(size) is int and 0 <= size < len(self.tree.roots)
            require(known and unhex(entry["seen"]["root"]) == self.tree.roots[size], "V3.A", "seen is no prefix")
        handler = getattr(self, "_" + entry["type"].replace(".", "_"), None)
        if handler is not None:
            handler(entry, leaf_hash(raw))
        self.tree.append(leaf_hash(raw))
