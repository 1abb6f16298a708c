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
    ("rule_set", "row", "passed"),
    [
        ("resolution_default", {"should_attend": 300, "agree": 151}, True),
        ("resolution_default", {"should_attend": 300, "agree": 150}, False),
        ("resolution_adopt_method_1994", {"should_attend": 300, "agree": 150}, True),
        ("resolution_adopt_method_1994", {"should_attend": 300, "agree": 149}, False),
        ("discipline_constitution", {"should_attend": 33, "agree": 22}, True),
        ("discipline_constitution", {"should_attend": 33, "agree": 21}, False),
        ("ticket_2004", {"should_attend": 33, "agree": 17}, True),
        ("election_local_2020", {"should_attend": 300, "approve": 151}, True),
    ],
)
def test_thresholds(rule_set, row, passed):
    assert run("threshold_vote", rule_set, rows=[row]) == {"rows": [{"passed": passed}]}


@pytest.mark.parametrize("row", [{"should_attend": 300, "agree": 301}, {"should_attend": 0, "agree": 0}, {"agree": 3}])
def test_rows_that_are_wrong(row):
    assert isinstance(run("threshold_vote", "resolution_default", rows=[row]), str)


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
