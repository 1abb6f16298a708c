"""The whole log: place, session, prefix, order, purity; runs of entries against entries one by one (SPEC §8.5)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballots.sealed_ballot import SealedBallot
from tally.entries.ballots import BallotCast
from tally.entries.contests import ContestOpened
from tally.entries.envelope import decode_entry
from tally.entries.session import OfficialAdmitted
from tally.replay import RunRefused, initial, prepare, refusal_whoever_signs, replay, replay_batch, skip
from tally.state import State
from tests.support.refusals import refused
from tests.support.session import SessionBuilder, Stop
from tests.tally.replay.conftest import At
from voting_core.errors import VerificationError
from voting_core.group import Q
from voting_core.log.merkle import EMPTY_ROOT, leaf_hash, tree_root


def one_by_one(state: State, raws: list[bytes]) -> tuple[State, tuple[int, VerificationError] | None]:
    for index, raw in enumerate(raws):
        try:
            state = replay(state, raw)
        except VerificationError as error:
            return state, (index, error)
    return state, None


def same_as_one_by_one(state: State, raws: list[bytes]) -> None:
    """A run gives the state, or the refusal with its place, that the entries give one by one."""
    after, refusal = one_by_one(state, raws)
    if refusal is None:
        assert replay_batch(state, raws) == after
        return
    with pytest.raises(RunRefused) as caught:
        replay_batch(state, raws)
    index, error = refusal
    found = caught.value
    assert (found.index, found.code, found.message, found.culprits) == (
        index,
        error.code,
        error.message,
        error.culprits,
    )


# The log


def test_every_root_is_that_of_the_tree(at: At) -> None:
    session = at("sealed")
    hashes = [leaf_hash(raw) for raw in session.entries]
    assert initial().root == EMPTY_ROOT
    for size in range(len(hashes) + 1):
        assert session.state.root_at(size) == tree_root(hashes[:size])
    assert (session.state.size, session.state.root) == (len(hashes), tree_root(hashes))


def test_the_same_log_gives_the_same_state(at: At) -> None:
    session = at("sealed")
    assert SessionBuilder().run().entries == session.entries
    assert replay_batch(initial(), session.entries) == session.state


def test_a_refusal_changes_nothing(at: At) -> None:
    session = at("open")
    before = session.state
    copy = replace(before)
    refused(session, session.cast((0,), 99), "V8.A")
    assert session.state is before
    assert before == copy


def test_a_log_begins_with_its_session_and_has_one(at: At) -> None:
    session = at("created")
    refused(SessionBuilder(), session.entry(ContestOpened("motion"), *session.officials), "V4.D")
    body = session.session_body()
    again = session.entry(body, *session.officials, session=body.session_id)
    refused(session, again, "V4.D")


def test_an_entry_names_this_session(at: At) -> None:
    """Foreign session."""
    session = at("ready")
    foreign = session.entry(ContestOpened("motion"), *session.officials, session=bytes(32))
    refused(session, foreign, "V2.C")
    other = SessionBuilder("another session").run("ready")
    refused(session, other.entry(ContestOpened("motion"), *other.officials), "V2.C")


def test_a_session_has_the_id_of_its_first_body() -> None:
    session = SessionBuilder()
    refused(session, session.entry(session.session_body(), *session.officials, session=bytes(32)), "V2.C")


@pytest.mark.parametrize("place", ["later", "other root", "empty"])
def test_what_an_author_saw_is_a_prefix_of_this_log(at: At, place: str) -> None:
    session = at("ready")
    size = session.state.size
    seen = {
        "later": (size + 1, session.state.root),
        "other root": (size, bytes(32)),
        "empty": (0, session.state.root),
    }[place]
    refused(session, session.entry(ContestOpened("motion"), *session.officials, seen=seen), "V3.A")


def test_an_author_may_have_seen_less(at: At) -> None:
    session = at("ready")
    third = session.key("official 3")
    for seen in ((0, EMPTY_ROOT), (3, session.state.root_at(3))):
        admitted = session.entry(OfficialAdmitted(third.public), *session.officials, third, seen=seen)
        session.fork().append(admitted)


def test_an_entry_is_not_replayed(at: At) -> None:
    session = at("sealed")
    for raw in session.entries[:-1]:
        refused(session, raw, "V12.B")
    session = at("published")
    for raw in session.entries:
        with pytest.raises(VerificationError):
            replay(session.state, raw)


def test_no_entry_is_dropped(at: At) -> None:
    entries = at("sealed").entries
    for dropped in range(len(entries) - 1):
        _, refusal = one_by_one(initial(), entries[:dropped] + entries[dropped + 1 :])
        assert refusal is not None, dropped


def test_no_two_entries_change_places(at: At) -> None:
    entries = at("sealed").entries
    for first in range(len(entries) - 1):
        swapped = [*entries[:first], entries[first + 1], entries[first], *entries[first + 2 :]]
        _, refusal = one_by_one(initial(), swapped)
        assert refusal is not None, first


def test_no_bytes_are_entries_by_chance() -> None:
    for raw in (b"", b"{}", b"null", b"\xff", b'{"a":1}', b"[" * 1000):
        with pytest.raises(VerificationError) as caught:
            replay(initial(), raw)
        assert caught.value.code in {"V2.A", "V2.B"}


# Runs


def spoiled(session: SessionBuilder, number: int) -> bytes:
    """A ballot whose argument alone is bad: everything else is signed and in order."""
    ballot: SealedBallot = session.ballot((0,), number, attempt=9)
    data = ballot.argument_bytes
    rho = (int.from_bytes(data[-32:], "little") + 1) % Q
    bad = replace(ballot, argument_bytes=data[:-32] + rho.to_bytes(32, "little"))
    return session.entry(BallotCast(bad), session.credential(number), session.box)


@pytest.mark.parametrize(
    "run",
    [
        lambda _: [],
        lambda s: [s.cast((n % 3,), n) for n in range(6)],
        lambda s: [s.cast((0,), 0), spoiled(s, 1), s.cast((0,), 2)],
        lambda s: [spoiled(s, 0), spoiled(s, 1)],
        lambda s: [spoiled(s, 0), s.cast((0,), 0)],
        lambda s: [spoiled(s, 0), s.cast((0,), 99)],
        lambda s: [s.cast((0,), 99), spoiled(s, 0)],
        lambda s: [s.cast((0,), 0), s.cast((0,), 0, attempt=1), spoiled(s, 1)],
        lambda s: [s.challenge((0,), 0), spoiled(s, 0), s.challenge((0,), 0)],
        lambda s: [b"{}", spoiled(s, 0)],
    ],
)
def test_a_run_is_judged_as_its_entries_one_by_one(at: At, run: Callable[[SessionBuilder], list[bytes]]) -> None:
    session = at("open")
    same_as_one_by_one(session.state, run(session))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(["cast", "challenge", "spoiled", "unknown", "noise"]), st.integers(0, 3)), max_size=6
    )
)
def test_any_run_is_judged_as_its_entries_one_by_one(at: At, moves: list[tuple[str, int]]) -> None:
    session = at("open")
    make: dict[str, Callable[[int], bytes]] = {
        "cast": lambda number: session.cast((number % 3,), number),
        "challenge": lambda number: session.challenge((0,), number, attempt=1),
        "spoiled": lambda number: spoiled(session, number),
        "unknown": lambda number: session.cast((0,), 90 + number),
        "noise": lambda number: b"noise %d" % number,
    }
    same_as_one_by_one(session.state, [make[move](number) for move, number in moves])


def test_a_whole_session_is_judged_in_one_run(at: At) -> None:
    entries = at("sealed").entries
    same_as_one_by_one(initial(), entries)
    for place in range(0, len(entries), 7):
        same_as_one_by_one(initial(), [*entries[:place], b"noise", *entries[place:]])


def test_a_prepared_state_waits_for_its_arguments(at: At) -> None:
    session = at("open")
    raw = spoiled(session, 0)
    _, statements = prepare(session.state, raw)
    assert len(statements) == 1
    refused(session, raw, "V8.H")


def test_an_auditor_goes_on_after_a_refusal(at: At) -> None:
    session = at("open")
    raw = spoiled(session, 0)
    skipped = skip(session.state, raw)
    assert skipped.size == session.state.size + 1
    assert skipped.root_at(session.state.size) == session.state.root
    assert replace(skipped, frontier=session.state.frontier, roots=session.state.roots) == session.state


# The builder of these tests


def test_a_hook_sees_every_entry_and_may_change_or_stop_it() -> None:
    seen: list[str] = []

    def hook(_: Any, type_: Any, raw: bytes) -> bytes:
        seen.append(type_.value)
        if type_.value == "dkg.revealed":
            raise Stop
        return raw

    session = SessionBuilder(hook=hook).run()
    assert seen[-1] == "dkg.revealed"
    assert len(session.entries) == len(seen) - 1
    tampering = SessionBuilder(hook=lambda _, __, raw: raw[:-1])
    with pytest.raises(VerificationError) as caught:
        tampering.run()
    assert caught.value.code == "V2.A"


# Before anybody signs


def test_what_the_log_took_would_be_refused_for_nothing_but_its_signatures(at: At) -> None:
    state = initial()
    for raw in at("sealed").entries:
        entry = decode_entry(raw)
        unsigned = replace(entry, signatures=())
        assert refusal_whoever_signs(state, unsigned) is None, entry.type
        state = prepare(state, raw)[0]
        again = refusal_whoever_signs(state, unsigned)
        assert again is not None, entry.type


def test_what_signatures_cannot_mend_is_the_refusal_of_replay(at: At) -> None:
    session = at("open")
    raw = session.entry(ContestOpened("motion"), *session.officials)
    found = refusal_whoever_signs(session.state, decode_entry(raw))
    with pytest.raises(VerificationError) as caught:
        prepare(session.state, raw)
    assert found is not None
    assert (found.code, found.message) == (caught.value.code, caught.value.message)
