"""count.entered, box.settled: counts by hand (SPEC §8.5 rule 10, §13.4, §13.5)."""

from dataclasses import replace

import pytest

from ballots.contest import Contest, RulesRef, Stage
from tally.entries.contests import ContestOpened, ContestPaused, ContestResumed
from tally.entries.outcome import OutcomeDeclared, ReportSigned
from tally.entries.sheets import BoxSettled, CountEntered, WriteIn
from tally.replay import expected
from tally.state import Status
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.replay.by_hand import both_accept, both_refuse
from tests.tally.replay.conftest import At
from tests.tally.replay.sheets import (
    by_hand,
    enter,
    entry,
    hand_session,
    plain,
    settle,
    sheet,
    slips,
    two_boxes,
    with_slips,
)


def test_a_sheet_is_signed_by_two_trustees_and_decided_on() -> None:
    session = hand_session()
    refused(session, session.entry(sheet(), session.trustees[1].signing), "V4.B")
    enter(session, sheet())
    assert session.contest().status is Status.COUNTED
    assert session.contest().totals == ((2, 1, 1),)
    for stage in ("declared", "signed", "published", "destroyed_keys", "sealed"):
        getattr(session, f"stage_{stage}")()
    assert session.state.sealed


def test_a_contest_is_counted_when_every_box_has_a_sheet() -> None:
    session = two_boxes()
    enter(session, sheet())
    assert session.contest().status is Status.OPEN
    refusal = refused(session, declared_too_early(session), "V4.D")
    assert "no count sheet yet of 二" in refusal.message
    enter(session, plain("二", "2", (3, 1, 0), 4))
    assert session.contest().status is Status.COUNTED
    assert session.contest().totals == ((5, 2, 1),)
    attendance = expected.attendance_of(session.state, "motion")
    assert (attendance.issued, attendance.returned, attendance.invalid, attendance.over_issued) == (10, 10, 1, 0)


def declared_too_early(session: SessionBuilder) -> bytes:
    """outcome.declared with whatever outcome."""
    return session.entry(OutcomeDeclared("motion", {"passed": True}), *session.officials)


@pytest.mark.parametrize("stage", ["one box", "all boxes"])
def test_a_correction_replaces_the_sheet_in_force_and_leaves_it_in_the_log(stage: str) -> None:
    session = two_boxes()
    enter(session, sheet())
    if stage == "all boxes":
        enter(session, plain("二", "2", (3, 1, 0), 4))
    for wrong in (
        plain("一", "3", (4, 1, 1), 6),
        plain("一", "3", (4, 1, 1), 6, replaces="2"),
        plain("一", "3", (4, 1, 1), 6, replaces="nothing"),
        plain("一", "计票单一", (4, 1, 1), 6, replaces="计票单一"),
        plain("一", "计票单一", (4, 1, 1), 6),
    ):
        refused(session, entry(session, wrong), "V10.E")
    enter(session, plain("一", "3", (4, 1, 1), 6, replaces="计票单一"))
    if stage == "one box":
        refused(session, entry(session, plain("二", "2", (3, 1, 0), 4, replaces="3")), "V10.E")
        enter(session, plain("二", "2", (3, 1, 0), 4))
    contest = session.contest()
    assert contest.totals == ((7, 2, 1),)
    assert (len(contest.sheets.entered), contest.status) == (3, Status.COUNTED)
    refused(session, entry(session, plain("一", "4", (5, 1, 0), 6, replaces="计票单一")), "V10.E")
    enter(session, plain("一", "4", (5, 1, 0), 6, replaces="3"))
    assert session.contest().totals == ((8, 2, 0),)


def test_no_sheet_after_the_outcome() -> None:
    session = hand_session()
    enter(session, sheet())
    correction = entry(session, plain("一", "2", (5, 1, 0), 6, replaces="计票单一"))
    session.stage_declared()
    refused(session, correction, "V4.D")
    session.stage_signed()
    session.stage_published()
    refused(session, correction, "V4.D")


def test_the_report_is_over_every_sheet_and_decision() -> None:
    session = two_boxes()
    enter(session, plain("一", "1", (3, 3, 1), 6), plain("二", "2", (2, 1, 0), 4))
    session.append(settle(session, "一", "1"))
    enter(session, plain("一", "3", (3, 3, 1), 6, replaces="1"))
    session.append(settle(session, "一", "3"))
    session.stage_declared()
    contest = session.contest()
    digest = expected.report_digest(session.state, "motion")
    for fewer in (
        replace(contest.sheets, entered=contest.sheets.entered[1:]),
        replace(contest.sheets, settled=contest.sheets.settled[1:]),
    ):
        contests = session.state.contests.set("motion", replace(contest, sheets=fewer))
        assert expected.report_digest(replace(session.state, contests=contests), "motion") != digest


def over() -> SessionBuilder:
    """Box 一 has 7 ballots for 6; with the 3 of box 二 there are 10 for 10."""
    session = two_boxes()
    enter(session, plain("一", "1", (5, 1, 1), 6), plain("二", "2", (2, 1, 0), 4))
    return session


def test_a_box_over_its_issue_blocks_the_count() -> None:
    session = over()
    assert session.contest().status is Status.OPEN
    refusal = refused(session, declared_too_early(session), "V4.D")
    assert "more ballots were returned than issued in 一" in refusal.message


@pytest.mark.parametrize(("decision", "outcome"), [("count", "decided"), ("void", "void_revote")])
def test_the_presidium_decides_about_the_box(decision: str, outcome: str) -> None:
    session = over()
    raw = settle(session, "一", "1", decision)
    refused(session, session.entry(BoxSettled("motion", "一", "1", decision), *session.two_trustees()), "V4.B")
    session.append(raw)
    assert session.contest().status is Status.COUNTED
    session.stage_declared()
    found = session.contest().outcome
    assert found is not None
    assert (found["outcome"], found["ballots_in_order"]) == (outcome, decision == "count")


def test_a_decision_may_come_before_the_last_sheet() -> None:
    session = two_boxes()
    enter(session, plain("一", "1", (5, 1, 1), 6))
    session.append(settle(session, "一", "1"))
    assert session.contest().status is Status.OPEN
    enter(session, plain("二", "2", (2, 1, 0), 4))
    assert session.contest().status is Status.COUNTED


def test_a_correcting_sheet_takes_the_place_of_a_decision() -> None:
    session = over()
    enter(session, plain("一", "3", (4, 1, 1), 6, replaces="1"))
    assert session.contest().status is Status.COUNTED


def test_a_correction_over_the_issue_opens_the_count_again() -> None:
    session = over()
    session.append(settle(session, "一", "1", "void"))
    enter(session, plain("一", "3", (5, 2, 0), 6, replaces="1"))
    assert session.contest().status is Status.OPEN
    refused(session, settle(session, "一", "1"), "V4.D")
    session.append(settle(session, "一", "3"))
    assert session.contest().status is Status.COUNTED
    assert expected.attendance_of(session.state, "motion").over_issued == 0


def test_more_ballots_than_issued_in_all_void_the_vote_without_a_decision() -> None:
    session = two_boxes()
    enter(session, plain("一", "1", (5, 1, 1), 6), plain("二", "2", (2, 1, 1), 4))
    assert session.contest().status is Status.COUNTED
    session.stage_declared()
    assert (session.contest().outcome or {})["outcome"] == "void_revote"


def test_what_is_not_over_its_issue_or_settled_is_not_settled() -> None:
    session = over()
    refused(session, settle(session, "二", "2"), "V4.D")
    refused(session, settle(session, "一", "2"), "V4.D")
    refused(session, settle(session, "三", "1"), "V4.D")
    partly = two_boxes()
    enter(partly, plain("一", "1", (5, 1, 1), 6))
    refused(partly, settle(partly, "二", "2"), "V4.D")
    partly.append(settle(partly, "一", "1"))
    refused(partly, settle(partly, "一", "1", "void"), "V4.D")


def test_a_contest_whose_boxes_are_counted_is_not_abandoned() -> None:
    session = two_boxes()
    enter(session, plain("一", "1", (5, 1, 1), 6))
    session.fork().abandon()
    enter(session, plain("二", "2", (2, 1, 0), 4))
    with pytest.raises(Exception, match="settle a box or correct a sheet") as caught:
        session.abandon()
    assert getattr(caught.value, "code", "") == "V4.D"


def test_no_sheet_while_a_contest_is_paused() -> None:
    session = hand_session()
    session.add(ContestPaused("motion"), *session.officials)
    refused(session, entry(session, sheet()), "V4.D")
    session.add(ContestResumed("motion"), *session.officials)
    enter(session, sheet())


def test_no_sheet_is_entered_for_a_contest_at_kiosks(at: At) -> None:
    for stage in ("open", "closed", "counted"):
        session = at(stage)
        refusal = refused(session, entry(session, sheet()), "V4.D")
        assert "without slips" in refusal.message
    session = at("open")
    refused(session, settle(session, "一", "计票单一"), "V4.D")


def test_no_sheet_is_entered_before_opening() -> None:
    session = SessionBuilder(contests=(by_hand,), kiosks=0).run("defined")
    refused(session, entry(session, sheet()), "V4.D")
    session.add(session.attendance(), *session.two_trustees())
    refused(session, entry(session, sheet()), "V4.D")


def test_a_contest_by_hand_takes_no_ballots_and_is_not_closed() -> None:
    session = SessionBuilder(contests=(by_hand,)).run("ready")
    session.add(ContestOpened("motion"), *session.officials)
    refused(session, session.cast((0,), 0), "V8.A")
    refused(session, session.entry(expected.close_body(session.state, "motion"), *session.officials), "V4.D")


def test_the_second_implementation_judges_sheets_and_decisions_alike() -> None:
    session = two_boxes()
    two = session.two_trustees()
    for body in (
        plain("一", "1", (5, 1, 1), 7),
        plain("三", "1", (5, 1, 0), 6),
        plain("一", "1", (5, 1, 0), 6, invalid=1),
        plain("一", "1", (5, 1, 0), 6, item_invalid=(1,)),
    ):
        both_refuse(session, session.entry(body, *two), "V11.D")
    both_refuse(session, session.entry(plain("一", "1", (5, 1, 0), 6, replaces="0"), *two), "V10.E")
    both_accept(session, session.entry(plain("一", "1", (5, 1, 1), 6), *two))
    both_refuse(session, declared_too_early(session), "V4.D")
    both_refuse(session, settle(session, "一", "2"), "V4.D")
    both_refuse(session, session.entry(plain("二", "1", (2, 1, 0), 4), *two), "V10.E")
    both_accept(session, session.entry(plain("二", "2", (2, 1, 0), 4), *two))
    both_refuse(session, declared_too_early(session), "V4.D")
    both_refuse(session, settle(session, "二", "2"), "V4.D")
    both_accept(session, settle(session, "一", "1", "void"))
    both_refuse(session, session.entry(plain("一", "3", (5, 1, 0), 6), *two), "V10.E")
    both_accept(session, session.entry(plain("一", "3", (5, 2, 0), 6, replaces="1"), *two))
    both_refuse(session, declared_too_early(session), "V4.D")
    both_accept(session, settle(session, "一", "3"))
    both_accept(session, session.entry(expected.outcome_body(session.state, "motion"), *session.officials))
    both_refuse(session, session.entry(plain("一", "4", (5, 1, 0), 6, replaces="3"), *two), "V4.D")
    fewer = replace(session.contest().sheets, entered=session.contest().sheets.entered[:1])
    contests = session.state.contests.set("motion", replace(session.contest(), sheets=fewer))
    wrong = ReportSigned("motion", expected.report_digest(replace(session.state, contests=contests), "motion"))
    both_refuse(session, session.entry(wrong, two[0]), "V11.B")
    right = ReportSigned("motion", expected.report_digest(session.state, "motion"))
    both_accept(session, session.entry(right, two[0]))


# Slips


def test_the_second_implementation_judges_slips_alike(counted_with_slips: dict[str, SessionBuilder]) -> None:
    session = counted_with_slips["voted"].fork()
    two = session.two_trustees()
    both_refuse(session, session.entry(slips(), *two), "V4.D")
    session = counted_with_slips["counted"].fork()
    for changes in (
        {"returned": 6},
        {"write_ins": (WriteIn("李四", 5),)},
        {"issued": 9, "returned": 9, "write_ins": (WriteIn("李四", 6),)},
    ):
        both_refuse(session, session.entry(slips(**changes), *two), "V11.D")
    undecided = OutcomeDeclared("committee", {"kind": "election"})
    both_refuse(session, session.entry(undecided, *session.officials), "V4.D")
    both_accept(session, session.entry(slips(), *two))
    both_refuse(session, session.entry(slips("条二"), *two), "V10.E")
    both_accept(session, session.entry(expected.outcome_body(session.state, "committee"), *session.officials))


@pytest.mark.parametrize("stage", ["closed", "verified", "counted"])
def test_slips_are_counted_between_closing_and_the_outcome(
    counted_with_slips: dict[str, SessionBuilder], stage: str
) -> None:
    session = counted_with_slips[stage].fork()
    enter(session, slips())
    session.run("signed")
    outcome = session.contest("committee").outcome or {}
    assert outcome["elected_by_votes"] == ["write_in/李四"]
    assert outcome["outcome"] == "decided"
    refused(session, entry(session, slips("条二", replaces="条一")), "V4.D")


def test_an_election_whose_slips_are_not_counted_is_not_decided(
    counted_with_slips: dict[str, SessionBuilder],
) -> None:
    session = counted_with_slips["counted"].fork()
    body = OutcomeDeclared("committee", {"kind": "election"})
    refusal = refused(session, session.entry(body, *session.officials), "V4.D")
    assert "no count sheet yet of slips" in refusal.message
    enter(session, CountEntered.slips("committee", "条一"))
    refused(session, session.entry(body, *session.officials), "V11.A")
    session.stage_declared()
    assert (session.contest("committee").outcome or {})["elected_by_votes"] == []


@pytest.mark.parametrize("stage", ["open", "voted"])
def test_no_slips_before_closing(counted_with_slips: dict[str, SessionBuilder], stage: str) -> None:
    session = counted_with_slips[stage].fork()
    refused(session, entry(session, slips()), "V4.D")


def test_slips_are_entered_once_and_corrected(counted_with_slips: dict[str, SessionBuilder]) -> None:
    session = counted_with_slips["counted"].fork()
    enter(session, slips())
    refused(session, entry(session, slips()), "V10.E")
    refused(session, entry(session, slips("条二")), "V10.E")
    enter(session, slips("条二", replaces="条一", write_ins=(WriteIn("赵六", 2),)))
    assert session.contest("committee").written_in == (WriteIn("赵六", 2),)
    assert session.contest("committee").status is Status.COUNTED


def test_slips_that_the_later_counts_do_not_allow_are_corrected(
    counted_with_slips: dict[str, SessionBuilder],
) -> None:
    session = counted_with_slips["closed"].fork()
    enter(session, slips(issued=9, returned=9, write_ins=(WriteIn("李四", 6),)))
    session.run("counted")
    body = OutcomeDeclared("committee", {"kind": "election"})
    refused(session, session.entry(body, *session.officials), "V11.D")
    enter(session, slips("条二", replaces="条一"))
    session.run("published")


def test_a_run_off_has_no_slips() -> None:
    def run_off(rules: RulesRef) -> Contest:
        return replace(with_slips(rules), stage=Stage.RUNOFF)

    session = SessionBuilder(contests=(run_off,), rule_set="election_local_2020").run("equipped")
    with pytest.raises(Exception, match="write-ins"):
        session.run("defined")
