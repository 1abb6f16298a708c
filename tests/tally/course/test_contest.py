import pytest

from tally.course import Deed, Stands, StepKey, course_of, planned_course
from tally.entries.closing import KioskLost
from tally.entries.contests import ContestAbandoned, ContestPaused
from tests.support.session import Cards, SessionBuilder, motion_contest

Builders = dict[str, SessionBuilder]


@pytest.fixture(scope="module")
def stages() -> Builders:
    return SessionBuilder().snapshots("published")


NOW = {
    "defined": StepKey.CARDS,
    "issued": StepKey.CARDS,
    "ready": StepKey.OPEN,
    "open": StepKey.VOTE,
    "voted": StepKey.VOTE,
    "closed": StepKey.REPORT,
    "reported": StepKey.VERIFY,
    "verified": StepKey.DECRYPT,
    "share_committed": StepKey.DECRYPT,
    "shared": StepKey.COUNT,
    "counted": StepKey.OUTCOME,
    "declared": StepKey.SIGN,
    "signed": StepKey.PUBLISH,
    "published": StepKey.NEXT,
}


@pytest.mark.parametrize("stage", NOW)
def test_the_step_that_is_due_at_each_stage(stages: Builders, stage: str) -> None:
    course = course_of(stages[stage].state, "motion")
    assert course.now is not None
    assert course.now.key is NOW[stage]
    at = [step.key for step in course.steps].index(NOW[stage])
    assert all(step.stands is Stands.DONE and not step.deeds for step in course.steps[:at])
    assert all(step.stands is Stands.LATER and not step.missing for step in course.steps[at + 1 :])


DEEDS = {
    "ready": {Deed.OPEN, Deed.ABANDON},
    "voted": {Deed.PAUSE, Deed.ABANDON},
    "shared": {Deed.COUNT},
    "counted": {Deed.DECLARE},
    "declared": set(),
    "signed": {Deed.PUBLISH},
    "published": {Deed.FOLLOW, Deed.REDUCE},
}


@pytest.mark.parametrize("stage", DEEDS)
def test_what_officials_can_do(stages: Builders, stage: str) -> None:
    assert course_of(stages[stage].state, "motion").deeds == DEEDS[stage]


def test_what_is_missing_is_said_by_name(stages: Builders) -> None:
    def missing(stage: str) -> str:
        now = course_of(stages[stage].state, "motion").now
        assert now is not None
        return " ".join(said.en for said in now.missing)

    assert "register the lists" in missing("defined")
    assert "declare the attendance" in missing("issued")
    assert "K01、K02" in missing("closed")
    assert "0 of 3 have verified" in missing("reported")
    assert "0 of 2 shares" in missing("verified")
    assert "0 of 2 have signed" in missing("declared")
    assert missing("signed") == ""


def test_test_cards_are_voided_before_closing(stages: Builders) -> None:
    builder = stages["open"].fork()
    builder.add(ContestPaused("motion"), *builder.officials)
    course = course_of(builder.state, "motion")
    assert course.deeds == {Deed.RESUME, Deed.ABANDON}
    assert course.now is not None
    assert "scanned and voided" in course.now.missing[0].en


def test_a_paused_contest_can_go_on(stages: Builders) -> None:
    builder = stages["voted"].fork()
    builder.add(ContestPaused("motion"), *builder.officials)
    assert course_of(builder.state, "motion").deeds == {Deed.RESUME, Deed.CLOSE, Deed.ABANDON}


def test_a_lost_kiosk_is_not_waited_for(stages: Builders) -> None:
    builder = stages["closed"].fork()
    builder.add(builder.report(1, "motion"), builder.kiosks[1])
    signers = [builder.trustees[n].signing for n in (1, 2, 3)]
    builder.add(KioskLost("motion", builder.kiosks[0].public), *signers)
    now = course_of(builder.state, "motion").now
    assert now is not None
    assert now.key is StepKey.VERIFY


def test_an_abandoned_contest_says_why_and_waits_for_nothing(stages: Builders) -> None:
    builder = stages["voted"].fork()
    signers = [builder.trustees[n].signing for n in (1, 2, 3)]
    builder.add(ContestAbandoned("motion", "emergency"), *builder.officials, *signers)
    course = course_of(builder.state, "motion")
    assert course.now is None
    assert course.ended is not None
    assert "emergency" in course.ended.en
    assert course.deeds == frozenset()
    assert {step.stands for step in course.steps} == {Stands.DONE, Stands.NEVER}


def test_too_few_ballots_end_a_contest_at_closing() -> None:
    builder = SessionBuilder(cards=Cards(drawn=2)).run(until="closed")
    course = course_of(builder.state, "motion")
    assert course.ended is not None
    assert "Too few" in course.ended.en
    assert course.now is None


def test_an_empty_contest_is_counted_without_decryption() -> None:
    builder = SessionBuilder(cards=Cards(drawn=0, left_over=7)).run(until="verified")
    assert builder.contest().cast == 0
    assert course_of(builder.state, "motion").deeds == {Deed.COUNT}


def test_a_planned_contest_waits_for_the_key_then_the_rules(stages: Builders) -> None:
    builder = SessionBuilder().run(until="equipped")
    contest = motion_contest(builder.rules_ref())
    before = planned_course(SessionBuilder().run(until="joined").state, contest)
    assert before.now is not None
    assert before.now.key is StepKey.RULES
    assert before.deeds == frozenset()
    assert planned_course(SessionBuilder().run(until="keyed").state, contest).deeds == {Deed.ADOPT}
    assert planned_course(builder.state, contest).deeds == {Deed.DEFINE}
