"""Ticket votes: each nominee by itself, should-attend members as the base; recusal and renomination."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.ticket_vote import Nominee, RecusedVote, decide_ticket_vote, may_nominate_again, recused_vote
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import changed_rules, meeting
from voting_core.errors import VerificationError

RULES = load_rule_set("ticket_2004")


def decide(*agreeing, attendance=None, rules=RULES):
    attendance = attendance or meeting(33, 28)
    nominees = [Nominee(f"r{n}", f"甲{n}", votes, attendance.valid - votes, 0) for n, votes in enumerate(agreeing, 1)]
    return decide_ticket_vote(nominees, attendance, rules, rules.family)


@pytest.mark.parametrize(("votes", "passes"), [(15, False), (16, False), (17, True), (18, True)])
def test_over_half_of_all_members(votes, passes):
    outcome = decide(votes)

    assert outcome.votes_needed == 17
    assert (outcome.passed, outcome.failed) == ((("r1",), ()) if passes else ((), ("r1",)))


@pytest.mark.parametrize(("votes", "passes"), [(15, False), (16, False), (17, True)])
def test_exactly_half_of_an_even_committee_fails(votes, passes):
    outcome = decide(votes, attendance=meeting(32, 30))

    assert bool(outcome.passed) is passes
    assert any(step.point == "exact" for step in outcome.steps) is (votes == 16)


def test_nominees_are_decided_one_by_one():
    outcome = decide(28, 16, 17)

    assert (outcome.passed, outcome.failed) == (("r1", "r3"), ("r2",))


def test_without_a_quorum_nobody_passes_and_nobody_fails():
    outcome = decide(21, attendance=meeting(33, 21))

    assert not outcome.sitting.can_hold
    assert outcome.passed == outcome.failed == ()


def test_too_many_ballots_make_the_vote_void():
    outcome = decide(29, attendance=Attendance(33, 28, 28, 29))

    assert outcome.to_log_json()["outcome"] == "void_revote"
    assert outcome.passed == ()


def test_an_unreadable_line_is_a_count_of_its_own():
    nominee = Nominee("r1", "甲", 16, 10, 3, 1)

    assert decide_ticket_vote([nominee], meeting(33, 30), RULES, RULES.family).failed == ("r1",)


@pytest.mark.parametrize(
    ("nominees", "problem"),
    [
        ([Nominee("r1", "甲", 16, 10, 1)], "the marks of 甲 add up to 27, and there are 28 valid ballots"),
        (
            [Nominee("r1", "甲", 28, 0, 0), Nominee("r1", "乙", 28, 0, 0)],
            "a nominee stands on the sheet twice",
        ),
    ],
)
def test_contradictions(nominees, problem):
    with pytest.raises(VerificationError) as caught:
        decide_ticket_vote(nominees, meeting(33, 28), RULES, RULES.family)

    assert (caught.value.code, caught.value.message) == ("V11.D", problem)


def test_steps_say_how_many_votes_are_missing():
    words = [step.zh for step in decide(17, 15).steps]

    assert "甲1：同意 17 票，通过" in words
    assert "甲2：同意 15 票，差 2 票，未通过" in words


def test_recused_members_vote_and_stay_in_the_base():
    assert recused_vote(33, 30, 1, RULES.family) == RecusedVote(30, 17, 33)


def test_where_the_recused_do_not_vote_the_base_stays():
    family = changed_rules("ticket_2004", recusal="leave_deliberation_and_vote_not").family

    assert recused_vote(33, 30, 1, family) == RecusedVote(29, 17, 33)


@pytest.mark.parametrize("numbers", [(33, 34, 0), (33, 30, 31), (33, 30, -1)])
def test_more_recused_than_present(numbers):
    should_attend, present, recused = numbers
    with pytest.raises(VerificationError) as caught:
        recused_vote(*numbers, RULES.family)

    assert caught.value.message == f"{recused} recused, {present} present, {should_attend} should attend"


@pytest.mark.parametrize(("recused", "ballots"), [(0, 30), (30, 0)])
def test_nobody_and_everybody_may_be_recused(recused, ballots):
    family = changed_rules("ticket_2004", recusal="leave_deliberation_and_vote_not").family

    assert recused_vote(33, 30, recused, family) == RecusedVote(ballots, 17, 33)


@pytest.mark.parametrize(
    ("base", "recused_base", "number"),
    [
        ("should_attend", "stays", 33),
        ("present", "stays", 30),
        ("issued", "stays", 28),
        ("returned", "stays", 28),
        ("should_attend", "leaves", 31),
        ("present", "leaves", 28),
        ("returned", "leaves", 28),
    ],
)
def test_the_base_after_two_left_and_do_not_vote(base, recused_base, number):
    changes = {"recusal": "leave_deliberation_and_vote_not", "recused_base": recused_base}
    passing = {"base": base, "op": "gt", "frac": [1, 2]}
    family = changed_rules("ticket_2004", **changes, **{"pass": passing}).family

    assert recused_vote(33, 30, 2, family).base == number


def test_where_the_recused_vote_every_returned_ballot_can_be_the_base():
    passing = {"base": "returned", "op": "gt", "frac": [1, 2]}

    assert recused_vote(33, 30, 2, changed_rules("ticket_2004", **{"pass": passing}).family).base == 30


@pytest.mark.parametrize(("failures", "may"), [(0, True), (1, True), (2, False), (3, False)])
def test_twice_failed_is_barred(failures, may):
    assert may_nominate_again(failures, RULES.family) is may


def test_where_the_recused_leave_the_base():
    changes = {"recusal": "leave_deliberation_and_vote_not", "recused_base": "leaves"}
    family = changed_rules("ticket_2004", **changes).family

    assert recused_vote(33, 30, 1, family) == RecusedVote(29, 17, 32)
    assert recused_vote(33, 30, 2, family) == RecusedVote(28, 16, 31)


def test_who_votes_stays_in_the_base_whatever_is_said_of_those_who_do_not():
    family = changed_rules("ticket_2004", recused_base="leaves").family

    assert recused_vote(33, 30, 2, family) == RecusedVote(30, 17, 33)


def test_the_steps_say_when_the_failed_may_come_again():
    assert "须另行召开会议" in decide(16).steps[-1].zh
    assert decide(17).steps[-1].point == "person"


def test_a_second_try_in_the_same_meeting():
    assert not may_nominate_again(1, RULES.family, same_meeting=True)
    assert may_nominate_again(0, RULES.family, same_meeting=True)
    renomination = {"second_try": "any_meeting", "after_two_failures": "barred_same_post"}
    assert may_nominate_again(1, changed_rules("ticket_2004", renomination=renomination).family, same_meeting=True)


def test_where_no_rule_bars():
    family = changed_rules(
        "ticket_2004", renomination={"second_try": "any_meeting", "after_two_failures": "nothing"}
    ).family

    assert may_nominate_again(5, family)
    with pytest.raises(VerificationError, match=r"^V11\.D: -1 failures$"):
        may_nominate_again(-1, family)
