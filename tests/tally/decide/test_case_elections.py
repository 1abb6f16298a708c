"""Cases about elections beyond the worked ones."""

import pytest

from tally.decide.cases import run_cases

BASE = {"should_attend": 300, "present": 300, "issued": 300, "returned": 300, "invalid": 0, "seats": 2}


def run(kind, rule_set="election_local_2020", names=None, **fields):
    (result,) = run_cases({"names": names or {}, "cases": [{"id": "X", "kind": kind, "rule_set": rule_set, **fields}]})
    return result.error or result.result


def lines(valid=300, **approvals):
    return [
        {"name": name, "approve": votes, "disapprove": valid - votes, "abstain": 0, "item_invalid": 0}
        for name, votes in approvals.items()
    ]


def tally(candidates, case=None, **numbers):
    return run("election_tally", input={**BASE, **numbers, "candidates": candidates}, **(case or {}))


def test_fewer_ballots_returned_than_issued_is_in_order():
    result = tally(lines(280, 王海=200, 李娟=160, 杨光=100), returned=280)

    assert result["ballots_in_order"] is True
    assert result["elected_by_votes"] == ["王海", "李娟"]


def test_without_a_quorum_nobody_is_elected():
    result = tally(lines(150, 王海=150), present=150, issued=150, returned=150)

    assert result["can_hold"] is False
    assert result["elected_by_votes"] == result["announced"] == []
    assert result["shortfall"] == 2
    assert "next_options" not in result


def test_three_tied_for_two_seats():
    result = tally(lines(王海=170, 李娟=170, 杨光=170, 朱明=20))

    assert result["elected_by_votes"] == []
    assert result["runoff"] == {"seats": 2, "candidates": ["王海", "李娟", "杨光"]}


def test_a_tie_inside_the_seats_changes_nothing():
    result = tally(lines(王海=200, 李娟=200, 杨光=160))

    assert result["elected_by_votes"] == ["王海", "李娟"]
    assert result["runoff"] is None
    assert result["passed_but_not_elected"] == ["杨光"]


def test_given_strokes_decide_the_order():
    names = {"王海": {"strokes": 20, "stroke_seq": "1"}}
    candidates = lines(王海=200, 李娟=190)

    assert run("election_tally", input={**BASE, "candidates": candidates})["announced"] == ["王海", "李娟"]
    assert run("election_tally", names=names, input={**BASE, "candidates": candidates})["announced"] == ["李娟", "王海"]


def test_a_name_without_strokes_is_an_error_and_never_a_guess():
    assert "龘" in tally(lines(龘海=200))
    names = {"龘海": {"strokes": 48, "stroke_seq": "41431"}}
    result = run("election_tally", names=names, input={**BASE, "candidates": lines(龘海=200)})
    assert result["announced"] == ["龘海"]


def test_two_candidates_of_one_name():
    candidates = [*lines(王海=200), *lines(王海=160), *lines(李娟=170)]

    assert tally(candidates)["elected_by_votes"] == ["王海", "李娟"]


def test_the_plenum_announces_in_the_approved_order():
    approved = {"approved_order": ["李娟", "王海"]}
    result = run(
        "election_tally",
        "election_local_plenum_2020",
        input={**BASE, **approved, "candidates": lines(王海=290, 李娟=280)},
    )

    assert result["announced"] == ["李娟", "王海"]
    wrong = {**BASE, "approved_order": ["李娟"], "candidates": lines(王海=290, 李娟=280)}
    assert "approved_order" in run("election_tally", "election_local_plenum_2020", input=wrong)


def test_alternates_have_an_order_of_succession_and_candidates_do_not():
    alternate = {"body": "alternate_member"}

    assert tally(lines(王海=160, 李娟=170), alternate)["succession_order"] == ["李娟", "王海"]
    assert "succession_order" not in tally(lines(王海=160), {**alternate, "stage": "preselection"})


def test_supplementary_votes_keep_the_threshold_and_run_offs_do_not():
    candidates = lines(王海=150, 李娟=140)

    assert tally(candidates, {"stage": "supplementary"}, seats=1)["elected_by_votes"] == []
    assert tally(candidates, {"stage": "runoff"}, seats=1)["elected_by_votes"] == ["王海"]
    assert "stage" in tally(candidates, {"stage": "final"})


def test_a_run_off_tied_again():
    fields = {**BASE, "seats": 1, "candidates": lines(李娟=140, 朱明=140)}

    assert run("runoff", input=fields) == {
        "elected": [],
        "still_tied": True,
        "runoff": {"seats": 1, "candidates": ["朱明", "李娟"]},
    }


def test_a_void_run_off():
    fields = {**BASE, "seats": 1, "returned": 301, "candidates": lines(301, 李娟=140, 朱明=138)}

    assert run("runoff", input=fields)["outcome"] == "void_revote"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"invalid": 1}, "王海 add up to 300"),
        ({"seats": 0}, "at least one seat"),
        ({"present": 301}, "301 are present"),
        ({"write_ins": [{"name": "王海", "approve": 1}]}, "printed candidate"),
        ({"write_ins": [{"name": "赵敏", "approve": 101}]}, "are enough for 100"),
        ({"boxes": 2}, "boxes"),
    ],
)
def test_inputs_that_are_wrong(changes, problem):
    assert problem in tally(lines(王海=200), **changes)


def ballots(*marks, rule_set="election_local_2020", **numbers):
    papers = [{"marks": list(sheet)} for sheet in marks]
    base = {"should_attend": 5, "present": 4, "issued": 4, "returned": len(papers), "seats": 2}
    return run(
        "election_ballots",
        rule_set,
        input={**base, **numbers, "candidates": ["王海", "李娟", "杨光"], "ballots": papers},
    )


def test_an_untouched_ballot_where_an_empty_line_approves_is_void():
    result = ballots("___", "__X", "_X_", "_XX", rule_set="election_local_blank_approves")

    assert result["invalid_ballot_numbers"] == [1]
    assert result["totals"]["王海"]["approve"] == 3
    assert result["elected"] == ["王海"]


def test_a_tie_on_ballots_names_the_tied():
    result = ballots("OOX", "OOX", "OXO", "OXO", "XOO", present=5, issued=5)

    assert result["elected"] == ["王海"]
    assert result["runoff"] == {"seats": 1, "candidates": ["李娟", "杨光"]}
    assert result["shortfall"] == 0


def test_ballots_without_a_tie_name_no_run_off():
    result = ballots("OO_", "OO_", "OOX", "O__")

    assert result["elected"] == ["王海", "李娟"]
    assert "runoff" not in result


def test_as_many_ballots_are_listed_as_were_returned():
    assert "3 were returned" in ballots("OXX", "OXX", returned=3)


def test_too_many_ballots_are_void():
    result = ballots("OXX", "OXX", "OXX", "OXX", "OXX")

    assert result["outcome"] == "void_revote"
    assert result["elected"] == []
