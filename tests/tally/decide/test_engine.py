"""decide: contests of every kind with the packaged rule sets, and contests that do not fit."""

import pytest

from ballots.contest import NO_WRITE_INS, Capture, Cell, Kind, Stage, WriteIns, WriteInWay
from tally.decide import Attendance, decide
from tally.decide.election import decide_election
from tally.decide.election_sheet import Candidate, ElectionSheet, WriteIn
from tally.decide.engine import MAX_NUMBERS, check_decidable, check_fit
from tally.decide.motion import decide_motion
from tally.decide.ordering import fixed_places
from tally.decide.outcome import (
    ElectionOutcome,
    EvaluationOutcome,
    MotionOutcome,
    QuestionnaireOutcome,
    TicketVoteOutcome,
)
from tally.decide.questionnaire import Option, count_questionnaire
from tally.decide.ticket_vote import Nominee, decide_ticket_vote
from tally.rules.loader import load_rule_set
from tests.independent.errors import Refused
from tests.independent.outcome import check_fit as independent_check_fit
from tests.tally.decide.contests import (
    ELECTION,
    FULL,
    LOCAL,
    MARKS,
    MOTION,
    TICKET,
    TRUST,
    a_contest,
    changed_rules,
    meeting,
    votes,
)
from voting_core.errors import VerificationError

QUESTIONS = "questionnaire_default"
FITTING = [
    (Kind.ELECTION, ELECTION, ElectionOutcome),
    (Kind.TICKET_VOTE, TICKET, TicketVoteOutcome),
    (Kind.MOTION, MOTION, MotionOutcome),
    (Kind.EVALUATION, TRUST, EvaluationOutcome),
    (Kind.QUESTIONNAIRE, QUESTIONS, QuestionnaireOutcome),
]


@pytest.mark.parametrize(("kind", "rule_set_id", "outcome"), FITTING)
def test_every_kind_is_decided_by_its_rule_set(kind, rule_set_id, outcome):
    contest = a_contest(kind, "王海")
    counts = ((20, 10, *[0] * (len(MARKS[kind]) - 2)),)

    assert isinstance(decide(contest, meeting(33, 30), counts, load_rule_set(rule_set_id)), outcome)


@pytest.mark.parametrize(("kind", "own", "_"), FITTING)
@pytest.mark.parametrize("rule_set_id", [ELECTION, TICKET, MOTION, TRUST, QUESTIONS])
def test_no_other_rule_set_decides_it(kind, own, _, rule_set_id):
    contest = a_contest(kind, "王海")
    if rule_set_id == own:
        check_fit(contest, load_rule_set(rule_set_id))
        return
    rules = load_rule_set(rule_set_id)
    with pytest.raises(VerificationError) as caught:
        check_decidable(contest, rules)

    assert (caught.value.code, caught.value.culprits) == ("V6.B", ("one",))
    assert caught.value.message == f"one is of kind {kind}, and {rule_set_id} decides {', '.join(rules.decides)}"


def test_a_rule_set_that_decides_several_kinds_names_them_all():
    problem = "one is of kind motion, and annual_assessment decides evaluation, assessment"
    with pytest.raises(VerificationError) as caught:
        check_decidable(a_contest(Kind.MOTION, "决议"), load_rule_set("annual_assessment"))

    assert caught.value.message == problem


def test_marks_are_found_by_name_in_any_order():
    contest = a_contest(Kind.ELECTION, "王海", marks=("abstain", "approve", "disapprove"))

    outcome = decide(contest, meeting(300, 300), ((100, 151, 49),), load_rule_set(ELECTION))
    assert outcome.elected_by_votes == ("r1",)


@pytest.mark.parametrize(
    ("kind", "changes", "problem"),
    [
        (
            Kind.ELECTION,
            {"marks": ("agree", "disapprove", "abstain")},
            "one has the marks agree, disapprove, abstain, and election_local_2020 counts approve, disapprove, abstain",
        ),
        (Kind.ELECTION, {"seats": 0}, "one has no seat, and an election fills at least one"),
        (
            Kind.EVALUATION,
            {"marks": ("满意", "基本满意", "不满意", "弃权")},
            "one has the marks 满意, 基本满意, 不满意, 弃权, and trust_default counts 信任, 基本信任, 不信任, 弃权",
        ),
    ],
)
def test_contests_that_cannot_be_decided(kind, changes, problem):
    contest = a_contest(kind, "王海", **({"blank": ""} | changes))
    rules = load_rule_set({Kind.ELECTION: ELECTION, Kind.EVALUATION: TRUST}[kind])

    with pytest.raises(VerificationError) as caught:
        check_decidable(contest, rules)
    assert (caught.value.code, caught.value.message, caught.value.culprits) == ("V6.B", problem, ("one",))


def test_a_motion_has_one_row():
    with pytest.raises(VerificationError, match=r"^V6\.B: one has 2 rows, and a motion has one$"):
        check_decidable(a_contest(Kind.MOTION, "甲 乙"), load_rule_set(MOTION))


def test_categories_are_the_classes_of_the_contest_and_are_not_counted_by_hand():
    rules = load_rule_set("trust_categories")
    others, by_hand = {"classes": ("member", "delegate")}, {"classes": ("c", "b", "a"), "capture": Capture.HAND}

    check_decidable(a_contest(Kind.EVALUATION, "王海", classes=("c", "b", "a")), rules)
    for changes, problem in (
        (others, "has the classes member, delegate, and trust_categories has the categories a, b, c"),
        (by_hand, "is counted by hand, and trust_categories weighs categories, which a sheet does not tell apart"),
    ):
        with pytest.raises(VerificationError) as caught:
            check_decidable(a_contest(Kind.EVALUATION, "王海", **changes), rules)
        assert caught.value.message == f"one {problem}"


def test_another_meaning_of_an_untouched_row_is_refused_at_definition_and_does_not_stop_a_decision():
    contest = a_contest(Kind.ELECTION, "王海", blank="approve")
    rules = load_rule_set(ELECTION)

    with pytest.raises(VerificationError) as caught:
        check_fit(contest, rules)
    assert caught.value.message == 'one counts an untouched row as "approve", and election_local_2020 as "abstain"'
    assert decide(contest, meeting(300, 300), votes(300, 200), rules).elected_by_votes == ("r1",)
    check_fit(contest, load_rule_set("election_local_blank_approves"))


@pytest.mark.parametrize("counts", [(), ((10, 20, 0), (10, 20, 0)), ((10, 20),), ((10, 20, 0, 0),)])
def test_counts_of_another_shape(counts):
    with pytest.raises(VerificationError) as caught:
        decide(a_contest(Kind.ELECTION, "王海"), meeting(33, 30), counts, load_rule_set(ELECTION))

    assert (caught.value.code, caught.value.culprits) == ("V11.D", ("one",))
    assert caught.value.message == "one: the counts are not one number for each row and mark"


@pytest.mark.parametrize(("kind", "rule_set_id", "_"), FITTING)
def test_rows_that_do_not_add_up(kind, rule_set_id, _):
    counts = ((20, 9, *[0] * (len(MARKS[kind]) - 2)),)

    with pytest.raises(VerificationError) as caught:
        decide(a_contest(kind, "王海"), meeting(33, 30), counts, load_rule_set(rule_set_id))
    culprit = "the motion" if kind is Kind.MOTION else "王海"
    assert (caught.value.code, caught.value.culprits) == ("V11.D", (culprit,))


@pytest.mark.parametrize(("kind", "rule_set_id", "_"), FITTING)
def test_unreadable_lines_of_a_hand_count(kind, rule_set_id, _):
    counts = ((20, 9, *[0] * (len(MARKS[kind]) - 2)),)

    decide(a_contest(kind, "王海"), meeting(33, 30), counts, load_rule_set(rule_set_id), item_invalid=(1,))
    with pytest.raises(VerificationError) as caught:
        decide(a_contest(kind, "王海"), meeting(33, 30), counts, load_rule_set(rule_set_id), item_invalid=(1, 0))
    assert caught.value.message == "one: unreadable lines are not one number for each row"
    assert caught.value.culprits == ("one",)


def test_written_in_persons_of_a_hand_count():
    for way in (WriteInWay.PAPER, WriteInWay.SLIPS):
        contest = a_contest(Kind.ELECTION, "王海", write_ins=WriteIns(way))
        names = (WriteIn("赵敏", 160),)
        outcome = decide(contest, meeting(300, 300), votes(300, 100), load_rule_set(ELECTION), write_ins=names)
        assert outcome.to_results_json(contest)["elected_by_votes"] == ["赵敏"]


@pytest.mark.parametrize(
    ("contest", "rule_set_id"),
    [
        (a_contest(Kind.TICKET_VOTE, "王海"), TICKET),
        (a_contest(Kind.ELECTION, "王海"), ELECTION),
        (a_contest(Kind.ELECTION, "王海", stage=Stage.RUNOFF, write_ins=NO_WRITE_INS), ELECTION),
    ],
)
def test_nobody_is_written_in_elsewhere_or_where_it_is_waived(contest, rule_set_id):
    names = (WriteIn("赵敏", 1),)
    with pytest.raises(VerificationError) as caught:
        decide(contest, meeting(33, 30), votes(30, 20), load_rule_set(rule_set_id), write_ins=names)
    assert (caught.value.code, caught.value.culprits) == ("V11.D", ("one",))
    assert caught.value.message == "one: nobody can be written in at this vote"


# Three marks in an order of their own, and unreadable lines; the engine finds each number by its mark.
MIXED = ((10, 200, 70), (20, 170, 81), (9, 160, 111))
LOST = (20, 29, 20)


def test_everything_about_an_election_comes_from_the_contest():
    contest = a_contest(
        Kind.ELECTION,
        "陈静 王海 李娟",
        seats=2,
        body="alternate_member",
        stage=Stage.SUPPLEMENTARY,
        marks=("abstain", "approve", "disapprove"),
        order=("r3", "r1", "r2"),
        write_ins=WriteIns(WriteInWay.PAPER),
    )
    rules = changed_rules(ELECTION, order_alternates="superior_approved_order")
    sheet = ElectionSheet(
        seats=2,
        candidates=(
            Candidate("r1", "陈静", 200, 70, 10, 20),
            Candidate("r2", "王海", 170, 81, 20, 29),
            Candidate("r3", "李娟", 160, 111, 9, 20),
        ),
        write_ins=(WriteIn("赵敏", 60),),
        stage="supplementary",
        body="alternate_member",
        approved_order=("r3", "r1", "r2"),
    )
    names = {"r1": "陈静", "r2": "王海", "r3": "李娟"}
    mode = rules.family.naming.name_order
    places = fixed_places(("r3", "r1", "r2"), names, [("write_in/赵敏", "赵敏")], mode)

    found = decide(contest, FULL, MIXED, rules, item_invalid=LOST, write_ins=(WriteIn("赵敏", 60),))
    assert found == decide_election(sheet, FULL, rules, rules.family, places)
    assert found.announced == ("r1", "r2")


@pytest.mark.parametrize(
    ("name_order", "announced"),
    [("surname_strokes", ("write_in/田富", "r1")), ("full_name_strokes", ("r1", "write_in/田富"))],
)
def test_a_person_written_in_stands_by_the_name_order_of_the_rule_set(name_order, announced):
    rules = changed_rules(ELECTION, name_order=name_order)
    contest = a_contest(Kind.ELECTION, "田大利 李娟", seats=2, write_ins=WriteIns(WriteInWay.SLIPS))
    outcome = decide(contest, FULL, votes(300, 160, 10), rules, write_ins=(WriteIn("田富", 160),))

    assert outcome.announced == announced


def test_everything_about_a_ticket_vote_comes_from_the_contest():
    contest = a_contest(Kind.TICKET_VOTE, "陈静 王海 李娟", marks=("abstain", "agree", "disapprove"))
    rules = load_rule_set(TICKET)
    nominees = (
        Nominee("r1", "陈静", 200, 70, 10, 20),
        Nominee("r2", "王海", 170, 81, 20, 29),
        Nominee("r3", "李娟", 160, 111, 9, 20),
    )

    expected = decide_ticket_vote(nominees, FULL, rules, rules.family)
    assert decide(contest, FULL, MIXED, rules, item_invalid=LOST) == expected


def test_everything_about_a_motion_comes_from_the_contest():
    contest = a_contest(Kind.MOTION, "决议", marks=("abstain", "approve", "disapprove"))
    rules = load_rule_set(MOTION)

    expected = decide_motion((200, 70, 10), FULL, rules, rules.family, 20)
    assert decide(contest, FULL, MIXED[:1], rules, item_invalid=LOST[:1]) == expected


def test_everything_about_a_questionnaire_comes_from_the_contest():
    contest = a_contest(Kind.QUESTIONNAIRE, "道路 学校", marks=("not_chosen", "chosen"))
    rules = load_rule_set(QUESTIONS)
    options = (Option("r1", "道路", 80, 200, 20), Option("r2", "学校", 101, 170, 29))

    found = decide(contest, FULL, ((200, 80), (170, 101)), rules, item_invalid=LOST[:2])
    assert found == count_questionnaire(options, FULL, rules, rules.family)


def test_stage_body_and_seats_come_from_the_contest():
    contest = a_contest(Kind.ELECTION, "陈静 王海 李娟", seats=2, body="alternate_member")
    outcome = decide(contest, meeting(300, 300), votes(300, 200, 180, 160), load_rule_set(ELECTION))
    assert outcome.announced == ("r1", "r2")

    contest = a_contest(Kind.ELECTION, "陈静 王海", stage=Stage.RUNOFF)
    outcome = decide(contest, meeting(300, 300), votes(300, 120, 119), load_rule_set(ELECTION))
    assert outcome.elected_by_votes == ("r1",)


def test_a_small_evaluation_is_not_to_be_published():
    contest = a_contest(Kind.EVALUATION, "王海")
    rules = load_rule_set(TRUST)

    assert decide(contest, meeting(8, 8), ((8, 0, 0, 0),), rules).manual_checks == ()
    small = decide(contest, meeting(8, 7), ((7, 0, 0, 0),), rules)
    assert small.manual_checks == ("small_cell",)
    assert "fewer than 8" in small.steps[-1].en


def test_a_tripped_flag_asks_for_verification():
    flags = [{"id": "distrust", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}]
    rules = changed_rules(TRUST, flags=flags)

    outcome = decide(a_contest(Kind.EVALUATION, "王海"), meeting(30, 30), ((10, 0, 20, 0),), rules)
    assert outcome.manual_checks == ("verification_by_organisation",)


def test_an_evaluation_without_a_quorum_says_nothing_of_anybody():
    outcome = decide(a_contest(Kind.EVALUATION, "王海"), meeting(30, 15), ((15, 0, 0, 0),), load_rule_set(TRUST))

    assert not outcome.sitting.can_hold
    assert outcome.rows == ()


def test_nobody_voted():
    outcome = decide(
        a_contest(Kind.EVALUATION, "王海"), Attendance(30, 30, 30, 0), ((0, 0, 0, 0),), load_rule_set(TRUST)
    )

    assert outcome.rows[0].index is None


def test_names_stand_in_the_order_that_the_contest_fixed():
    contest = a_contest(Kind.ELECTION, "陈静 龘海 王海", seats=3, order=("r2", "r3", "r1"))
    outcome = decide(contest, FULL, votes(300, 200, 200, 160), LOCAL)

    assert outcome.elected_by_votes == ("r2", "r1", "r3")
    assert outcome.announced == ("r2", "r3", "r1")
    assert outcome.manual_checks == ()


@pytest.mark.parametrize(
    ("capture", "stage", "way", "fits"),
    [
        (Capture.KIOSK, Stage.FORMAL, WriteInWay.SLIPS, True),
        (Capture.KIOSK, Stage.FORMAL, WriteInWay.WAIVED, True),
        (Capture.KIOSK, Stage.FORMAL, WriteInWay.PAPER, False),
        (Capture.KIOSK, Stage.FORMAL, WriteInWay.NONE, False),
        (Capture.HAND, Stage.SUPPLEMENTARY, WriteInWay.PAPER, True),
        (Capture.HAND, Stage.SUPPLEMENTARY, WriteInWay.WAIVED, True),
        (Capture.HAND, Stage.SUPPLEMENTARY, WriteInWay.SLIPS, False),
        (Capture.HAND, Stage.SUPPLEMENTARY, WriteInWay.NONE, False),
        (Capture.KIOSK, Stage.RUNOFF, WriteInWay.NONE, True),
        (Capture.KIOSK, Stage.RUNOFF, WriteInWay.WAIVED, False),
    ],
)
def test_an_election_says_how_persons_are_written_in(capture, stage, way, fits):
    decision = "测试〔2026〕1号" if way is WriteInWay.WAIVED else ""
    changes = {"capture": capture, "stage": stage, "write_ins": WriteIns(way, decision)}
    contest = a_contest(Kind.ELECTION, "王海 李娟", **changes)
    if fits:
        check_fit(contest, LOCAL)
    else:
        with pytest.raises(VerificationError) as caught:
            check_fit(contest, LOCAL)
        ways = {Stage.RUNOFF: "none"}.get(stage, "paper or waived" if capture is Capture.HAND else "slips or waived")
        problem = f'one has write-ins by "{way}", and by election_local_2020 it can have {ways}'
        assert caught.value.message == problem


def test_where_the_rules_have_no_write_ins_the_contest_has_none():
    closed = changed_rules(ELECTION, write_in={"allowed": False})

    check_fit(a_contest(Kind.ELECTION, "王海 李娟", write_ins=NO_WRITE_INS), closed)
    with pytest.raises(VerificationError, match="write-ins"):
        check_fit(a_contest(Kind.ELECTION, "王海 李娟"), closed)


@pytest.mark.parametrize(("flags", "fits"), [(2, True), (3, False)])
def test_an_evaluation_is_not_larger_than_an_entry_can_hold(flags, fits):
    marks = [{"id": f"flag_{n}", "marks": ["信任"], "op": "gt", "frac": [1, 2]} for n in range(flags)]
    rules = changed_rules("trust_categories", flags=marks)
    cells = (Cell("a", ("a",), "b"), Cell("b", ("b",), "c"), Cell("c", ("c",), ""))
    names = " ".join(f"甲{n}" for n in range(200))
    contest = a_contest(Kind.EVALUATION, names, classes=("a", "b", "c"), cells=cells, minimum=8)

    # 200 rows, each with 3 rates of all, 3 of each of 3 categories, 2 more for each category, and its flags.
    if fits:
        check_fit(contest, rules)
        assert 200 * (3 * 4 + 2 * 3 + flags) == MAX_NUMBERS
    else:
        with pytest.raises(VerificationError, match=r"^V6\.B: one has 200 rows.* asks for 4200 numbers; at most 4000"):
            check_fit(contest, rules)
        with pytest.raises(Refused, match=r"^V6\.B"):
            independent_check_fit(contest.to_json(), rules.to_json())
