"""Proposals as values: what is read, who may sign, how signatures come together."""

import pytest

from api.services.proposals import MAX_SIGNATURES, Proposal, check_signers, described, read_proposal
from tally.entries.build import Draft, draft_entry
from tally.entries.contests import ContestPaused, KioskRegistered
from tally.entries.envelope import decode_entry
from tests.api.world import TIME, World, voting_world
from tests.support.seeded_rng import SeededRng
from voting_core.codec import b64encode, canonical, parse_canonical
from voting_core.errors import EncodingError, PlenumError, StateError, VerificationError
from voting_core.params import Tag
from voting_core.signing_key import SigningKey


@pytest.fixture(scope="module")
def world() -> World:
    return voting_world()[0]


def pause(world: World) -> Draft:
    seen = (world.state.size, world.state.root)
    author = world.officials[0].public
    return draft_entry("contest.paused", ContestPaused("report"), world.state.session_id, author, time=TIME, seen=seen)


def written(draft: Draft, *signers: SigningKey) -> bytes:
    rows = [
        {"key": key.public.hex(), "signature": b64encode(key.sign(Tag.ENTRY, draft.message))}
        for key in sorted(signers, key=lambda key: key.public)
    ]
    return canonical({"draft": draft.value, "signatures": rows})


def test_signatures_of_two_machines_make_an_entry(world: World) -> None:
    draft = pause(world)
    first = read_proposal(written(draft, world.officials[1]))
    assert first.entry() is None
    second = read_proposal(written(draft, world.officials[0]))
    assert first.id == second.id
    both = second.merged_with(first.to_bytes())
    raw = both.entry()
    assert raw is not None
    assert set(decode_entry(raw).signers) == {key.public for key in world.officials}
    assert read_proposal(both.to_bytes()) == both


def test_a_listed_proposal_has_its_id(world: World) -> None:
    proposal = read_proposal(written(pause(world), world.officials[0]))
    listed = described(proposal.id, proposal.to_bytes())
    assert listed["id"] == proposal.id.hex()
    assert listed["draft"] == proposal.draft.value


def test_only_who_has_a_part_in_it_signs(world: World) -> None:
    stranger = SigningKey.generate(SeededRng("stranger"))
    assert check_signers(world.state, read_proposal(written(pause(world), world.officials[0])))
    with pytest.raises(StateError, match="has no part in an entry"):
        check_signers(world.state, read_proposal(written(pause(world), stranger)))
    with pytest.raises(StateError, match="at least the signature"):
        check_signers(world.state, read_proposal(written(pause(world))))


def test_a_key_that_enters_may_begin(world: World) -> None:
    stranger = SigningKey.generate(SeededRng("stranger"))
    body = KioskRegistered(name="9", kiosk=stranger.public, box_key=world.box.public)
    seen = (world.state.size, world.state.root)
    draft = draft_entry(
        "kiosk.registered", body, world.state.session_id, world.officials[0].public, time=TIME, seen=seen
    )
    assert not check_signers(world.state, read_proposal(written(draft, stranger)))


def problems(world: World) -> list[tuple[bytes, type[PlenumError]]]:
    draft = pause(world)
    good = parse_canonical(written(draft, world.officials[0]), "proposal", 10_000)
    assert isinstance(good, dict)
    twice = [good["signatures"][0], good["signatures"][0]]
    wrong = [{**good["signatures"][0], "signature": b64encode(bytes(64))}]
    return [
        (b"", EncodingError),
        (b"{}", EncodingError),
        (canonical({**good, "more": 1}), EncodingError),
        (canonical({**good, "signatures": twice}), EncodingError),
        (canonical({**good, "signatures": wrong}), VerificationError),
        (canonical({**good, "draft": {**draft.value, "signatures": []}}), EncodingError),
        (canonical({**good, "draft": {**draft.value, "body": {}}}), VerificationError),
        (canonical({**good, "draft": {**draft.value, "author": 7}}), EncodingError),
        (written(draft, world.officials[0])[:-1], EncodingError),
    ]


@pytest.mark.parametrize("number", range(9))
def test_what_is_no_proposal_is_refused(world: World, number: int) -> None:
    data, error = problems(world)[number]
    with pytest.raises(error):
        read_proposal(data)


def test_entries_that_one_signs_are_no_proposals(world: World) -> None:
    raw = world.entries[-3]
    entry = decode_entry(world.entries[3])
    assert entry.type.value == "dkg.committed"
    value = parse_canonical(entry.raw, "entry", 10_000)
    assert isinstance(value, dict)
    draft = {key: item for key, item in value.items() if key != "signatures"}
    with pytest.raises(StateError, match="directly"):
        read_proposal(canonical({"draft": draft, "signatures": []}))
    assert raw


def test_there_is_a_limit_to_signatures(world: World) -> None:
    draft = pause(world)
    proposal = Proposal(draft, {bytes([number]) * 32: bytes(64) for number in range(MAX_SIGNATURES)}, None)  # type: ignore[arg-type]
    key = world.officials[0]
    with pytest.raises(EncodingError, match="more than"):
        proposal.signed_by(key.public, key.sign(Tag.ENTRY, draft.message))
