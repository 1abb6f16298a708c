"""session.created and official.admitted (SPEC §8.5 rule 1)."""

import pytest

from tally.entries.session import OfficialAdmitted
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.replay.conftest import At
from voting_core.params import MAX_OFFICIALS

IDENTITY_KEY = bytes([1]) + bytes(31)


def created(session: SessionBuilder, **changes: object) -> bytes:
    body = session.session_body(**changes)
    return session.entry(body, *session.officials, session=body.session_id)


def test_the_first_entry_makes_the_session(at: At) -> None:
    state = at("created").state
    assert (state.size, state.session_id) == (1, state.facts.session_id)
    assert state.officials == state.facts.officials
    assert state.quorum == 3


@pytest.mark.parametrize(("threshold", "trustees"), [(1, 3), (4, 3), (1, 1)])
def test_thresholds_that_protect_nothing_or_cannot_be_reached_are_refused(threshold: int, trustees: int) -> None:
    session = SessionBuilder()
    refused(session, created(session, threshold=threshold, trustees=trustees), "V5.A")


@pytest.mark.parametrize(("n", "k", "quorum"), [(5, 3, 4), (7, 4, 6), (3, 2, 3), (2, 2, 2), (4, 2, 3)])
def test_two_quorums_share_at_least_k_trustees(n: int, k: int, quorum: int) -> None:
    state = SessionBuilder(trustees=n, threshold=k).run("created").state
    assert state.quorum == quorum
    assert 2 * quorum - n >= k


@pytest.mark.parametrize("field", ["log_key", "service_key"])
def test_a_key_of_small_order_does_not_enter_the_log(field: str) -> None:
    session = SessionBuilder()
    refused(session, created(session, **{field: IDENTITY_KEY}), "V4.C")


def test_one_key_does_not_serve_two_purposes() -> None:
    session = SessionBuilder()
    refused(session, created(session, service_key=session.log_key.public), "V4.C")
    refused(session, created(session, log_key=session.officials[0].public), "V4.C")


def test_a_session_is_created_by_the_officials_it_names() -> None:
    session = SessionBuilder()
    body = session.session_body()
    stranger = session.key("stranger")
    for signers in (session.officials[:1], (*session.officials, stranger), (session.officials[0], stranger)):
        refused(session, session.entry(body, *signers, session=body.session_id), "V4.B")


def test_an_official_is_admitted_by_two_and_signs_too(at: At) -> None:
    session = at("created")
    third = session.key("official 3")
    session.add(OfficialAdmitted(third.public), *session.officials, third)
    assert session.state.officials == (*session.state.facts.officials, third.public)


def test_an_official_is_admitted_once(at: At) -> None:
    session = at("created")
    body = OfficialAdmitted(session.officials[1].public)
    refused(session, session.entry(body, *session.officials), "V4.B")
    third = session.key("official 3")
    session.add(OfficialAdmitted(third.public), *session.officials, third)
    first_and_third = (session.officials[0], session.officials[1], third)
    refused(session, session.entry(OfficialAdmitted(third.public), *first_and_third), "V4.C")


def test_a_trustee_does_not_become_an_official(at: At) -> None:
    session = at("joined")
    trustee = session.trustees[1].signing
    refused(session, session.entry(OfficialAdmitted(trustee.public), *session.officials, trustee), "V4.C")


def test_there_are_only_so_many_officials(at: At) -> None:
    session = at("created")
    for number in range(3, MAX_OFFICIALS + 1):
        key = session.key(f"official {number}")
        session.add(OfficialAdmitted(key.public), *session.officials, key)
    last = session.key("one too many")
    refused(session, session.entry(OfficialAdmitted(last.public), *session.officials, last), "V4.D")
