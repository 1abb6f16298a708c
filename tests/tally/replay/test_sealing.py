"""Keys destroyed, session sealed, service data destroyed (SPEC §9.9)."""

import pytest

from tally.entries.session import KeyDestroyed, OfficialAdmitted, SessionDestroyed, SessionSealed
from tests.support.refusals import refused
from tests.support.session import Cards, SessionBuilder
from tests.tally.replay.conftest import At


def destroyed(session: SessionBuilder, index: int, by: int | None = None) -> bytes:
    return session.entry(KeyDestroyed(index), session.trustees[by or index].signing)


def sealed(session: SessionBuilder) -> bytes:
    return session.entry(SessionSealed(), *session.officials)


@pytest.mark.parametrize("stage", ["open", "voted", "closed", "verified", "shared"])
def test_keys_are_kept_while_a_contest_needs_them(at: At, stage: str) -> None:
    session = at(stage)
    refused(session, destroyed(session, 1), "V4.D")


@pytest.mark.parametrize("stage", ["ready", "counted", "published"])
def test_keys_are_destroyed_when_no_contest_needs_them(at: At, stage: str) -> None:
    session = at(stage)
    session.append(destroyed(session, 1))
    assert session.state.destroyed_keys == {1}


def test_there_is_no_key_to_destroy_before_the_ceremony_is_over(at: At) -> None:
    session = at("revealed")
    refused(session, destroyed(session, 1), "V4.D")


def test_a_trustee_destroys_its_own_key_once(at: At) -> None:
    session = at("published")
    refused(session, destroyed(session, 2, by=1), "V4.B")
    refused(session, destroyed(session, 9, by=1), "V4.B")
    session.append(destroyed(session, 1))
    refused(session, destroyed(session, 1), "V4.D")


def test_a_session_is_sealed_when_fewer_than_k_keys_are_left(at: At) -> None:
    session = at("published")
    session.append(destroyed(session, 1))
    refused(session, sealed(session), "V12.A")
    session.append(destroyed(session, 3))
    session.append(sealed(session))
    assert session.state.sealed


@pytest.mark.parametrize("stage", ["open", "closed", "counted", "declared", "signed"])
def test_a_session_is_not_sealed_with_a_contest_unfinished(at: At, stage: str) -> None:
    session = at(stage)
    refusal = refused(session, sealed(session), "V12.A")
    assert refusal.culprits == ("motion",)


def test_a_contest_that_never_opened_does_not_keep_a_session_open(at: At) -> None:
    session = at("ready")
    for index in (1, 2, 3):
        session.append(destroyed(session, index))
    session.append(sealed(session))


def test_a_session_without_a_key_is_sealed_without_destroying_one(at: At) -> None:
    session = at("revealed")
    session.append(sealed(session))
    assert session.state.sealed


def test_a_contest_that_must_stay_secret_does_not_keep_a_session_open() -> None:
    session = SessionBuilder(cards=Cards(drawn=4)).run("verified")
    for index in (1, 2):
        session.append(destroyed(session, index))
    session.append(sealed(session))


def test_nothing_follows_the_sealing_but_one_destruction(at: At) -> None:
    session = at("sealed")
    third = session.key("official 3")
    refused(session, session.entry(OfficialAdmitted(third.public), *session.officials, third), "V12.B")
    refused(session, sealed(session), "V12.B")
    destruction = session.add(SessionDestroyed(), *session.officials)
    assert session.state.destroyed
    refused(session, destruction, "V12.B")
    refused(session, session.entry(SessionDestroyed(), *session.officials), "V12.B")


def test_nothing_is_destroyed_before_the_session_is_sealed(at: At) -> None:
    session = at("published")
    refused(session, session.entry(SessionDestroyed(), *session.officials), "V4.D")
