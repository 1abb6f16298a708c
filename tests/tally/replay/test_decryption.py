"""Commit, then share (SPEC §9.4, §9.5)."""

from dataclasses import replace
from typing import Any

import pytest

from ballots.contest import Cell
from tally.entries.counting import TallyShared
from tally.replay import expected
from tests.support.refusals import refused
from tests.support.session import Cards, SessionBuilder, motion_contest
from tests.tally.replay.conftest import At
from voting_core.group import BASE, decode_point


def committed(session: SessionBuilder, index: int, body: TallyShared | None = None) -> bytes:
    party = session.trustees[index]
    return session.entry(party.share_committed(session.state, body or session.shared(index)), party.signing)


def shared(session: SessionBuilder, index: int, body: TallyShared | None = None) -> bytes:
    return session.entry(body or session.shared(index), session.trustees[index].signing)


def five(until: str = "verified") -> SessionBuilder:
    """Five trustees, three of whom are enough; four verify."""
    return SessionBuilder(trustees=5, threshold=3).run(until)


def test_nothing_is_decrypted_with_q_minus_1_signatures(at: At) -> None:
    session = at("reported")
    for index in (1, 2):
        session.add(expected.record_verified_body(session.state, "motion"), session.trustees[index].signing)
    refused(session, committed(session, 1), "V9.D")


def test_a_trustee_decrypts_only_what_it_has_verified_itself() -> None:
    session = five()
    refused(session, committed(session, 5), "V9.D")


def test_a_trustee_commits_once(at: At) -> None:
    session = at("verified")
    session.append(committed(session, 1))
    refused(session, committed(session, 1), "V10.B")


def test_no_commitment_follows_k_good_shares() -> None:
    session = five()
    for index in (1, 2, 3):
        session.append(committed(session, index))
    for index in (1, 2):
        session.append(shared(session, index))
    committed_late = session.fork()
    committed_late.append(committed(committed_late, 4))
    session.append(shared(session, 3))
    refused(session, committed(session, 4), "V10.B")


def test_a_trustee_that_commits_and_vanishes_is_replaced() -> None:
    """Exactly k have committed, and one of them never shows its share."""
    session = five()
    for index in (1, 2, 3):
        session.append(committed(session, index))
    for index in (2, 3):
        session.append(shared(session, index))
    counted = session.entry(expected.counted_body(five("shared").state, "motion"), session.officials[0])
    refused(session, counted, "V10.C")
    session.append(committed(session, 4))
    session.append(shared(session, 4))
    session.stage_counted()
    assert session.contest().totals == ((2, 2, 2),)


def test_a_late_commitment_binds_like_an_early_one() -> None:
    session = five()
    for index in (1, 2, 3):
        session.append(committed(session, index))
    session.append(shared(session, 2))
    refused(session, shared(session, 4), "V10.B")
    refused(session, committed(session, 5), "V9.D")
    session.append(committed(session, 4))
    refused(session, shared(session, 4, replace(session.shared(4), proof=session.shared(3).proof)), "V10.B")
    refused(session, committed(session, 4), "V10.B")


def test_a_bad_share_is_replaced() -> None:
    session = five()
    bad = shifted(session, 1)
    for index, body in ((1, bad), (2, None), (3, None)):
        session.append(committed(session, index, body))
    session.append(shared(session, 1, bad))
    session.append(shared(session, 2))
    session.append(shared(session, 3))
    session.append(committed(session, 4))
    session.append(shared(session, 4))
    session.stage_counted()
    assert session.contest().totals == ((2, 2, 2),)
    refused(session, committed(session, 4), "V4.D")


def test_shares_wait_for_k_commitments(at: At) -> None:
    session = at("verified")
    session.append(committed(session, 1))
    refused(session, shared(session, 1), "V10.B")


def test_a_share_needs_a_commitment_of_its_author() -> None:
    session = five()
    for index in (1, 2, 3):
        session.append(committed(session, index))
    refused(session, shared(session, 4), "V10.B")


def test_a_share_opens_its_commitment(at: At) -> None:
    session = at("share_committed")
    body = session.shared(1)
    other = session.shared(2)
    for changed in (other, replace(body, proof=other.proof), replace(body, shares=other.shares)):
        refused(session, shared(session, 1, changed), "V10.B")


def test_a_share_is_shown_once(at: At) -> None:
    session = at("share_committed")
    session.append(shared(session, 1))
    refused(session, shared(session, 1), "V10.B")


def with_share(session: SessionBuilder, index: int, body: TallyShared) -> SessionBuilder:
    """Trustee `index` has committed to this body, the first two of the others to good ones."""
    others = [other for other in session.trustees if other != index][:2]
    for other in others:
        session.append(committed(session, other))
    session.append(committed(session, index, body))
    return session


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: replace(body, shares=body.shares[:-32]),
        lambda body: replace(body, shares=body.shares + body.shares[:32]),
        lambda body: replace(body, shares=bytes(32) + body.shares[32:]),
        lambda body: replace(body, shares=b"\xff" * 32 + body.shares[32:]),
        lambda body: replace(body, proof=bytes(32) + body.proof[32:]),
        lambda body: replace(body, proof=body.proof[:-32] + b"\xff" * 32),
    ],
    ids=["short", "long", "identity", "no point", "no T1", "large z"],
)
def test_a_share_that_is_not_well_formed_is_refused(at: At, spoil: Any) -> None:
    session = at("verified")
    body = spoil(session.shared(1))
    session = with_share(session, 1, body)
    refused(session, shared(session, 1, body), "V2.D")


def shifted(session: SessionBuilder, index: int) -> TallyShared:
    """A share that moves the first counter by one, under the proof of the good one."""
    body = session.shared(index)
    moved = (decode_point(body.shares[:32], "D_1") + BASE).encode()
    return replace(body, shares=moved + body.shares[32:])


def test_a_bad_share_stays_as_evidence_is_not_used_and_names_its_author(at: At) -> None:
    session = at("verified")
    bad = shifted(session, 1)
    session = with_share(session, 1, bad)
    session.append(shared(session, 1, bad))
    contest = session.contest()
    assert contest.bad_shares == (1,)
    assert "trustee 1" in contest.shares[1].fault
    for index in (2, 3):
        session.append(shared(session, index))
    assert tuple(session.contest().good_shares) == (2, 3)
    session.stage_counted()
    assert session.contest().totals == ((2, 2, 2),)


def test_with_too_few_good_shares_nothing_is_counted(at: At) -> None:
    session = at("verified")
    bad = shifted(session, 1)
    counted = expected.counted_body(at("shared").state, "motion")
    session = with_share(session, 1, bad)
    session.append(shared(session, 1, bad))
    session.append(shared(session, 2))
    refusal = refused(session, session.entry(counted, session.officials[0]), "V10.C")
    assert refusal.culprits == ("trustee 1 (监票人1)",)


def test_nothing_is_decrypted_while_a_contest_is_open_or_when_it_is_counted(at: At) -> None:
    body = at("shared").trustees[1].share_committed(at("shared").state, at("shared").shared(1))
    for stage in ("voted", "counted"):
        session = at(stage)
        refused(session, session.entry(body, session.trustees[1].signing), "V4.D")
        refused(session, session.entry(at("shared").shared(1), session.trustees[1].signing), "V4.D")


def test_a_contest_below_its_minimum_is_not_decrypted() -> None:
    """Four ballots, five are needed."""
    session = SessionBuilder(cards=Cards(drawn=4)).run("verified")
    refused(session, committed(session, 1), "V10.A")
    contest = session.contest()
    assert contest.is_secret_for_ever
    assert contest.is_finished
    assert not contest.is_in_progress


def test_without_ballots_there_is_nothing_to_decrypt() -> None:
    session = SessionBuilder(cards=Cards(drawn=0)).run("verified")
    refused(session, session.entry(_empty_commitment(session), session.trustees[1].signing), "V4.D")


def _empty_commitment(session: SessionBuilder) -> Any:
    nothing = TallyShared(contest="motion", shares=b"", proof=bytes(96))
    return session.trustees[1].share_committed(session.state, nothing)


def test_cells_below_the_minimum_are_decrypted_together() -> None:
    cells = (Cell("members", ("member",), "all"), Cell("all", ("delegate",), ""))

    def two_cells(rules: Any) -> Any:
        return motion_contest(rules, classes=("delegate", "member"), cells=cells)

    session = SessionBuilder(contests=(two_cells,), cards=Cards(drawn=4)).run("counted")
    assert [(cell.cell, cell.ballots) for cell in session.contest().cells] == [("all", 8)]
