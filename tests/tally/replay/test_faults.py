"""Complaints and faults (SPEC §6.5): bad shares, false, late and replayed complaints, missing messages."""

from dataclasses import replace

import pytest

from tally.entries.ceremony import DkgComplained, DkgFaulted
from tally.state import Fault
from tests.support.refusals import refused
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from tests.tally.replay.conftest import At
from voting_core.group import Q


def with_bad_share(at: At) -> SessionBuilder:
    """Trustee 1 seals a share to trustee 2 that does not lie on its polynomial."""
    session = at("committed")
    for index, party in session.trustees.items():
        body = party.revealed(session.state, bad_for=2 if index == 1 else 0)
        session.add(body, party.signing)
    return session


def complain(session: SessionBuilder, dealer: int, by: int = 2) -> DkgComplained:
    return session.trustees[by].complained(session.state, dealer)


def test_a_bad_share_ends_the_attempt_by_fault_of_its_dealer(at: At) -> None:
    session = with_bad_share(at)
    session.add(complain(session, 1), session.trustees[2].signing)
    ceremony = session.state.ceremony
    assert (ceremony.attempt, ceremony.faults) == (2, (Fault(1, 1, "share"),))
    assert not ceremony.committed
    assert not ceremony.revealed


@pytest.mark.parametrize("plaintext", [b"", bytes(31), Q.to_bytes(32, "little")])
def test_a_box_that_holds_no_scalar_is_a_bad_share(at: At, plaintext: bytes) -> None:
    session = at("committed")
    for index, party in session.trustees.items():
        body = party.revealed(session.state)
        if index == 1:
            box = party.box(session.state, 2, plaintext).ljust(80, b"\0")
            body = replace(body, shares=(replace(body.shares[0], box=box), body.shares[1]))
        session.add(body, party.signing)
    session.add(complain(session, 1), session.trustees[2].signing)
    assert session.state.ceremony.faults == (Fault(1, 1, "share"),)


def test_a_box_that_does_not_open_is_a_bad_share(at: At) -> None:
    session = at("committed")
    for index, party in session.trustees.items():
        body = party.revealed(session.state)
        if index == 1:
            noise = SeededRng("noise").bytes(79) + b"\0"
            body = replace(body, shares=(replace(body.shares[0], box=noise), body.shares[1]))
        session.add(body, party.signing)
    session.add(complain(session, 1), session.trustees[2].signing)
    assert session.state.ceremony.faults == (Fault(1, 1, "share"),)


def test_a_false_complaint_ends_the_attempt_by_fault_of_the_complainer(at: At) -> None:
    session = at("revealed")
    session.add(complain(session, 1), session.trustees[2].signing)
    assert session.state.ceremony.faults == (Fault(1, 2, "complaint"),)


def test_a_complaint_publishes_the_key_of_its_author(at: At) -> None:
    session = with_bad_share(at)
    wrong = replace(complain(session, 1), sealing_secret=session.trustees[3].sealing_secret(session.state))
    refused(session, session.entry(wrong, session.trustees[2].signing), "V5.F")


def test_a_complaint_after_ones_own_confirmation_is_too_late(at: At) -> None:
    session = with_bad_share(at)
    second = session.trustees[2]
    session.add(second.confirmed(session.state), second.signing)
    refused(session, session.entry(complain(session, 1), second.signing), "V5.F")
    # Another's confirmation takes nothing from one who has not confirmed.
    session.add(session.trustees[3].complained(session.state, 1), session.trustees[3].signing)
    assert session.state.ceremony.faults == (Fault(1, 3, "complaint"),)


def test_a_complaint_about_oneself_or_nobody_is_refused(at: At) -> None:
    session = at("revealed")
    for dealer in (2, 9):
        refused(session, session.entry(complain(session, dealer), session.trustees[2].signing), "V5.F")


def test_a_complaint_before_all_have_revealed_is_refused(at: At) -> None:
    session = at("committed")
    session.add(session.trustees[1].revealed(session.state), session.trustees[1].signing)
    refused(session, session.entry(complain(session, 1), session.trustees[2].signing), "V4.D")


def test_a_complaint_is_not_replayed_in_the_next_attempt(at: At) -> None:
    session = with_bad_share(at)
    body = complain(session, 1)
    raw = session.add(body, session.trustees[2].signing)
    refused(session, raw, "V4.D")
    for party in session.trustees.values():
        session.add(party.committed(session.state), party.signing)
    for party in session.trustees.values():
        session.add(party.revealed(session.state), party.signing)
    refused(session, session.entry(body, session.trustees[2].signing), "V4.D")
    # The key that was published is not that of the new attempt.
    refused(session, session.entry(replace(body, attempt=2), session.trustees[2].signing), "V5.F")


def test_the_next_attempt_has_fresh_polynomials_and_keys(at: At) -> None:
    session = with_bad_share(at)
    first = session.trustees[1]
    old = first.committed(session.state)
    session.add(complain(session, 1), session.trustees[2].signing)
    reused = replace(first.committed(session.state), sealing_key=old.sealing_key)
    refused(session, session.entry(reused, first.signing), "V4.C")
    first.polynomials[2] = first.polynomials[1]
    for party in session.trustees.values():
        session.add(party.committed(session.state), party.signing)
    refused(session, session.entry(first.revealed(session.state), first.signing), "V5.C")


def test_after_a_fault_the_ceremony_reaches_a_key(at: At) -> None:
    session = with_bad_share(at)
    session.add(complain(session, 1), session.trustees[2].signing)
    for stage in ("committed", "revealed", "keyed"):
        getattr(session, f"stage_{stage}")()
    assert session.state.joint_key is not None
    assert session.state.ceremony.attempt == 2


@pytest.mark.parametrize(
    ("stage", "missing"), [("joined", "committed"), ("committed", "revealed"), ("revealed", "confirmed")]
)
def test_a_missing_message_is_recorded_and_ends_the_attempt(at: At, stage: str, missing: str) -> None:
    session = at(stage)
    session.add(DkgFaulted(attempt=1, missing=missing, trustee=3), *session.officials)
    assert session.state.ceremony.faults == (Fault(1, 3, missing),)
    assert session.state.ceremony.attempt == 2


@pytest.mark.parametrize(
    ("stage", "missing", "trustee"),
    [
        ("joined", "revealed", 3),
        ("joined", "confirmed", 3),
        ("committed", "committed", 3),
        ("committed", "confirmed", 3),
        ("revealed", "revealed", 3),
        ("joined", "committed", 4),
        ("created", "committed", 1),
        ("keyed", "confirmed", 1),
    ],
)
def test_a_message_that_is_not_awaited_is_not_missing(at: At, stage: str, missing: str, trustee: int) -> None:
    session = at(stage)
    body = DkgFaulted(attempt=1, missing=missing, trustee=trustee)
    refused(session, session.entry(body, *session.officials), "V4.D")


def test_nobody_is_at_fault_who_has_sent_the_message(at: At) -> None:
    session = at("joined")
    session.add(session.trustees[3].committed(session.state), session.trustees[3].signing)
    body = DkgFaulted(attempt=1, missing="committed", trustee=3)
    refused(session, session.entry(body, *session.officials), "V4.D")
