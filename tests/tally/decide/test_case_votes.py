"""Cases about quorum, ticket votes and thresholds beyond the worked ones."""

import pytest

from tally.decide.cases import run_cases


def run(kind, rule_set="ticket_2004", **fields):
    (result,) = run_cases({"cases": [{"id": "X", "kind": kind, "rule_set": rule_set, **fields}]})
    return result.error or result.result


def nominee(name, agree, disapprove, abstain=0, **more):
    return {"name": name, "agree": agree, "disapprove": disapprove, "abstain": abstain, **more}


def ticket(*nominees, **numbers):
    base = {"should_attend": 33, "present": 28, "issued": 28, "returned": 28, "invalid": 0}
    return run("ticket_vote", input={**base, **numbers, "nominees": list(nominees)})


@pytest.mark.parametrize(
    ("rule_set", "should_attend", "needed"),
    [("election_local_2020", 300, 151), ("election_grassroots_1990", 80, 65), ("ticket_2004", 33, 22)],
)
def test_quorums(rule_set, should_attend, needed):
    for present, holds in ((needed - 1, False), (needed, True), (needed + 1, True)):
        numbers = {"should_attend": should_attend, "present": present}
        assert run("quorum", rule_set, input=numbers) == {"can_hold": holds}


def test_exact_half_fails():
    result = ticket(nominee("王海", 16, 16), should_attend=32, present=32, issued=32, returned=32)

    assert (result["passed"], result["failed"], result["votes_needed"]) == ([], ["王海"], 17)


def test_too_many_ballots():
    assert ticket(nominee("王海", 20, 9), returned=29) == {
        "can_hold": True,
        "ballots_in_order": False,
        "outcome": "void_revote",
    }


def test_without_a_quorum():
    result = ticket(nominee("王海", 20, 1), present=21, issued=21, returned=21)

    assert result["can_hold"] is False
    assert result["outcome"] == "no_quorum"
    assert result["passed"] == result["failed"] == []


def test_two_nominees_of_one_name():
    assert ticket(nominee("王海", 20, 8), nominee("王海", 10, 18))["failed"] == ["王海"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([nominee("王海", 20, 9)], "王海 add up to 29"),
        ([nominee("王海", 20, 8, write_ins=1)], "write_ins"),
        ([{"name": "王海", "agree": 20}], "disapprove"),
    ],
)
def test_lines_that_are_wrong(lines, problem):
    assert problem in ticket(*lines)


@pytest.mark.parametrize(
    ("kind", "rule_set", "fields"),
    [
        ("threshold_vote", "trust_default", {"rows": [{"should_attend": 3, "agree": 2}]}),
        ("ticket_vote", "election_local_2020", {"input": {}}),
        ("election_tally", "ticket_2004", {"input": {}}),
        ("evaluation_single", "ticket_2004", {"input": {"counts": {}, "issued": 1, "returned": 1}}),
    ],
)
def test_rule_sets_of_another_family(kind, rule_set, fields):
    assert "rule_set" in run(kind, rule_set, **fields)


def test_renomination_and_consultation_refuse_what_does_not_add_up():
    assert run("renomination", input={"failures_same_post": 1}) == {"may_nominate_same_post": True}
    numbers = {"consulted_members": 33, "consulted_alternates": 7, "agree": 30, "disagree": 6, "no_reply": 5}
    assert "40 were consulted" in run("consultation", input=numbers)


def own(kind, changes, **fields):
    rule_sets = {"own": {"inherits": "ticket_2004", **changes}}
    case = {"id": "X", "kind": kind, "rule_set": "own", **fields}
    (result,) = run_cases({"rule_sets": rule_sets, "cases": [case]})
    return result.error or result.result


def test_people_on_leave_stay_in_the_base():
    assert run("quorum", input={"should_attend": 33, "present": 22, "on_leave": 11}) == {"can_hold": True}
    assert "on leave" in run("quorum", input={"should_attend": 33, "present": 22, "on_leave": 12})


def test_alternates_who_vote_are_in_both_numbers():
    numbers = {"should_attend": 33, "present": 21, "alternates_present": 7}

    assert run("quorum", input=numbers) == {"can_hold": False}
    assert "alternates_should_attend" in own("quorum", {"alternates_vote": True}, input=numbers)
    with_all = {**numbers, "alternates_should_attend": 7}
    assert own("quorum", {"alternates_vote": True}, input=with_all) == {"can_hold": True}
    assert own("quorum", {"alternates_vote": False}, input=with_all) == {"can_hold": False}


def test_the_recused_leave_the_base_where_the_county_says_so():
    silent = {"recusal": "leave_deliberation_and_vote_not"}
    numbers = {"should_attend": 33, "present": 30, "recused_in_deliberation": 1}

    assert own("recusal", {}, input=numbers) == {"ballots_to_issue": 30, "votes_needed": 17, "base": 33}
    assert own("recusal", silent, input=numbers) == {"ballots_to_issue": 29, "votes_needed": 17, "base": 33}
    leaves = {**silent, "recused_base": "leaves"}
    assert own("recusal", leaves, input=numbers) == {"ballots_to_issue": 29, "votes_needed": 17, "base": 32}


def test_a_ticket_vote_after_members_left_the_deliberation():
    leaves = {"recusal": "leave_deliberation_and_vote_not", "recused_base": "leaves"}
    numbers = {"should_attend": 33, "present": 28, "issued": 27, "returned": 27, "recused_in_deliberation": 1}
    line = [nominee("王海", 17, 10)]

    assert own("ticket_vote", leaves, input={**numbers, "nominees": line})["votes_needed"] == 17
    even = {**numbers, "recused_in_deliberation": 2, "issued": 26, "returned": 26}
    assert own("ticket_vote", leaves, input={**even, "nominees": [nominee("王海", 16, 10)]})["votes_needed"] == 16
    over = {**even, "issued": 27, "returned": 27, "nominees": line}
    assert "26 may vote" in own("ticket_vote", leaves, input=over)


def test_a_second_try_in_the_same_meeting():
    again = {"failures_same_post": 1, "same_meeting": True}
    any_meeting = {"renomination": {"second_try": "any_meeting", "after_two_failures": "barred_same_post"}}

    assert run("renomination", input=again) == {"may_nominate_same_post": False}
    assert run("renomination", input={**again, "same_meeting": False}) == {"may_nominate_same_post": True}
    assert own("renomination", any_meeting, input=again) == {"may_nominate_same_post": True}


def test_a_box_of_a_ticket_vote_over_its_issue():
    boxes = [{"box": "一", "issued": 14, "returned": 15}, {"box": "二", "issued": 14, "returned": 13}]

    assert ticket(nominee("王海", 20, 8), boxes=boxes)["outcome"] == "box_over_issue"


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ({"seats": 33, "surplus_pct": 10}, {"min_candidates": 37}),
        ({"seats": 33, "body": "county_committee_member"}, {"min_candidates": 37}),
        ({"seats": 5, "body": "alternate_member"}, {"min_candidates": 6}),
        ({"seats": 1, "surplus_pct": 10}, {"min_candidates": 2}),
        ({"seats": 11, "surplus_min": 1}, {"min_candidates": 12}),
        ({"seats": 11, "surplus_min": 1, "surplus_max": 2}, {"min_candidates": 12, "max_candidates": 13}),
    ],
)
def test_smallest_lists(row, answer):
    assert run("min_candidates", "election_local_2020", rows=[row]) == {"rows": [answer]}


def test_a_line_of_the_rule_set_may_have_a_largest_list():
    surplus = [{"body": "standing_member", "percent": 0, "least": 1, "most": 2}]
    rule_sets = {"own": {"inherits": "election_local_2020", "surplus": surplus}}
    case = {"id": "X", "kind": "min_candidates", "rule_set": "own"}
    rows = [{"seats": 11, "body": "standing_member"}]
    (result,) = run_cases({"rule_sets": rule_sets, "cases": [{**case, "rows": rows}]})

    assert result.result == {"rows": [{"min_candidates": 12, "max_candidates": 13}]}
    (result,) = run_cases({"rule_sets": rule_sets, "cases": [{**case, "rows": [{"seats": 1, "body": "secretary"}]}]})
    assert "states no surplus" in result.error
