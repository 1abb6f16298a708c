from dataclasses import replace

import pytest

from ballots.contest import At, Capture, Contest, Kind, Limit, Purpose, Stage, WriteIns, WriteInWay
from tally.plan.contest_plan import ContestPlan
from tally.plan.contests import contests, marks_of, refuse_paper, rules_ref
from tally.plan.evaluators import CLASS
from tally.plan.people import PlanRow
from tally.plan.problems import InputErrors
from tally.plan.scrutineers import Scrutineers
from tally.plan.session_plan import SessionInfo, SessionPlan
from tally.roll.person import Roll, RollPerson
from tally.roll.standing import Standing
from tally.rules.loader import available_rule_sets, load_rule_set
from voting_core.codec import canonical
from voting_core.framing import digest
from voting_core.params import Tag

RULES = {rule_id: load_rule_set(rule_id) for rule_id in available_rule_sets()}
ROWS = (PlanRow("A1", "甲", (("单位", "镇"),)), PlanRow("A2", "乙", ()), PlanRow("A3", "丙", ()))
ELECTION = ContestPlan(
    place="session.toml, [[contest]] 1",
    id="committee",
    kind=Kind.ELECTION,
    title="选举",
    title_en="",
    rule_set="election_local_2020",
    capture=Capture.KIOSK,
    stage=Stage.FORMAL,
    body="",
    purpose=Purpose.NONE,
    seats=2,
    scale="",
    quota_percent=0,
    at_most=0,
    at_least=0,
    write_ins=None,
    rows=ROWS,
)
NO_SEATS = {"seats": 0, "stage": Stage.NONE}
TICKET = replace(
    ELECTION, id="mayors", kind=Kind.TICKET_VOTE, rule_set="ticket_2004", purpose=Purpose.APPOINTMENT, **NO_SEATS
)
MOTION = replace(
    ELECTION,
    id="report",
    kind=Kind.MOTION,
    rule_set="resolution_default",
    rows=(PlanRow("motion", "motion", ()),),
    **NO_SEATS,
)
TRUST = replace(ELECTION, id="trust", kind=Kind.EVALUATION, rule_set="trust_default", scale="trust4", **NO_SEATS)
ASSESSMENT = replace(
    ELECTION, id="best", kind=Kind.ASSESSMENT, rule_set="excellence_quota", scale="grade4", quota_percent=0, **NO_SEATS
)
ASKED = {"kind": Kind.QUESTIONNAIRE, "rule_set": "questionnaire_default", "at_most": 2, "at_least": 1}
NOBODY = Roll(())
QUESTIONS = replace(ELECTION, id="ask", **ASKED, **NO_SEATS)


def plan_of(*plans: ContestPlan, roll: Roll = NOBODY) -> SessionPlan:
    info = SessionInfo("s", "会", "congress", "2026-12-08", "礼堂")
    return SessionPlan(info, roll, Scrutineers(2, ("甲", "乙")), plans)


def one(plan: ContestPlan, *, waiver: bool = False) -> Contest:
    (contest,) = contests(plan_of(plan), RULES, waiver=waiver)
    return contest


def refused(*plans: ContestPlan) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        contests(plan_of(*plans), RULES)
    return caught.value


def test_an_election() -> None:
    contest = one(ELECTION)
    assert (contest.marks, contest.blank, contest.seats) == (("approve", "disapprove", "abstain"), "abstain", 2)
    assert contest.limits == (Limit(At.MOST, 2, "approve"),)
    assert [(row.id, row.name) for row in contest.rows] == [("A2", "乙"), ("A3", "丙"), ("A1", "甲")]
    assert contest.order == ("A2", "A3", "A1")
    assert contest.write_ins == WriteIns(WriteInWay.SLIPS)
    assert [(detail.label, detail.text) for detail in contest.rows[2].details] == [("单位", "镇")]
    assert (contest.classes, contest.minimum, contest.waiver, contest.slot) == ((CLASS,), 5, False, 0)
    assert [(cell.id, cell.classes, cell.merge_into) for cell in contest.cells] == [("all", (CLASS,), "")]


def test_a_ticket_vote_has_no_limit() -> None:
    contest = one(TICKET)
    assert contest.marks == ("agree", "disapprove", "abstain")
    assert (contest.limits, contest.seats, contest.purpose) == ((), 0, Purpose.APPOINTMENT)


def test_the_single_row_of_a_motion_carries_its_title() -> None:
    contest = one(MOTION)
    assert [(row.id, row.name) for row in contest.rows] == [("motion", "选举")]
    assert (contest.marks, contest.blank) == (("approve", "disapprove", "abstain"), "abstain")


def test_an_evaluation_has_the_words_of_its_scale() -> None:
    contest = one(TRUST)
    assert contest.marks == ("信任", "基本信任", "不信任", "弃权")
    assert (contest.blank, contest.minimum) == ("弃权", 8)


def test_the_quota_of_an_assessment_is_that_of_the_rule_set_rounded_down() -> None:
    # Three rows: a fifth of them is none.
    assert one(ASSESSMENT).limits == (Limit(At.MOST, 0, "优秀"),)
    assert one(replace(ASSESSMENT, quota_percent=20)).limits == (Limit(At.MOST, 0, "优秀"),)
    free = replace(ASSESSMENT, rule_set="annual_assessment", quota_percent=40)
    assert one(free).limits == (Limit(At.MOST, 1, "优秀"),)


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        (replace(ASSESSMENT, quota_percent=19), "19 percent is not the 1/5 of excellence_quota"),
        (replace(ASSESSMENT, quota_percent=21), "21 percent is not the 1/5"),
        (replace(ASSESSMENT, rule_set="annual_assessment"), "annual_assessment has no quota"),
    ],
)
def test_a_quota_that_contradicts_the_rule_set_or_is_missing(plan: ContestPlan, problem: str) -> None:
    (found,) = refused(plan).problems
    assert found.place == "session.toml, [[contest]] 1, key quota_percent"
    assert problem in found.problem


def people(*categories: str) -> Roll:
    """A roll with these categories."""
    found = (
        RollPerson(str(n), "甲", Standing(), "", True, (("类别", word),), f"roll.csv, line {n}")
        for n, word in enumerate(categories, 2)
    )
    return Roll(tuple(found))


def test_categories_are_the_classes_and_each_is_a_cell_the_smallest_first() -> None:
    plan = replace(TRUST, rule_set="trust_categories")
    (contest,) = contests(plan_of(plan, roll=people("A", "B", "C", "C", "a", "b", "b")), RULES)
    assert contest.classes == ("a", "b", "c")
    assert [(cell.id, cell.classes, cell.merge_into) for cell in contest.cells] == [
        ("a", ("a",), "c"),
        ("c", ("c",), "b"),
        ("b", ("b",), ""),
    ]


def test_everybody_must_have_a_category_once_for_each_method() -> None:
    plan = replace(TRUST, rule_set="trust_categories")
    with pytest.raises(InputErrors) as caught:
        contests(plan_of(plan, replace(plan, id="other"), roll=people("A", "", "D", "C")), RULES)
    assert [(found.place, found.problem) for found in caught.value.problems] == [
        ("roll.csv, line 3, column 类别", "is empty, and trust_categories asks"),
        ("roll.csv, line 4, column 类别", '"D" is no category of trust_categories'),
    ]
    assert contests(plan_of(TRUST, roll=people("", "D")), RULES)[0].classes == (CLASS,)


def test_categories_are_not_counted_by_hand() -> None:
    plan = replace(TRUST, rule_set="trust_categories", capture=Capture.HAND)
    with pytest.raises(InputErrors, match="by hand"):
        contests(plan_of(plan, roll=people("A", "B", "C")), RULES)


def test_a_questionnaire_has_both_limits_and_an_empty_sheet_chooses_nothing() -> None:
    contest = one(QUESTIONS)
    assert contest.limits == (Limit(At.MOST, 2, "chosen"), Limit(At.LEAST, 1, "chosen"))
    assert contest.blank == "not_chosen"


def test_a_county_where_an_untouched_row_approves() -> None:
    assert one(replace(ELECTION, rule_set="election_local_blank_approves")).blank == "approve"


def test_a_waiver_decrypts_the_smallest_cell() -> None:
    assert (one(ELECTION, waiver=True).minimum, one(ELECTION, waiver=True).waiver) == (1, True)
    assert (one(TRUST, waiver=True).minimum, one(TRUST, waiver=True).waiver) == (1, True)


def test_slots_follow_the_file() -> None:
    found = contests(plan_of(ELECTION, TICKET, MOTION, TRUST), RULES)
    assert [(contest.id, contest.slot) for contest in found] == [
        ("committee", 0),
        ("mayors", 1),
        ("report", 2),
        ("trust", 3),
    ]


def test_the_contest_names_the_content_of_its_rules() -> None:
    rules = RULES["election_local_2020"]
    assert one(ELECTION).rules == rules_ref(rules)
    assert rules_ref(rules).hash == digest(Tag.RULES, canonical(rules.to_json()))


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        (ELECTION, "Election: committee (2 seats)"),
        (replace(ELECTION, body="alternate_member", seats=1), "Election of alternate committee members (1 seat)"),
        (replace(ELECTION, id="city-delegates", body="special"), "Election: city delegates (2 seats)"),
        (TICKET, "Ticket vote: mayors (appointment)"),
        (replace(TICKET, purpose=Purpose.NONE), "Ticket vote: mayors"),
        (MOTION, "Motion: report"),
        (TRUST, "Evaluation: trust"),
        (ASSESSMENT, "Assessment: best"),
        (QUESTIONS, "Questionnaire: ask"),
        (replace(MOTION, title_en="On the work report"), "On the work report"),
    ],
)
def test_english_titles(plan: ContestPlan, title: str) -> None:
    assert (one(plan).title.en, one(plan).title.zh) == (title, "选举")


def test_every_kind_has_marks() -> None:
    for plan in (ELECTION, TICKET, MOTION, TRUST, ASSESSMENT, QUESTIONS):
        assert len(marks_of(plan)) >= 2


@pytest.mark.parametrize(
    ("plan", "problem", "remedy"),
    [
        (replace(ELECTION, rule_set="election_2030"), '"election_2030" is not known', "election_local_2020"),
        (replace(ELECTION, rule_set="ticket_2004"), "decides ticket_vote, not election", "for this kind"),
        (replace(TRUST, rule_set="election_local_2020"), "not evaluation", "for this kind"),
        (replace(TRUST, scale="grade4"), 'counts the scale "trust4"', "trust4"),
    ],
)
def test_rule_sets_that_do_not_fit(plan: ContestPlan, problem: str, remedy: str) -> None:
    error = refused(plan)
    assert error.place == "session.toml, [[contest]] 1, key rule_set"
    assert problem in error.problem
    assert remedy in error.remedy


def test_a_contest_out_of_bounds_is_named() -> None:
    error = refused(replace(ELECTION, seats=4))
    assert error.place == "session.toml, [[contest]] 1"


def test_a_table_too_wide_for_an_entry() -> None:
    details = tuple((f"列{number}", "字" * 400) for number in range(30))
    rows = tuple(PlanRow(str(number), "名", details) for number in range(100))
    assert "makes an entry of" in refused(replace(ELECTION, rows=rows)).problem


def test_every_wrong_contest_is_named() -> None:
    assert refused(replace(ELECTION, rule_set="x"), MOTION, replace(TRUST, rule_set="y")).total == 2


def test_paper_is_refused_where_only_kiosks_are_played() -> None:
    refuse_paper(plan_of(ELECTION))
    with pytest.raises(InputErrors, match="paper is not played here"):
        refuse_paper(plan_of(ELECTION, replace(ELECTION, id="paper", capture=Capture.HAND)))
