"""The state as others read it."""

from dataclasses import FrozenInstanceError

import pytest

from tally.state import Status, initial
from tests.support.session import SessionBuilder
from voting_core.errors import StateError
from voting_core.log.merkle import EMPTY_ROOT


@pytest.fixture(scope="module")
def session() -> SessionBuilder:
    return SessionBuilder().run("open")


def test_an_empty_log_has_no_session() -> None:
    state = initial()
    assert (state.size, state.root, state.root_at(0)) == (0, EMPTY_ROOT, EMPTY_ROOT)
    assert (state.joint_key, state.fingerprint, dict(state.public_shares)) == (None, None, {})
    for ask in (lambda: state.facts, lambda: state.session_id, lambda: state.quorum):
        with pytest.raises(StateError):
            ask()


def test_what_is_not_there_is_named(session: SessionBuilder) -> None:
    state = session.state
    with pytest.raises(StateError, match="no contest other"):
        state.contest("other")
    with pytest.raises(StateError, match="no contest 00"):
        state.contest_by_hash(bytes(32))
    with pytest.raises(StateError, match="there is no root"):
        state.root_at(state.size + 1)


def test_people_and_things_are_found(session: SessionBuilder) -> None:
    state = session.state
    assert state.officials == tuple(key.public for key in session.officials)
    assert {index: trustee.name for index, trustee in state.trustees.items()} == {
        1: "监票人1",
        2: "监票人2",
        3: "监票人3",
    }
    assert state.trustee_index(session.trustees[2].signing.public) == 2
    assert state.trustee_index(session.trustees[2].witness.public) is None
    assert {kiosk.name for kiosk in state.kiosks.values()} == {"K01", "K02"}
    assert state.box_key == session.box.public
    assert state.contest("motion").status is Status.OPEN
    assert state.contest_by_hash(state.contest("motion").contest.hash).id == "motion"


def test_a_state_does_not_change(session: SessionBuilder) -> None:
    with pytest.raises(FrozenInstanceError):
        session.state.sealed = True  # type: ignore[misc]  # that it cannot is what is tested
