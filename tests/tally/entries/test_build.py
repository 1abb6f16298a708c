"""Making entries, also by signers at different machines (SPEC §8.3)."""

import json

import pytest

from tally.entries.build import build_entry, draft_entry
from tally.entries.contests import ContestOpened
from tally.entries.envelope import Seen, decode_entry
from tests.support.seeded_rng import SeededRng
from voting_core.params import Tag
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey

KEYS = [SigningKey.generate(SeededRng(n)) for n in range(3)]
SEEN = Seen(3, b"r" * 32)


def test_the_author_signs_first_and_the_others_in_order_of_key() -> None:
    raw = build_entry("contest.opened", ContestOpened("motion"), b"s" * 32, KEYS, time=7, seen=SEEN)
    entry = decode_entry(raw)
    assert entry.author == KEYS[0].public
    assert entry.signers == (KEYS[0].public, *sorted(key.public for key in KEYS[1:]))
    assert (entry.session, entry.time, entry.seen, entry.body) == (b"s" * 32, 7, SEEN, ContestOpened("motion"))


def test_signers_at_different_machines_make_the_same_entry() -> None:
    draft = draft_entry("contest.opened", {"contest": "motion"}, b"s" * 32, KEYS[0].public, time=7, seen=(3, b"r" * 32))
    signatures = {key.public: key.sign(Tag.ENTRY, draft.message) for key in reversed(KEYS)}
    for key, signature in signatures.items():
        verify_signature(key, Tag.ENTRY, draft.message, signature)
    at_once = build_entry("contest.opened", ContestOpened("motion"), b"s" * 32, KEYS, time=7, seen=SEEN)
    assert draft.assemble(signatures) == at_once


def test_an_entry_is_not_assembled_without_its_author() -> None:
    draft = draft_entry("contest.opened", ContestOpened("motion"), b"s" * 32, KEYS[0].public, time=7, seen=SEEN)
    with pytest.raises(KeyError):
        draft.assemble({KEYS[1].public: b"x" * 64})


def test_entries_without_time_and_seen_have_neither_key() -> None:
    raw = build_entry("ballot.assisted", {"contest": "m", "id": "00" * 16}, b"s" * 32, KEYS[:1], time=None, seen=None)
    assert sorted(json.loads(raw)) == ["author", "body", "session", "signatures", "type"]


def test_a_draft_is_read_as_the_entry_that_it_becomes() -> None:
    draft = draft_entry("contest.opened", ContestOpened("motion"), b"s" * 32, KEYS[0].public, time=7, seen=SEEN)
    entry = draft.as_entry()
    assert (entry.body, entry.author, entry.time) == (ContestOpened("motion"), KEYS[0].public, 7)
    assert [item.signature for item in entry.signatures] == [bytes(64)]
