"""Trustees who spoil the count with bad shares (SPEC §9.4, §9.5, §9.6).

A count that uses whatever shares it is given, or waits for everybody, is moved or stopped by one trustee.
Here a bad share is dropped, its author named, and any k good ones suffice.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tally.entries.counting import TallyShared
from tally.replay import decryption, expected
from tally.state import ContestState, Share
from tests.attacks.support.sessions import at, refused, without
from tests.support.session import SessionBuilder
from voting_core.errors import VerificationError
from voting_core.group import BASE, Point, decode_points

CULPRIT = "trustee 2 (监票人2)"
HONEST = at("counted").contest().totals


def points_of(body: TallyShared) -> tuple[Point, ...]:
    return decode_points(body.shares, len(body.shares) // 32, "shares")


def with_points(body: TallyShared, points: tuple[Point, ...]) -> TallyShared:
    return replace(body, shares=b"".join(point.encode() for point in points))


def shifted(body: TallyShared) -> TallyShared:
    """One more for the first mark, in a count of the trustees 1 and 2: their Lagrange coefficients are 2 and -1."""
    first, *rest = points_of(body)
    return with_points(body, (first + BASE, *rest))


def swapped(body: TallyShared) -> TallyShared:
    return with_points(body, points_of(body)[::-1])


def garbage(body: TallyShared) -> TallyShared:
    return with_points(body, tuple(BASE * (n + 77) for n, _ in enumerate(points_of(body))))


def other_proof(body: TallyShared) -> TallyShared:
    return replace(body, proof=body.proof[32:64] + body.proof[:32] + body.proof[64:])


SPOILED: dict[str, Callable[[TallyShared], TallyShared]] = {
    "shifted": shifted,
    "swapped": swapped,
    "garbage": garbage,
    "other proof": other_proof,
}


def with_share(session: SessionBuilder, index: int, body: TallyShared) -> SessionBuilder:
    """A trustee commits to a body; the others must have committed before anybody shows."""
    session.add(session.trustees[index].share_committed(session.state, body), session.trustees[index].signing)
    return session


def show(session: SessionBuilder, index: int, body: TallyShared | None = None) -> None:
    session.add(body or session.shared(index), session.trustees[index].signing)


def spoiled(how: str, honest: tuple[int, ...] = (1, 3)) -> SessionBuilder:
    """All have committed; trustee 2 to something of its own."""
    session = at("verified")
    for index in honest:
        with_share(session, index, session.shared(index))
    return with_share(session, 2, SPOILED[how](session.shared(2)))


@pytest.mark.parametrize("how", SPOILED)
def test_a_bad_share_is_not_used_and_its_author_is_named(how: str) -> None:
    session = spoiled(how)
    show(session, 1)
    show(session, 2, SPOILED[how](session.shared(2)))
    assert session.contest().bad_shares == (2,)
    assert session.contest().shares[2].fault.startswith("V10.C: trustee 2")
    # Alone with the bad share, the good one does not suffice, and the refusal says why.
    with pytest.raises(VerificationError) as caught:
        expected.counted_body(session.state, "motion")
    assert (caught.value.code, caught.value.culprits) == ("V10.C", (CULPRIT,))
    show(session, 3)
    session.add(expected.counted_body(session.state, "motion"), session.officials[0])
    assert session.contest().totals == HONEST


@pytest.mark.parametrize("how", ["swapped", "garbage"])
def test_where_proofs_are_not_checked_one_share_stops_the_count(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    session = spoiled(how)
    without(monkeypatch, decryption, "_judge", lambda *given: Share(given[3], ""))
    show(session, 1)
    show(session, 2, SPOILED[how](session.shared(2)))
    # Two trustees decrypt to nothing, and nobody can say who is at fault: the contest has no result.
    with pytest.raises(VerificationError, match=r"V10\.D.*decrypts to no number"):
        expected.counted_body(session.state, "motion")
    show(session, 3)
    with pytest.raises(VerificationError, match=r"V10\.D.*decrypt to different counts"):
        expected.counted_body(session.state, "motion")


def test_where_proofs_are_not_checked_one_trustee_moves_a_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    session = spoiled("shifted")
    without(monkeypatch, decryption, "_judge", lambda *given: Share(given[3], ""))
    show(session, 1)
    show(session, 2, shifted(session.shared(2)))
    session.add(expected.counted_body(session.state, "motion"), session.officials[0])
    ((approve, against, abstain),) = HONEST
    assert session.contest().totals == ((approve + 1, against, abstain - 1),)


def test_waiting_for_everybody_lets_one_trustee_stop_the_count() -> None:
    """A weak count needs all shares that were committed to; here k good ones are enough, and silence costs nothing."""
    session = spoiled("garbage")
    show(session, 1)
    show(session, 3)
    assert len(session.contest().commitments) == 3
    assert len(session.contest().shares) == 2
    session.add(expected.counted_body(session.state, "motion"), session.officials[0])


def no_commitment_after_a_share(patch: pytest.MonkeyPatch) -> None:
    """A replay in which the first share ends the commitments."""
    enough = property(lambda contest: dict.fromkeys(range(9)) if contest.shares else {})
    without(patch, ContestState, "good_shares", enough)


def late(session: SessionBuilder) -> bytes:
    """The commitment of trustee 3, made after somebody has shown a share."""
    body = session.trustees[3].share_committed(session.state, session.shared(3))
    return session.entry(body, session.trustees[3].signing)


def test_the_first_k_to_commit_cannot_shut_the_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of exactly k committed trustees shows a bad share at once. Where no commitment may follow, all is over."""
    session = spoiled("shifted", honest=(1,))
    show(session, 2, shifted(session.shared(2)))
    with monkeypatch.context() as patch:
        no_commitment_after_a_share(patch)
        refused(session, late(session), "V10.B")
    session.append(late(session))
    show(session, 1)
    show(session, 3)
    session.add(expected.counted_body(session.state, "motion"), session.officials[0])
    assert session.contest().bad_shares == (2,)
    assert session.contest().totals == HONEST


def test_a_trustee_who_commits_and_withholds_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or whose laptop breaks between the two: exactly k have committed, and one of them never shows."""
    session = spoiled("garbage", honest=(1,))
    show(session, 1)
    with monkeypatch.context() as patch:
        no_commitment_after_a_share(patch)
        refused(session, late(session), "V10.B")
    session.append(late(session))
    show(session, 3)
    session.add(expected.counted_body(session.state, "motion"), session.officials[0])
    assert session.contest().totals == HONEST


def test_nobody_commits_once_the_shares_suffice() -> None:
    """With k good shares everybody can know the counts: a commitment after that would commit to nothing."""
    session = at("verified")
    for index in (1, 2):
        with_share(session, index, session.shared(index))
    for index in (1, 2):
        show(session, index)
    refused(session, late(session), "V10.B")
