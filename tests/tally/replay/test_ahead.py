"""What is found out ahead changes no verdict, and nothing that was found for something else is used."""

import pickle
from dataclasses import replace

import pytest

from tally.entries.ballots import BallotCast
from tally.replay import Ahead, initial, known_of, look_ahead, prepare, replay
from tally.replay import ahead as module
from tally.state import State
from tests.golden.golden_session import golden
from tests.support.session import SessionBuilder
from tests.support.session_parts import Cards
from voting_core.errors import EncodingError, VerificationError
from voting_core.fast import fastest
from voting_core.group import BASE, Q, encode_scalar
from voting_core.public import SODIUM, PublicGroup

GROUPS = (SODIUM, fastest())


def opened() -> SessionBuilder:
    return SessionBuilder("ahead", cards=Cards(drawn=9)).run("open")


def forged(session: SessionBuilder, number: int) -> bytes:
    """A ballot whose argument is wrong in its last scalar, signed as it should be."""
    ballot = session.ballot((0,), number)
    rho = (int.from_bytes(ballot.argument_bytes[-32:], "little") + 1) % Q
    body = BallotCast(replace(ballot, argument_bytes=ballot.argument_bytes[:-32] + encode_scalar(rho)))
    return session.entry(body, session.credential(number), session.box)


def verdict(state: State, raw: bytes, ahead: Ahead | None) -> tuple[str, bytes]:
    try:
        return "", replay(state, raw, ahead).root
    except VerificationError as error:
        return str(error), b""


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_entry_of_a_whole_log_is_judged_alike(group: PublicGroup) -> None:
    state = initial(group)
    for raw in golden().entries:
        (ahead,) = look_ahead([raw], known_of(state), group)
        after = replay(state, raw, ahead)
        state = replay(state, raw)
        assert after.root == state.root
        assert {id_: contest.totals for id_, contest in after.contests.items()} == {
            id_: contest.totals for id_, contest in state.contests.items()
        }


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_bad_entries_are_refused_with_the_same_words(group: PublicGroup) -> None:
    session = opened()
    good = session.cast((0,), 0)
    other = session.cast((1,), 1)
    signature = good.index(b'"signature":"') + 20
    changed = good[:signature] + (b"B" if good[signature : signature + 1] == b"A" else b"A") + good[signature + 1 :]
    raws = [good, b"{}", changed, forged(session, 2), other[:-1], other, other]
    found = look_ahead(raws, known_of(session.state), group)
    state = session.state
    for raw, ahead in zip(raws, found, strict=True):
        assert verdict(state, raw, ahead) == verdict(state, raw, None)
        if not verdict(state, raw, None)[0]:
            state = replay(state, raw, ahead)
    assert [verdict(session.state, raw, ahead)[0][:4] for raw, ahead in zip(raws, found, strict=True)] == [
        *("", "V2.B", "V4.A", "V8.H", "V2.A", "", ""),
    ]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_what_is_found_goes_to_another_process(group: PublicGroup) -> None:
    session = opened()
    raws = [session.cast((0,), 0), forged(session, 1), b"", session.challenge((1,), 2)]
    sent = pickle.loads(pickle.dumps(known_of(session.state)))  # noqa: S301  # our own bytes
    found = pickle.loads(pickle.dumps(look_ahead(raws, sent, group)))  # noqa: S301  # our own bytes
    for raw, ahead in zip(raws, found, strict=True):
        assert verdict(session.state, raw, ahead) == verdict(session.state, raw, None)
    assert found[0].ballot.statement is None


def test_a_ballot_that_was_opened_under_something_else_is_opened_again() -> None:
    session = opened()
    bad, good = forged(session, 0), session.cast((0,), 1)
    known = known_of(session.state)
    assert known is not None
    for raw in (bad, good):
        (right,) = look_ahead([raw], known, SODIUM)
        assert right.ballot is not None
        foreign = replace(right.ballot, contest_hash=bytes(32)), replace(right.ballot, key=BASE.encode())
        for ballot in foreign:
            wrong = replace(right, ballot=ballot, argument=None)
            assert verdict(session.state, raw, wrong) == verdict(session.state, raw, None)
        # Without a contest it is opened when it is judged.
        (unknown,) = look_ahead([raw], None, SODIUM)
        assert unknown.ballot is None
        assert verdict(session.state, raw, unknown) == verdict(session.state, raw, None)
        assert len(prepare(session.state, raw, unknown)[1]) == 1
    (right,) = look_ahead([good], known, SODIUM)
    assert prepare(session.state, good, right)[1] == ()


def test_what_was_found_of_another_entry_is_refused() -> None:
    session = opened()
    one, two = session.cast((0,), 0), session.cast((0,), 1)
    (ahead,) = look_ahead([one], known_of(session.state), SODIUM)
    with pytest.raises(ValueError, match="another entry"):
        replay(session.state, two, ahead)


def test_nothing_is_known_before_there_is_a_key() -> None:
    assert known_of(initial()) is None


def test_a_challenge_of_zero_is_found_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def zero(*_: object) -> None:
        raise EncodingError("transcript", "challenge w is 0")

    session = opened()
    raws = [session.cast((1,), 0), forged(session, 1)]
    monkeypatch.setattr(module, "verify_batch", zero)
    found = look_ahead(raws, known_of(session.state), SODIUM)
    assert [ahead.argument and ahead.argument.code for ahead in found] == [None, "V8.H"]
    monkeypatch.setattr(module, "verify_argument", zero)
    found = look_ahead(raws, known_of(session.state), SODIUM)
    assert [ahead.argument and ahead.argument.code for ahead in found] == ["V2.D", "V2.D"]


def test_an_argument_that_does_not_hold_is_refused_where_only_the_rest_is_judged() -> None:
    """Whoever verifies what `prepare` gives back, and nothing else, must not take a ballot that was found bad ahead."""
    session = opened()
    raw = forged(session, 0)
    (ahead,) = look_ahead([raw], known_of(session.state), SODIUM)
    with pytest.raises(VerificationError) as refusal:
        prepare(session.state, raw, ahead)
    assert refusal.value.code.startswith("V8.")
