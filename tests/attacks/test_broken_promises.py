"""Ballots that a service took and lost (SPEC §7.5, §8.8; V13.B).

Where a receipt is a number on a screen, nobody can show that it was ever given. Here the service signs, before the
delegate leaves the kiosk, that the ballot will be in the log; what it signed it cannot take back.
"""

from dataclasses import replace

import pytest

from ballots.crockford import fingerprint_text
from ballots.receipt import Promise, Receipt, sign_promise
from ballots.sealed_ballot import ballot_id
from tests.attacks.support.sessions import at
from tests.support.session import SessionBuilder
from tests.tally.verify.records import codes, record_of, verify
from voting_core.params import Tag
from voting_core.signing_key import SigningKey

LOST = 9
"""An attempt of card 0 whose ballot is in no log."""


def receipt_for(session: SessionBuilder, ballot: bytes, promise: Promise | None) -> bytes:
    fingerprint = session.state.fingerprint
    assert fingerprint is not None
    return Receipt(
        ballot=ballot, session=session.state.session_id, fingerprint=fingerprint_text(fingerprint), promise=promise
    ).to_bytes()


def promised(session: SessionBuilder, ballot: bytes, key: SigningKey | None = None) -> Promise:
    """What the service answers during the voting; the checkpoint is the one of the opened contest."""
    opened = at("open").state
    return sign_promise(
        ballot=ballot,
        size=opened.size,
        root=opened.root,
        session=session.state.session_id,
        service_key=key or session.service_key,
    )


def kept(session: SessionBuilder) -> bytes:
    return ballot_id(session.ballot(session.votes(session.contest().contest, 0), 0))


def lost(session: SessionBuilder) -> bytes:
    return ballot_id(session.ballot((1,), 0, attempt=LOST))


def test_without_a_signature_a_lost_ballot_is_one_word_against_another() -> None:
    """The weak receipt: a code. The record is in order, and anybody can make up a code."""
    session = at("sealed")
    report = verify(record_of(session), receipt=receipt_for(session, lost(session), None))
    assert codes(report) == ["V13.B"]
    assert "no valid promise" in report.findings[0].message
    made_up = verify(record_of(session), receipt=receipt_for(session, bytes(range(32)), None))
    assert made_up.findings[0].message == report.findings[0].message


def test_a_promise_that_the_sealed_log_does_not_keep_is_proof() -> None:
    session = at("sealed")
    report = verify(record_of(session), receipt=receipt_for(session, lost(session), promised(session, lost(session))))
    assert codes(report) == ["V13.B"]
    assert "proof of fraud" in report.findings[0].message
    good = receipt_for(session, kept(session), promised(session, kept(session)))
    assert codes(verify(record_of(session), receipt=good)) == []


def test_a_service_that_serves_two_logs_is_caught_by_the_tree_in_its_promise() -> None:
    """The ballot is in the log that is published, and the promise names a tree that this log never was."""
    session = at("sealed")
    promise = promised(session, kept(session))
    forked = replace(promise, root=bytes(32))
    signed = sign_promise(
        ballot=forked.ballot,
        size=forked.size,
        root=forked.root,
        session=forked.session,
        service_key=session.service_key,
    )
    report = verify(record_of(session), receipt=receipt_for(session, kept(session), signed))
    assert codes(report) == ["V13.B"]
    assert "two logs" in report.findings[0].message


def test_nobody_else_makes_a_promise() -> None:
    """A delegate who wants to accuse an honest service, with a key, a signature or a ballot of his own."""
    session = at("sealed")
    good = promised(session, lost(session))
    stolen = session.service_key.sign(Tag.RECORD, b"another purpose")
    forgeries = [
        promised(session, lost(session), session.key("a key of one's own")),
        promised(session, lost(session), session.log_key),
        replace(good, signature=stolen),
        replace(promised(session, kept(session)), ballot=lost(session)),
        replace(good, size=good.size - 1, root=session.state.root_at(good.size - 1)),
    ]
    for promise in forgeries:
        report = verify(record_of(session), receipt=receipt_for(session, lost(session), promise))
        assert set(codes(report)) == {"V13.B"}
        assert not any("proof of fraud" in finding.message for finding in report.findings)


@pytest.mark.parametrize("stage", ["voted", "closed"])
def test_before_sealing_a_late_ballot_is_no_fraud_yet(stage: str) -> None:
    session = at(stage)
    report = verify(record_of(session), receipt=receipt_for(session, lost(session), promised(session, lost(session))))
    assert codes(report) == ["V13.B"]
    assert "not in the log yet" in report.findings[0].message
