"""Drafting entries that several people sign, and signing those of others."""

from tally.entries.bodies import TYPES
from tally.entries.build import Draft, draft_entry
from tally.entries.reading import Body
from tally.state import State
from voting_core.params import Tag
from voting_core.signing_key import SigningKey


def draft(state: State, body: Body, author: bytes, time: int) -> Draft:
    """An entry over the replayed log, without signatures. `time` is Unix seconds, a claim and never a rule."""
    return draft_entry(TYPES[type(body)], body, state.session_id, author, time=time, seen=(state.size, state.root))


def sign(entry: Draft, key: SigningKey) -> bytes:
    """The signature of one signer."""
    return key.sign(Tag.ENTRY, entry.message)


def complete(entry: Draft, signers: tuple[SigningKey, ...]) -> bytes:
    """The entry with the signatures of everybody who is here."""
    return entry.assemble({signer.public: sign(entry, signer) for signer in signers})
