"""Closing, kiosk reports, lost kiosks, record.verified (SPEC §8.5 rules 8 and 9, §9.1 to §9.3)."""

from dataclasses import replace
from typing import Any

import pytest

from tally.entries.closing import KioskLost
from tally.entries.contests import (
    AttendanceDeclared,
    Box,
    ClassCards,
    ContestOpened,
    ContestPaused,
    ContestResumed,
    KioskRegistered,
)
from tally.replay import expected
from tally.state import Status
from tests.support.refusals import refused
from tests.support.session import SessionBuilder, motion_contest
from tests.tally.replay.by_hand import definition, motion, with_rules
from tests.tally.replay.conftest import At

# Closing


def test_the_closed_root_is_that_of_the_log_through_contest_closed(at: At) -> None:
    session = at("closed")
    contest = session.contest()
    assert contest.status is Status.CLOSED
    assert contest.closing is not None
    assert (contest.closing.size, contest.closing.root) == (session.state.size, session.state.root)
    assert contest.closing.kiosks == tuple(sorted(kiosk.public for kiosk in session.kiosks))
    assert [(cell.cell, cell.ballots) for cell in contest.closing.cells] == [("all", 6)]


def test_a_paused_contest_closes(at: At) -> None:
    session = at("voted")
    session.add(ContestPaused("motion"), *session.officials)
    session.stage_closed()
    assert session.contest().status is Status.CLOSED


@pytest.mark.parametrize("stage", ["ready", "closed", "counted"])
def test_only_an_open_contest_closes_and_only_once(at: At, stage: str) -> None:
    session = at(stage)
    refused(session, session.entry(expected.close_body(session.state, "motion"), *session.officials), "V4.D")


@pytest.mark.parametrize("change", [{"cast": 5}, {"cast": 7}, {"challenged": 1}, {"challenged": 3}])
def test_a_contest_closes_with_the_counts_of_the_log(at: At, change: dict[str, int]) -> None:
    session = at("voted")
    body = replace(expected.close_body(session.state, "motion"), **change)
    refused(session, session.entry(body, *session.officials), "V9.A")


def test_a_contest_closes_over_exactly_the_log_before(at: At) -> None:
    session = at("voted")
    size = session.state.size - 1
    body = expected.close_body(session.state, "motion")
    earlier = session.entry(body, *session.officials, seen=(size, session.state.root_at(size)))
    refused(session, earlier, "V9.A")


def test_test_cards_are_voided_before_closing(at: At) -> None:
    session = at("open")
    body = expected.close_body(session.state, "motion")
    refusal = refused(session, session.entry(body, *session.officials), "V7.C")
    assert "1 test cards were declared, 0 are voided" in str(refusal)
    session.void(6, "test")
    session.void(0, "test")
    refused(session, session.entry(body, *session.officials), "V7.C")


# Kiosks


def test_a_kiosk_reports_once_after_closing(at: At) -> None:
    session = at("closed")
    body = session.report(0)
    refused(at("voted"), at("voted").entry(body, session.kiosks[0]), "V4.D")
    session.add(body, session.kiosks[0])
    refused(session, session.entry(body, session.kiosks[0]), "V9.B")


def test_a_kiosk_reports_on_the_closed_root(at: At) -> None:
    session = at("closed")
    body = replace(session.report(0), root=session.state.root_at(session.state.size - 1))
    refused(session, session.entry(body, session.kiosks[0]), "V9.B")


def test_an_unregistered_kiosk_does_not_report(at: At) -> None:
    session = at("closed")
    refused(session, session.entry(session.report(0), session.key("kiosk 99")), "V4.B")
    refused(session, session.entry(session.report(0), session.kiosks[0], session.kiosks[1]), "V4.B")


def test_a_kiosk_registered_after_closing_has_nothing_to_report(at: At) -> None:
    session = at("closed")
    late = session.key("kiosk 3")
    body = KioskRegistered(name="K03", kiosk=late.public, box_key=session.box.public)
    session.add(body, *session.officials, late)
    refused(session, session.entry(session.report(1), late), "V9.B")
    refused(session, session.entry(KioskLost("motion", late.public), *quorum(session)), "V9.B")


def quorum(session: SessionBuilder) -> tuple[Any, ...]:
    return tuple(session.trustees[index].signing for index in (1, 2, 3))


def verified(session: SessionBuilder, index: int = 1, **changes: Any) -> bytes:
    body = replace(expected.record_verified_body(session.state, "motion"), **changes)
    return session.entry(body, session.trustees[index].signing)


def test_nobody_verifies_before_every_kiosk_has_reported(at: At) -> None:
    session = at("closed")
    session.add(session.report(0), session.kiosks[0])
    refusal = refused(session, verified(session), "V9.B")
    assert refusal.culprits == ("K02",)


@pytest.mark.parametrize("change", [{"cast": 5}, {"cast": 7}, {"challenged": 1}, {"challenged": 3}])
def test_kiosk_counts_that_are_off_by_one_stop_the_count(at: At, change: dict[str, int]) -> None:
    session = at("closed")
    session.add(replace(session.report(0), **change), session.kiosks[0])
    session.add(session.report(1), session.kiosks[1])
    refused(session, verified(session), "V9.B")


def test_a_lost_kiosk_is_recorded_by_q_trustees(at: At) -> None:
    session = at("closed")
    body = KioskLost("motion", session.kiosks[1].public)
    refused(session, session.entry(body, *quorum(session)[:2]), "V4.B")
    refused(session, session.entry(body, *quorum(session), session.officials[0]), "V4.B")
    session.add(session.report(0), session.kiosks[0])
    session.add(body, *quorum(session))
    refused(session, session.entry(body, *quorum(session)), "V9.B")
    refused(session, session.entry(session.report(1), session.kiosks[1]), "V9.B")
    session.append(verified(session))


def test_a_kiosk_is_lost_while_voting_pauses_or_after_closing_and_before_verification(at: At) -> None:
    body = KioskLost("motion", at("voted").kiosks[1].public)
    for stage in ("ready", "voted", "verified"):
        session = at(stage)
        refused(session, session.entry(body, *quorum(session)), "V4.D")


def test_a_kiosk_that_was_lost_before_closing_is_not_waited_for_and_does_not_report(at: At) -> None:
    session = at("voted")
    session.add(ContestPaused("motion"), *session.officials)
    body = KioskLost("motion", session.kiosks[1].public)
    refused(session, session.entry(body, *quorum(session)[:2]), "V4.B")
    stranger = KioskLost("motion", session.key("kiosk 9").public)
    refused(session, session.entry(stranger, *quorum(session)), "V9.B")
    session.add(body, *quorum(session))
    refused(session, session.entry(body, *quorum(session)), "V9.B")
    session.stage_closed()
    refused(session, session.entry(session.report(1), session.kiosks[1]), "V9.B")
    refused(session, session.entry(body, *quorum(session)), "V9.B")
    session.add(session.report(0), session.kiosks[0])
    session.append(verified(session))


def test_a_kiosk_is_lost_for_one_contest_and_stays_so_when_voting_goes_on(at: At) -> None:
    session = at("voted")
    session.add(ContestPaused("motion"), *session.officials)
    session.add(KioskLost("motion", session.kiosks[1].public), *quorum(session))
    session.add(ContestResumed("motion"), *session.officials)
    session.stage_closed()
    assert session.contest().lost == {session.kiosks[1].public}


def test_with_a_lost_kiosk_the_reports_do_not_exceed_the_log(at: At) -> None:
    session = at("closed")
    session.add(KioskLost("motion", session.kiosks[1].public), *quorum(session))
    fewer = session.fork()
    fewer.add(replace(fewer.report(0), cast=4), fewer.kiosks[0])
    fewer.append(verified(fewer))
    session.add(replace(session.report(0), cast=7), session.kiosks[0])
    refused(session, verified(session), "V9.B")


def test_a_report_that_does_not_fit_is_set_aside_by_recording_the_kiosk_as_lost(at: At) -> None:
    session = at("closed")
    session.add(session.report(0), session.kiosks[0])
    session.add(replace(session.report(1), cast=2), session.kiosks[1])
    refused(session, verified(session), "V9.B")
    session.add(KioskLost("motion", session.kiosks[1].public), *quorum(session))
    session.append(verified(session))


# record.verified


@pytest.mark.parametrize(
    "change",
    [{"cast": 5}, {"challenged": 0}, {"size": 1}, {"root": bytes(32)}, {"aggregates": bytes(32)}],
)
def test_a_trustee_signs_what_replay_computes(at: At, change: dict[str, Any]) -> None:
    session = at("reported")
    refusal = refused(session, verified(session, **change), "V9.C")
    assert refusal.culprits == ("trustee 1 (监票人1)",)


def test_a_trustee_signs_one_root_per_contest(at: At) -> None:
    session = at("reported")
    session.append(verified(session))
    refused(session, verified(session), "V9.C")
    refused(session, verified(session, root=bytes(32)), "V9.C")


def test_what_is_open_or_counted_is_not_verified(at: At) -> None:
    body = expected.record_verified_body(at("counted").state, "motion")
    for stage in ("voted", "counted"):
        session = at(stage)
        refused(session, session.entry(body, session.trustees[1].signing), "V4.D")


def test_kiosks_report_on_every_contest() -> None:
    contests = (motion_contest, lambda rules: motion_contest(rules, id="second", slot=1))
    session = SessionBuilder(contests=contests).run("reported")
    assert {contest.id: len(contest.reports) for contest in session.state.contests.values()} == {
        "motion": 2,
        "second": 2,
    }


def test_no_kiosk_is_lost_for_a_contest_that_is_counted_by_hand(at: At) -> None:
    session = at("voted")
    contest = motion(with_rules(session, "resolution_default"))
    cards, boxes = (ClassCards("delegate", 20, 0),), (Box("票箱", 20),)
    session.append(definition(session, contest))
    session.add(
        AttendanceDeclared(contest=contest.id, should_attend=20, present=20, cards=cards, boxes=boxes),
        *session.two_trustees(),
    )
    session.add(ContestOpened(contest.id), *session.officials)
    session.add(ContestPaused(contest.id), *session.officials)
    body = KioskLost(contest.id, session.kiosks[1].public)
    assert "counted by hand" in str(refused(session, session.entry(body, *quorum(session)), "V4.D"))
