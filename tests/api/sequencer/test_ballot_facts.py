import json

import pytest

from api.sequencer.ballot_facts import pending_ballot
from ballots.sealed_ballot import ballot_id, parse_ballot
from tally.entries.envelope import decode_entry
from tests.api.world import World, voting_world
from voting_core.errors import StateError, VerificationError


@pytest.fixture
def world() -> World:
    return voting_world()[0]


def test_a_ballot_is_kept_under_its_id_with_its_contest(world: World) -> None:
    raw = world.cast(0, world.contest())
    ballot = pending_ballot(world.state, decode_entry(raw))
    assert ballot.ballot_id == ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"]))
    assert (ballot.contest, ballot.raw) == ("report", raw)


def test_an_assisted_turn_is_kept_under_its_own_id(world: World) -> None:
    raw = world.assisted(world.contest())
    assert pending_ballot(world.state, decode_entry(raw)).ballot_id.hex() == json.loads(raw)["body"]["id"]


def test_a_ballot_of_an_unknown_contest_is_refused(world: World) -> None:
    raw = world.cast(0, world.contest("other"))
    with pytest.raises(VerificationError) as caught:
        pending_ballot(world.state, decode_entry(raw))
    assert caught.value.code == "V8.A"


def test_other_entries_are_no_ballots(world: World) -> None:
    with pytest.raises(StateError, match="/v1/entries"):
        pending_ballot(world.state, decode_entry(world.entries[0]))
