"""The words of an election: why each person is elected or not, ties, empty seats, warnings."""

from tally.decide.attendance import Attendance
from tally.decide.election_sheet import WriteIn
from tests.tally.decide.contests import NAMES, changed_rules
from tests.tally.decide.contests import elect as decide


def zh(outcome):
    return "\n".join(step.cited_zh for step in outcome.steps)


def en(outcome):
    return "\n".join(step.cited_en for step in outcome.steps)


def test_why_each_person_is_elected_or_not():
    outcome = decide((200, 180, 151, 60))

    assert "须得赞成 151 票" in zh(outcome)
    assert "陈静：赞成 200 票，当选" in zh(outcome)
    assert "李娟：赞成 151 票，达到规定票数，但名额已满，未当选" in zh(outcome)
    assert "朱明：赞成 60 票，差 91 票，未当选" in zh(outcome)
    assert "朱明: 60 votes, 91 short: not elected" in en(outcome)


def test_a_tie_names_the_tied_and_the_seats():
    words = zh(decide((180, 200, 180)))

    assert "李娟、陈静 票数相等，余 1 名" in words
    assert "陈静：赞成 180 票，票数相等，待再次投票" in words


def test_empty_seats_are_never_filled_by_ranking():
    outcome = decide((200, 149))

    assert "不得按得票多少补足" in zh(outcome)
    assert "1 of 2 seats stay empty" in en(outcome)


def test_exactly_half_is_warned_about():
    assert "王海 恰为 150 票" in zh(decide((200, 150)))
    assert "恰为" not in zh(decide((200, 151)))


def test_the_pre_selection_makes_formal_candidates():
    outcome = decide((200, 180), stage="preselection")

    assert "陈静：赞成 200 票，列为正式候选人" in zh(outcome)
    assert "预选" in zh(outcome)


def test_a_run_off_says_that_the_larger_number_wins():
    assert "得票多的当选" in zh(decide((140, 138), seats=1, stage="runoff"))


def test_a_void_vote_has_no_result():
    assert "王海：赞成 240 票，本次投票不产生结果" in zh(decide((250, 240), attendance=Attendance(300, 291, 291, 292)))


def test_what_people_must_check():
    assert "核实是否同名" in zh(decide((100, 120), write_ins=(WriteIn("赵敏", 160),)))
    assert "请人工核定排序：尨" in zh(decide((200, 190), names=("陈静", "尨海")))
    rules = changed_rules("election_local_2020", order_members="superior_approved_order")
    assert "上级批准的顺序" in zh(decide((200, 190), rules=rules))


def test_every_step_has_both_languages():
    for outcome in (decide((180, 200, 180)), decide((150, 149)), decide((1,), names=NAMES, stage="runoff")):
        assert all(step.zh and step.en for step in outcome.steps)
