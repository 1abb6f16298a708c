"""Outcome, report, publishing (SPEC §9.7, §9.8)."""

from dataclasses import replace
from typing import Any

import pytest

from tally.entries.outcome import OutcomeDeclared, ReportSigned, ResultPublished
from tally.replay import expected
from tally.state import Status
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.replay.conftest import At


def test_the_outcome_is_what_the_rule_set_decides(at: At) -> None:
    contest = at("declared").contest()
    assert contest.status is Status.DECIDED
    assert contest.outcome is not None
    assert (contest.outcome["kind"], contest.outcome["passed"]) == ("motion", False)


@pytest.mark.parametrize(
    "change", [{"passed": True}, {"passed": 0}, {"votes_needed": 1}, {"more": 1}, {"exact_half": ...}]
)
def test_another_outcome_is_refused(at: At, change: dict[str, Any]) -> None:
    session = at("counted")
    outcome = {**expected.outcome_body(session.state, "motion").outcome, **change}
    body = OutcomeDeclared("motion", {key: value for key, value in outcome.items() if value is not ...})
    refusal = refused(session, session.entry(body, *session.officials), "V11.A")
    assert next(iter(change)) in str(refusal)


def test_an_outcome_follows_the_counts_once(at: At) -> None:
    body = expected.outcome_body(at("counted").state, "motion")
    for stage in ("shared", "declared", "published"):
        session = at(stage)
        refused(session, session.entry(body, *session.officials), "V4.D")


def signed(session: SessionBuilder, index: int, digest: bytes | None = None) -> bytes:
    body = ReportSigned("motion", digest or expected.report_digest(session.state, "motion"))
    return session.entry(body, session.trustees[index].signing)


def test_a_report_carries_the_digest_of_this_result(at: At) -> None:
    session = at("declared")
    refused(session, signed(session, 1, bytes(32)), "V11.B")
    session.append(signed(session, 1))
    assert session.contest().signers == {1}


def test_a_report_is_signed_once_by_each_trustee_also_after_publishing(at: At) -> None:
    session = at("published")
    refused(session, signed(session, 1), "V4.D")
    session.append(signed(session, 3))
    assert session.contest().signers == {1, 2, 3}


def test_there_is_no_report_before_the_outcome(at: At) -> None:
    session = at("counted")
    refused(session, signed(session, 1, bytes(32)), "V4.D")


def test_the_report_depends_on_everything_that_it_states(at: At) -> None:
    state = at("declared").state
    contest = state.contest("motion")
    assert contest.attendance is not None
    assert contest.outcome is not None
    changed = [
        replace(contest, attendance=replace(contest.attendance, present=5)),
        replace(contest, attendance=replace(contest.attendance, should_attend=8)),
        replace(contest, outcome={**contest.outcome, "passed": True}),
        replace(contest, cells=(replace(contest.cells[0], ballots=7),)),
    ]
    digests = {
        expected.report_digest(replace(state, contests=state.contests.set("motion", other)), "motion")
        for other in (contest, *changed)
    }
    assert len(digests) == 5


def published(session: SessionBuilder) -> bytes:
    return session.entry(ResultPublished("motion", "delegates"), *session.officials)


def test_a_result_is_published_with_k_signatures(at: At) -> None:
    session = at("declared")
    refused(session, published(session), "V11.C")
    session.append(signed(session, 1))
    refused(session, published(session), "V11.C")
    session.append(signed(session, 3))
    session.append(published(session))
    assert (session.contest().status, session.contest().scope) == (Status.PUBLISHED, "delegates")


def test_a_result_is_published_after_its_outcome(at: At) -> None:
    session = at("counted")
    refused(session, published(session), "V11.C")


@pytest.mark.parametrize("stage", ["closed", "published"])
def test_a_result_is_published_once_and_not_before_it_is_counted(at: At, stage: str) -> None:
    session = at(stage)
    refused(session, published(session), "V4.D")
