"""Contests, attendance, opening (SPEC §4.1, §8.5 rules 3, 5, 6)."""

from typing import Any

import pytest

from ballots.contest import Contest, Kind, RulesRef
from tally.entries.contests import (
    ClassCards,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    ContestResumed,
)
from tally.entries.session import KeyDestroyed
from tally.state import Status
from tests.support.refusals import refused
from tests.support.session import SessionBuilder, motion_contest
from tests.tally.replay.conftest import At
from voting_core.codec import JsonObject


def defined(session: SessionBuilder, contest: Contest | JsonObject) -> bytes:
    body = ContestDefined(contest.to_json() if isinstance(contest, Contest) else contest)
    return session.entry(body, *session.officials)


def second(session: SessionBuilder, **changes: Any) -> Contest:
    return motion_contest(session.rules_ref(), **{"id": "second", "slot": 1, **changes})


def test_contests_come_after_the_key(at: At) -> None:
    session = at("revealed")
    refused(session, defined(session, motion_contest(RulesRef("resolution_default", bytes(32)))), "V4.D")


def test_a_contest_is_found_by_id_hash_and_slot(at: At) -> None:
    state = at("defined").state
    contest = state.contest("motion")
    assert contest.status is Status.DEFINED
    assert state.contest_by_hash(contest.contest.hash) is contest
    assert state.slots[0] == "motion"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"more": 1}, "V6.A"),
        ({"kind": "poll"}, "V6.A"),
        ({"slot": 32}, "V6.A"),
        ({"marks": ["approve"]}, "V6.A"),
        ({"limits": [{"at": "most", "count": 2, "mark": "approve"}]}, "V6.A"),
        ({"classes": ["delegate", "observer"]}, "V6.D"),
        ({"minimum": 4}, "V6.D"),
        ({"cells": []}, "V6.D"),
    ],
)
def test_contests_that_are_not_well_formed_are_refused(at: At, change: dict[str, Any], code: str) -> None:
    session = at("equipped")
    refused(session, defined(session, {**second(session).to_json(), **change}), code)


def test_a_contest_names_an_adopted_rule_set_that_decides_it(at: At) -> None:
    session = at("equipped")
    own = session.rules_ref()
    refused(session, defined(session, motion_contest(RulesRef("trust_default", own.hash))), "V6.B")
    refused(session, defined(session, motion_contest(RulesRef(own.id, bytes(32)))), "V6.B")
    refused(session, defined(session, second(session, kind=Kind.EVALUATION)), "V6.B")
    refused(session, defined(session, second(session, blank="disapprove")), "V6.B")


def test_id_and_slot_of_a_contest_are_new(at: At) -> None:
    session = at("defined")
    refused(session, defined(session, second(session, id="motion")), "V6.C")
    refused(session, defined(session, second(session, slot=0)), "V6.C")
    session.append(defined(session, second(session)))


def test_a_waiver_is_signed_by_q_trustees(at: At) -> None:
    session = at("equipped")
    contest = second(session, minimum=1, waiver=True)
    trustees = [session.trustees[index].signing for index in (1, 2, 3)]
    body = ContestDefined(contest.to_json())
    refused(session, session.entry(body, *session.officials), "V4.B")
    refused(session, session.entry(body, *session.officials, *trustees[:2]), "V4.B")
    refused(session, session.entry(body, session.officials[0], *trustees), "V4.B")
    refused(session, session.entry(body, trustees[0], *session.officials, *trustees[1:]), "V4.B")
    session.add(body, *session.officials, *trustees)


def test_no_trustee_signs_a_contest_without_waiver(at: At) -> None:
    session = at("equipped")
    body = ContestDefined(second(session).to_json())
    refused(session, session.entry(body, *session.officials, session.trustees[1].signing), "V4.B")


# Attendance


def test_a_later_attendance_replaces_an_earlier_one(at: At) -> None:
    session = at("ready")
    session.add(session.attendance(should_attend=12), *session.two_trustees())
    declared = session.contest().attendance
    assert declared is not None
    assert declared.should_attend == 12


def test_attendance_is_of_a_defined_contest_that_is_not_open(at: At) -> None:
    session = at("issued")
    refused(session, session.entry(session.attendance(contest="other"), *session.two_trustees()), "V4.D")
    session = at("open")
    refused(session, session.entry(session.attendance(), *session.two_trustees()), "V4.D")


def test_no_more_are_present_than_should_attend(at: At) -> None:
    session = at("issued")
    body = session.attendance(present=8, should_attend=7)
    refused(session, session.entry(body, *session.two_trustees()), "V7.C")


@pytest.mark.parametrize("classes", [(), ("observer",), ("delegate", "delegate"), ("delegate", "observer")])
def test_cards_are_declared_for_exactly_the_classes_of_the_contest(at: At, classes: tuple[str, ...]) -> None:
    session = at("issued")
    body = session.attendance(cards=tuple(ClassCards(name, 6, 1) for name in classes))
    refused(session, session.entry(body, *session.two_trustees()), "V7.C")


# Opening


def test_a_contest_opens_once(at: At) -> None:
    session = at("ready")
    session.add(ContestOpened("motion"), *session.officials)
    assert session.contest().status is Status.OPEN
    refused(session, session.entry(ContestOpened("motion"), *session.officials), "V4.D")


def test_a_contest_opens_with_attendance(at: At) -> None:
    session = at("issued")
    refused(session, session.entry(ContestOpened("motion"), *session.officials), "V4.D")
    refused(session, session.entry(ContestOpened("other"), *session.officials), "V4.D")


def test_a_contest_opens_with_a_kiosk() -> None:
    session = SessionBuilder(kiosks=0).run("ready")
    refused(session, session.entry(ContestOpened("motion"), *session.officials), "V4.D")


@pytest.mark.parametrize(("drawn", "test"), [(5, 1), (7, 1), (6, 0), (6, 2)])
def test_every_card_is_accounted_for_at_opening(at: At, drawn: int, test: int) -> None:
    session = at("ready")
    session.add(session.attendance(cards=(ClassCards("delegate", drawn, test),)), *session.two_trustees())
    refused(session, session.entry(ContestOpened("motion"), *session.officials), "V7.C")


def test_a_left_over_card_that_is_not_voided_keeps_a_contest_closed(at: At) -> None:
    session = at("issued")
    session.add(session.attendance(), *session.two_trustees())
    refused(session, session.entry(ContestOpened("motion"), *session.officials), "V7.C")


def test_no_contest_opens_without_credentials_that_were_drawn(at: At) -> None:
    session = at("defined")
    session.add(session.attendance(), *session.two_trustees())
    refused(session, session.entry(ContestOpened("motion"), *session.officials), "V7.C")


def test_a_contest_that_could_never_be_decrypted_does_not_open(at: At) -> None:
    session = at("ready")
    session.add(KeyDestroyed(3), session.trustees[3].signing)
    # One trustee alone cannot stop the session by destroying its key.
    session.fork().add(ContestOpened("motion"), *session.officials)
    session.add(KeyDestroyed(1), session.trustees[1].signing)
    refused(session, session.entry(ContestOpened("motion"), *session.officials), "V4.D")


# Pausing, and acts that come again


def test_an_act_about_a_contest_has_seen_the_one_before(at: At) -> None:
    """An old declaration, or an old order to resume, does not enter the log again (rule 12)."""
    session = at("issued")
    old = session.add(session.attendance(should_attend=20), *session.two_trustees())
    opening = session.entry(ContestOpened("motion"), *session.officials)
    session.void(7, "left_over")
    session.add(session.attendance(), *session.two_trustees())
    refused(session, old, "V4.D")
    refused(session, opening, "V4.D")
    session.add(ContestOpened("motion"), *session.officials)
    session.add(ContestPaused("motion"), *session.officials)
    resumed = session.add(ContestResumed("motion"), *session.officials)
    session.add(ContestPaused("motion"), *session.officials)
    refused(session, resumed, "V4.D")


def test_an_open_contest_pauses_and_resumes(at: At) -> None:
    session = at("open")
    refused(session, session.entry(ContestResumed("motion"), *session.officials), "V4.D")
    session.add(ContestPaused("motion"), *session.officials)
    assert session.contest().status is Status.PAUSED
    refused(session, session.entry(ContestPaused("motion"), *session.officials), "V4.D")
    session.add(ContestResumed("motion"), *session.officials)
    assert session.contest().status is Status.OPEN
