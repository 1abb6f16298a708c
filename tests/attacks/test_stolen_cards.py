"""Cards in the wrong hands, and ballots that somebody wants to have undone (SPEC §7, §8.5 rules 4, 6, 8).

The weak replays: one that trusts a card alone, one that lets a void take a ballot away, one that does not reconcile
cards with ballots.
"""

from dataclasses import replace

import pytest
from immutables import Map

from ballots.sealed_ballot import SealedBallot
from tally.decide import Attendance
from tally.entries.ballots import BallotAssisted, BallotCast
from tally.entries.closing import KioskReported
from tally.entries.contests import ContestOpened
from tally.entries.credentials import CredentialVoided
from tally.entries.envelope import decode_entry
from tally.replay import contests, expected, replay, signers
from tests.attacks.support.sessions import at, decrypt, refused, without
from tests.support.session import SessionBuilder
from voting_core.elgamal import Ciphertext, decode_ciphertexts
from voting_core.group import sum_points
from voting_core.signing_key import SigningKey

THIEF = 3
"""The number of a card that was found on the floor."""


def card_alone(session: SessionBuilder, *others: SigningKey) -> bytes:
    """A ballot that somebody makes at home with a card, and perhaps with keys of one's own."""
    return session.entry(BallotCast(session.ballot((0,), THIEF)), session.credential(THIEF), *others)


def test_a_card_alone_casts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    session = at("open")
    for raw in (card_alone(session), card_alone(session, session.key("a box of one's own"))):
        refused(session, raw, "V8.K")
    with monkeypatch.context() as patch:
        without(patch, signers, "credential_and_box", lambda *_: None)
        assert replay(session.state, card_alone(session)).contest("motion").cast == 1


def test_the_key_of_a_kiosk_is_not_that_of_the_ballot_box() -> None:
    """A kiosk that is taken home signs reports with its own key. Ballots name the box, and so no kiosk."""
    session = at("open")
    for key in (session.kiosks[0], session.officials[0], session.service_key, session.trustees[1].signing):
        refused(session, card_alone(session, key), "V8.K")
    assisted = BallotAssisted("motion", bytes(16))
    refused(session, session.entry(assisted, session.kiosks[0]), "V8.K")
    # The box without the card is worth nothing either.
    refused(session, session.entry(BallotCast(session.ballot((0,), THIEF)), session.box), "V4.B")


def test_a_kiosk_that_nobody_registered_reports_nothing() -> None:
    session = at("closed")
    body = session.report(0)
    for kiosk in (session.key("a kiosk of one's own"), session.box, session.officials[0]):
        refused(session, session.entry(body, kiosk), "V4.B")


def test_a_made_up_card_and_a_card_of_another_contest_cast_nothing() -> None:
    session = at("open")
    made_up = session.key("a card of one's own")
    ballot = session.ballot((0,), THIEF)
    for key in (made_up, session.key("another")):
        raw = session.entry(BallotCast(replace(ballot, credential=key.public)), key, session.box)
        refused(session, raw, "V8.A")


def test_a_card_that_is_used_twice_counts_once() -> None:
    """Two ballots of one card: the second is refused, whether it says the same or something else."""
    session = at("open")
    session.append(session.cast((0,), THIEF))
    for marks in ((0,), (1,)):
        refused(session, session.cast(marks, THIEF, attempt=7), "V8.B")


def ballots_of(session: SessionBuilder) -> list[SealedBallot]:
    bodies = [decode_entry(raw).body for raw in session.entries]
    return [body.ballot for body in bodies if isinstance(body, BallotCast)]


def weak_tally(session: SessionBuilder) -> int:
    """Votes for the first mark in a system that leaves out the ballots of voided cards."""
    pairs = [
        decode_ciphertexts(ballot.ciphertexts_bytes, 2, "ballot")[0]
        for ballot in ballots_of(session)
        if ballot.credential not in session.state.voided
    ]
    total = Ciphertext(sum_points(pair.pad for pair in pairs), sum_points(pair.data for pair in pairs))
    return decrypt(session, (1, 2), total.pad, total.data)


@pytest.mark.parametrize("reason", ["returned", "test"])
def test_a_void_never_takes_a_ballot_away(reason: str) -> None:
    """An official with the card in hand, or with somebody's help, wants a vote undone."""
    session = at("open")
    for number in range(6):
        session.append(session.cast((0,), number))
    key = session.credential(THIEF)
    raw = session.entry(CredentialVoided(slot=0, credential=key.public, reason=reason), session.officials[0], key)
    assert "a ballot is never removed" in str(refused(session, raw, "V7.B"))
    assert weak_tally(session) == 6

    # Where the void is taken all the same, and the tally leaves out voided cards, the vote is gone.
    weak = session.fork()
    weak.state = replace(weak.state, cast_credentials=Map())
    weak.append(raw)
    assert weak_tally(weak) == 5
    # Here even that changes no sum: ballots are added when they are cast, and nothing subtracts.
    assert weak.contest().sums == session.contest().sums


def test_a_voided_card_casts_nothing() -> None:
    session = at("open")
    left_over = session.cards.drawn + session.cards.test
    refused(session, session.cast((0,), left_over), "V8.A")
    session.void(THIEF, "returned")
    refused(session, session.cast((0,), THIEF), "V8.A")
    refused(session, session.challenge((0,), THIEF), "V8.A")


def test_a_card_is_voided_by_whoever_holds_it() -> None:
    """An official alone could void the cards of a delegation; the card itself must sign."""
    session = at("open")
    body = CredentialVoided(slot=0, credential=session.credential(THIEF).public, reason="returned")
    for keys in ((session.officials[0],), session.officials, (session.officials[0], session.credential(2))):
        refused(session, session.entry(body, *keys), "V4.B")
    refused(session, session.entry(body, session.credential(THIEF), session.officials[0]), "V4.B")


def test_cards_that_nobody_declared_do_not_open_a_contest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cards more were made than were drawn, tested, voided or sealed away. Whoever has them would vote."""
    session = at("ready")
    fewer = tuple(replace(cards, drawn=cards.drawn - 2) for cards in session.attendance().cards)
    session.add(session.attendance(cards=fewer), *session.two_trustees())
    raw = session.entry(ContestOpened("motion"), *session.officials)
    assert "is not 4 drawn + 1 for tests" in str(refused(session, raw, "V7.C"))
    with monkeypatch.context() as patch:
        without(patch, contests, "_check_cards", lambda *_: None)
        assert replay(session.state, raw).contest("motion").is_voting


def stuffed() -> SessionBuilder:
    """All delegates have voted, and so has a card of the sealed reserve."""
    session = at("voted")
    session.append(session.cast((0,), session.cards.generated - 1))
    return session.run("counted")


def test_a_reserve_card_that_votes_voids_the_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    session = stuffed()
    assert session.contest().cast == session.cards.drawn + 1
    outcome = expected.outcome_body(session.state, "motion").outcome
    assert (outcome["ballots_in_order"], outcome["outcome"]) == (False, "void_revote")
    with monkeypatch.context() as patch:
        without(patch, Attendance, "in_order", lambda _self, _rule: True)
        assert expected.outcome_body(session.state, "motion").outcome["ballots_in_order"] is True
        weak = session.entry(expected.outcome_body(session.state, "motion"), *session.officials)
    refused(session, weak, "V11.A")


def test_a_kiosk_that_kept_a_ballot_back_or_made_one_up_is_missed_in_the_sum() -> None:
    """Cast, as the kiosks counted them, against the log: one more, one less, the right sum of wrong kinds."""
    for cast, challenged in ((-1, 0), (1, 0), (0, -1), (0, 1), (1, -1)):
        session = at("closed")
        real = session.report(0)
        wrong = KioskReported(
            contest="motion", cast=real.cast + cast, challenged=real.challenged + challenged, root=real.root
        )
        session.add(wrong, session.kiosks[0])
        session.add(session.report(1), session.kiosks[1])
        verified = session.entry(expected.record_verified_body(session.state, "motion"), session.trustees[1].signing)
        refused(session, verified, "V9.B")
