"""Cases that list the ballots of ticket votes, motions and evaluations."""

import pytest

from tests.tally.decide.test_case_elections import run

BASE = {"should_attend": 5, "present": 4, "issued": 4}


def votes(rule_set, rows, *ballots, **numbers):
    papers = [ballot if isinstance(ballot, dict) else {"marks": ballot.split()} for ballot in ballots]
    given = {**BASE, "returned": len(papers), **numbers, "rows": rows.split(), "ballots": papers}
    return run("vote_ballots", rule_set, input=given)


def test_a_ticket_vote():
    numbered = {"marks": ["agree", "agree"], "void": "marked"}
    result = votes("ticket_2004", "王海 李娟", "agree agree", "agree ?", "agree _", numbered)

    assert result["invalid_ballot_numbers"] == [4]
    assert (result["valid"], result["invalid"]) == (3, 1)
    assert result["totals"]["李娟"] == {"agree": 1, "disapprove": 0, "abstain": 1, "item_invalid": 1}
    assert (result["votes_needed"], result["passed"], result["failed"]) == (3, ["王海"], ["李娟"])


def test_a_motion():
    result = votes("resolution_default", "motion", "approve", "approve", "approve", "_")

    assert result["totals"] == {"motion": {"approve": 3, "disapprove": 0, "abstain": 1, "item_invalid": 0}}
    assert (result["can_hold"], result["passed"]) == (True, True)


def test_an_evaluation_has_its_counts():
    result = votes("trust_default", "王海", "信任", "_")

    assert result["totals"]["王海"]["弃权"] == 1
    assert "passed" not in result


@pytest.mark.parametrize("rule_set", ["ticket_2004", "resolution_default"])
def test_too_many_ballots(rule_set):
    mark = "agree" if rule_set == "ticket_2004" else "approve"

    assert votes(rule_set, "one", *[mark] * 5)["outcome"] == "void_revote"


@pytest.mark.parametrize(
    ("rule_set", "rows", "ballot", "numbers", "problem"),
    [
        ("election_local_2020", "王海", "O", {}, "decides neither"),
        ("questionnaire_default", "王海", "chosen", {}, "decides neither"),
        ("resolution_default", "one two", "approve approve", {}, "A motion has one"),
        ("resolution_default", "motion", "yes", {}, "'yes'"),
        ("resolution_default", "motion", "approve", {"returned": 2}, "2 were returned"),
        ("resolution_default", "motion", {"marks": ["approve"], "void": "late"}, {}, "void"),
    ],
)
def test_inputs_that_are_wrong(rule_set, rows, ballot, numbers, problem):
    assert problem in votes(rule_set, rows, ballot, **numbers)
