"""Who signed what: the entries of the log but the ballots, with the people behind their keys, for pages.

Ballots are not looked into: they say nothing that a page could show, and there are thousands of them.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from api.accounts.accounts import Accounts
from api.store.reader import Reader
from ballots.screen.words import Said
from tally.entries.contests import ContestDefined, RulesAdopted
from tally.entries.credentials import CredentialsIssued, CredentialVoided
from tally.entries.entry_type import BALLOT_TYPES, EntryType
from tally.entries.envelope import decode_entry
from tally.entries.reading import Body
from tally.entry_words import signer_of
from tally.state import State

_ENDINGS: Final = tuple(f'"type":"{type_.value}"}}'.encode() for type_ in BALLOT_TYPES)


@dataclass(frozen=True, slots=True)
class Signed:
    """An entry: where it stands, what it is about, and the keys that signed it, the author's first.

    `subject` is the id of a contest, `rules/` and the id of a rule set, `slot/` and a slot, or empty. `time` is what
    the author claims.
    """

    index: int
    type: EntryType
    subject: str
    keys: tuple[bytes, ...]
    time: int
    body: Body


class History:
    """The entries as far as they were read; reads on by itself."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._read = 0
        self._signed: list[Signed] = []

    def upto(self, size: int) -> tuple[Signed, ...]:
        """The entries below an index, in the order of the log. Reads the disk."""
        with self._lock:
            if size > self._read:
                for index, raw in enumerate(self._reader.entries(self._read, size), self._read):
                    if not raw.endswith(_ENDINGS):
                        self._signed.append(_signed(index, raw))
                    self._read = index + 1
            return tuple(one for one in self._signed if one.index < size)


def about(entries: tuple[Signed, ...], contest: str, rules: str, slot: int) -> tuple[Signed, ...]:
    """Those about a contest, its rule set and its slot."""
    subjects = {contest, f"rules/{rules}", f"slot/{slot}"}
    return tuple(one for one in entries if one.subject in subjects)


def people_of(accounts: Accounts) -> dict[bytes, str]:
    """The names of the officials by their keys."""
    return {account.signing_key: account.name for account in accounts.all() if account.signing_key}


def named(state: State, people: dict[bytes, str], key: bytes) -> Said:
    """Whose key it is: an official's account, a scrutineer, a kiosk."""
    name = people.get(key)
    return Said(name, name) if name else signer_of(state, key)


def _signed(index: int, raw: bytes) -> Signed:
    entry = decode_entry(raw)
    return Signed(index, entry.type, "".join(_subject(entry.body)), entry.signers, entry.time or 0, entry.body)


def _subject(body: Body) -> Iterator[str]:
    match body:
        case ContestDefined():
            yield str(body.contest.get("id", ""))
        case RulesAdopted():
            yield f"rules/{body.id}"
        case CredentialsIssued() | CredentialVoided():
            yield f"slot/{body.slot}"
        case _:
            yield str(getattr(body, "contest", ""))
