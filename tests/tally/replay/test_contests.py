"""Contests, attendance, opening, abandoning (SPEC §4.1, §8.5 rules 3, 5, 6, 13)."""

from dataclasses import replace
from typing import Any

import pytest

from ballots.contest import Capture, Contest, Kind, RulesRef
from tally.entries.closing import KioskLost
from tally.entries.contests import (
    Box,
    ClassCards,
    ContestAbandoned,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    ContestResumed,
)
from tally.entries.counting import PaperCompared
from tally.entries.credentials import CredentialVoided, ReserveSealed
from tally.entries.entry_type import EntryType
from tally.entries.session import KeyDestroyed
from tally.replay import expected
from tally.state import Status
from tests.support.refusals import refused
from tests.support.sample_bodies import SAMPLES
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


@pytest.mark.parametrize(("by_hand", "boxes"), [(False, ("一",)), (True, ()), (True, ("一", "二", "一"))])
def test_paper_has_boxes_each_once(by_hand: bool, boxes: tuple[str, ...]) -> None:
    capture = Capture.HAND if by_hand else Capture.KIOSK
    session = SessionBuilder(contests=(lambda rules: replace(motion_contest(rules), capture=capture),)).run("issued")
    body = session.attendance(boxes=tuple(Box(box, 3) for box in boxes))
    refused(session, session.entry(body, *session.two_trustees()), "V7.C")
    right = (Box("一", 3), Box("二", 3)) if by_hand else ()
    session.add(replace(body, boxes=right), *session.two_trustees())


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


# Abandoning


def abandoned(session: SessionBuilder, reason: str = "emergency", **options: Any) -> bytes:
    trustees = [party.signing for party in session.trustees.values()]
    return session.entry(ContestAbandoned("motion", reason), *session.officials, *trustees, **options)


@pytest.mark.parametrize("stage", ["defined", "ready", "open", "voted", "closed", "reported", "verified"])
def test_a_contest_is_abandoned_until_it_is_counted(at: At, stage: str) -> None:
    session = at(stage)
    stood = session.contest().status
    session.append(abandoned(session))
    contest = session.contest()
    assert contest.status is Status.ABANDONED
    assert contest.abandoned is not None
    assert (contest.abandoned.reason, contest.abandoned.stood) == ("emergency", stood)
    assert (contest.is_finished, contest.is_in_progress, contest.is_voting) == (True, False, False)
    refused(session, abandoned(session), "V4.D")


@pytest.mark.parametrize("stage", ["shared", "counted", "declared", "published"])
def test_a_contest_whose_totals_can_be_read_is_not_abandoned(at: At, stage: str) -> None:
    session = at(stage)
    refused(session, abandoned(session), "V4.D")


def test_while_good_shares_are_missing_a_contest_is_abandoned(at: At) -> None:
    session = at("share_committed")
    session.add(session.shared(1), session.trustees[1].signing)
    session.fork().append(abandoned(session, "key_lost"))
    session.add(session.shared(2), session.trustees[2].signing)
    refused(session, abandoned(session, "key_lost"), "V4.D")


def test_a_vote_is_postponed_before_it_opens_and_not_after(at: At) -> None:
    early = at("ready")
    early.append(abandoned(early, "postponed"))
    assert early.contest().status is Status.ABANDONED
    for stage in ("open", "closed"):
        session = at(stage)
        refused(session, abandoned(session, "postponed"), "V4.D")


def test_two_officials_and_q_trustees_abandon(at: At) -> None:
    session = at("open")
    body = ContestAbandoned("motion", "defect")
    first, second_official = session.officials
    trustees = [party.signing for party in session.trustees.values()]
    third = session.key("official 3")
    for signers in (
        session.officials,
        (first, *trustees),
        (first, second_official, *trustees[:2]),
        (first, second_official, *trustees[:2], session.key("stranger")),
        (first, second_official, *trustees, third),
        (trustees[0], first, second_official, *trustees[1:]),
        trustees,
    ):
        refused(session, session.entry(body, *signers), "V4.B")
    session.add(body, second_official, first, *trustees)


def test_reasons_are_those_of_the_list_and_contests_are_known(at: At) -> None:
    session = at("open")
    refused(session, abandoned(session, "fire"), "V2.B")
    trustees = [party.signing for party in session.trustees.values()]
    refused(session, session.entry(ContestAbandoned("other", "cards"), *session.officials, *trustees), "V4.D")


def test_an_abandonment_that_was_held_back_is_out_of_date(at: At) -> None:
    session = at("open")
    held_back = abandoned(session)
    paused = session.fork()
    paused.add(ContestPaused("motion"), *paused.officials)
    refused(paused, held_back, "V4.D")
    session.run("voted")
    session.fork().append(held_back)
    session.stage_closed()
    refused(session, held_back, "V4.D")
    session.append(abandoned(session))


def test_nothing_follows_in_an_abandoned_contest(at: At) -> None:
    later = at("published")
    session = at("open")
    ballot, challenge = session.cast((0,), 0), session.challenge((0,), 1)
    session.append(abandoned(session))
    officials, trustees = session.officials, [party.signing for party in session.trustees.values()]
    for raw in (ballot, challenge, session.entry(SAMPLES[EntryType.BALLOT_ASSISTED], session.box)):
        refused(session, raw, "V8.A")
    card = session.credential(6)
    void = CredentialVoided(slot=0, credential=card.public, reason="test")
    refused(session, session.entry(void, officials[0], card), "V7.B")
    counts = later.contest().totals
    for body, signers in (
        (session.attendance(), trustees[:2]),
        (ContestOpened("motion"), officials),
        (ContestPaused("motion"), officials),
        (ContestResumed("motion"), officials),
        (expected.close_body(session.state, "motion"), officials),
        (KioskLost("motion", session.kiosks[0].public), trustees),
        (SAMPLES[EntryType.COUNT_ENTERED], trustees[:2]),
        (PaperCompared(contest="motion", papers=6, counts=counts, agrees=True), trustees[:2]),
        (session.issued("motion", "delegate"), trustees[:2]),
    ):
        refused(session, session.entry(body, *signers), "V4.D")


@pytest.mark.parametrize("stage", ["closed", "reported", "verified", "share_committed"])
def test_an_abandoned_contest_is_never_decrypted(at: At, stage: str) -> None:
    """What would have come next, and everything after it, is refused."""
    session = at(stage)
    session.append(abandoned(session))
    state = session.state
    report = session.entry(session.report(0), session.kiosks[0])
    verified = session.entry(expected.record_verified_body(state, "motion"), session.trustees[1].signing)
    party = session.trustees[1]
    committed = session.entry(party.share_committed(state, session.shared(1)), party.signing)
    shared = session.entry(session.shared(1), party.signing)
    counted = session.entry(expected.counted_body(at("shared").state, "motion"), session.officials[0])
    outcome = session.entry(expected.outcome_body(at("counted").state, "motion"), *session.officials)
    for raw in (report, verified, committed, shared, counted, outcome):
        refused(session, raw, "V4.D")


def test_a_session_goes_on_after_an_abandoned_contest() -> None:
    """A lost test card keeps a contest open; it is abandoned, voted again with the same cards, and all is sealed."""
    session = SessionBuilder(contests=(motion_contest, _again)).run("open")
    for number in range(session.cards.drawn):
        session.append(session.cast((0,), number))
    refused(session, session.entry(expected.close_body(session.state, "motion"), *session.officials), "V7.C")
    session.abandon(reason="cards")
    session.run()
    assert session.state.sealed
    assert (session.contest().cast, session.contest().cells, session.contest().outcome) == (6, (), None)
    assert session.contest("again").totals == ((2, 2, 2),)


def _again(rules: RulesRef) -> Contest:
    return motion_contest(rules, id="again", slot=1)


def test_a_contest_abandoned_before_opening_does_not_close_the_reserve(at: At) -> None:
    session = at("defined")
    session.append(abandoned(session, "defect"))
    session.add(ReserveSealed("delegate", 1), *session.two_trustees())
    session = at("open")
    session.append(abandoned(session, "defect"))
    refused(session, session.entry(ReserveSealed("other", 1), *session.two_trustees()), "V4.D")
