"""Who must sign what (SPEC §8.4): every type with a signer too many, too few, or another one."""

from collections.abc import Iterator

import pytest

from tally.entries.build import draft_entry
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry, decode_entry
from tally.replay import initial, replay
from tally.state import State
from tests.support.session import SessionBuilder
from voting_core.errors import VerificationError
from voting_core.params import Tag
from voting_core.signing_key import SigningKey

# With the box key missing, or besides it, the refusal of entries of kiosks is V8.K.
MISSING = {EntryType.BALLOT_CAST: "V8.K", EntryType.BALLOT_CHALLENGED: "V8.K"}
STRANGER = {EntryType.BALLOT_ASSISTED: "V8.K"}


def keys_of(session: SessionBuilder) -> dict[bytes, SigningKey]:
    keys = [*session.officials, *session.kiosks, session.box]
    keys += [party.signing for party in session.trustees.values()]
    keys += [session.credential(number) for number in range(session.cards.generated)]
    return {key.public: key for key in keys}


def one_of_each_type(session: SessionBuilder) -> Iterator[tuple[State, Entry]]:
    state, met = initial(), set()
    for raw in session.entries:
        entry = decode_entry(raw)
        if entry.type not in met:
            met.add(entry.type)
            yield state, entry
        state = replay(state, raw)


@pytest.fixture(scope="module")
def session(snapshots: dict[str, SessionBuilder]) -> SessionBuilder:
    return snapshots["sealed"]


def refusal(state: State, entry: Entry, signers: list[SigningKey]) -> str:
    seen = entry.seen
    draft = draft_entry(entry.type, entry.body.to_json(), entry.session, signers[0].public, time=entry.time, seen=seen)
    raw = draft.assemble({key.public: key.sign(Tag.ENTRY, draft.message) for key in signers})
    with pytest.raises(VerificationError) as caught:
        replay(state, raw)
    return caught.value.code


def test_the_usual_session_has_most_types(session: SessionBuilder) -> None:
    types = {entry.type for _, entry in one_of_each_type(session)}
    elsewhere = {
        "official.admitted",
        "dkg.complained",
        "dkg.faulted",
        "contest.paused",
        "contest.resumed",
        "contest.abandoned",
        "kiosk.lost",
        "count.entered",
        "box.settled",
        "paper.compared",
        "seats.reduced",
        "consultation.recorded",
        "session.destroyed",
    }
    assert {type_.value for type_ in EntryType} - {type_.value for type_ in types} == elsewhere


def test_a_stranger_signs_nothing(session: SessionBuilder) -> None:
    keys, stranger = keys_of(session), session.key("stranger")
    for state, entry in one_of_each_type(session):
        signers = [keys[key] for key in entry.signers]
        assert refusal(state, entry, [*signers, stranger]) == STRANGER.get(entry.type, "V4.B"), entry.type
        assert refusal(state, entry, [stranger, *signers[1:]]) == STRANGER.get(entry.type, "V4.B"), entry.type


def test_a_stranger_stands_in_for_nobody(session: SessionBuilder) -> None:
    """The number of signatures is right, and one of them is of a key that has no part in the session, or another."""
    keys, met = keys_of(session), set()
    for state, entry in one_of_each_type(session):
        signers = [keys[key] for key in entry.signers]
        for number in range(1, len(signers)):
            for other in (session.key("stranger"), session.kiosks[1], session.log_key):
                instead = [*signers[:number], other, *signers[number + 1 :]]
                assert refusal(state, entry, instead) == MISSING.get(entry.type, "V4.B"), entry.type
                met.add(entry.type)
    assert len(met) == 16


def test_nobody_who_must_sign_is_missing(session: SessionBuilder) -> None:
    keys = keys_of(session)
    for state, entry in one_of_each_type(session):
        signers = [keys[key] for key in entry.signers]
        for missing in range(1, len(signers)):
            fewer = signers[:missing] + signers[missing + 1 :]
            assert refusal(state, entry, fewer) == MISSING.get(entry.type, "V4.B"), entry.type


def test_officials_and_trustees_do_not_sign_for_each_other(session: SessionBuilder) -> None:
    keys = keys_of(session)
    swap = {session.officials[n].public: session.trustees[n + 1].signing for n in range(2)}
    swap |= {session.trustees[n + 1].signing.public: session.officials[n] for n in range(2)}
    for state, entry in one_of_each_type(session):
        if len(state.trustees) == 3 and any(key in swap for key in entry.signers):
            signers = [swap.get(key, keys[key]) for key in entry.signers]
            assert refusal(state, entry, signers) == "V4.B", entry.type


def test_every_signature_verifies(session: SessionBuilder) -> None:
    keys = keys_of(session)
    for state, entry in one_of_each_type(session):
        draft = draft_entry(
            entry.type, entry.body.to_json(), entry.session, entry.author, time=entry.time, seen=entry.seen
        )
        good = {key: keys[key].sign(Tag.ENTRY, draft.message) for key in entry.signers}
        assert draft.assemble(good) == entry.raw
        for key in entry.signers:
            # The same bytes under another tag, and a signature of another message.
            for bad in (keys[key].sign(Tag.PROMISE, draft.message), keys[key].sign(Tag.ENTRY, b"another")):
                with pytest.raises(VerificationError) as caught:
                    replay(state, draft.assemble({**good, key: bad}))
                assert caught.value.code == "V4.A"
                assert caught.value.culprits == (key.hex(),)
