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

    result = run("runoff", input=fields)
    assert (result["elected"], result["elected_by_votes"], result["still_tied"]) == ([], [], True)
    assert result["runoff"] == {"seats": 1, "candidates": ["朱明", "李娟"]}
    assert result["manual_checks"] == ["tie_decided_by_presidium"]


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
    assert result["runoff"] is None


def test_as_many_ballots_are_listed_as_were_returned():
    assert "3 were returned" in ballots("OXX", "OXX", returned=3)


def test_too_many_ballots_are_void():
    result = ballots("OXX", "OXX", "OXX", "OXX", "OXX")

    assert result["outcome"] == "void_revote"
    assert result["elected"] == []


def test_nothing_is_said_of_empty_seats_without_a_quorum():
    result = tally(lines(150, 王海=150), present=150, issued=150, returned=150)

    assert result["outcome"] == "no_quorum"
    assert not {"never", "next_options", "manual_checks"} & set(result)


def test_alternates_present_count_nowhere():
    fields = {**BASE, "alternates_present": 7, "candidates": lines(王海=200, 李娟=190)}

    assert run("election_tally", input=fields)["elected"] == ["王海", "李娟"]


def test_lines_may_say_agree_and_disagree():
    candidates = [{"name": "王海", "agree": 200, "disagree": 90, "abstain": 10}]

    assert tally(candidates)["elected_by_votes"] == ["王海"]
    assert "says again" in tally([{"name": "王海", "agree": 200, "approve": 200, "disapprove": 90, "abstain": 10}])


BOXES = [{"box": "一", "issued": 150, "returned": 150}, {"box": "二", "issued": 150, "returned": 140}]


def test_boxes_add_up_to_the_totals():
    candidates = lines(290, 王海=200, 李娟=160)

    assert tally(candidates, returned=290, boxes=BOXES)["elected_by_votes"] == ["王海", "李娟"]
    assert "the boxes add up to 290" in tally(candidates, returned=291, boxes=BOXES)


def test_a_box_over_its_issue_blocks_the_totals():
    boxes = [{"box": "一", "issued": 150, "returned": 151}, {"box": "二", "issued": 150, "returned": 149}]

    assert tally(lines(王海=200, 李娟=160), boxes=boxes) == {
        "can_hold": True,
        "ballots_in_order": True,
        "outcome": "box_over_issue",
        "box_over_issue": ["一"],
        "manual_checks": ["box_over_issue"],
    }


def test_ballots_of_a_box_over_its_issue_are_not_totalled():
    boxes = [{"box": "一", "issued": 2, "returned": 3}, {"box": "二", "issued": 2, "returned": 1}]
    numbers = {"should_attend": 5, "present": 4, "issued": 4, "returned": 4, "seats": 1, "boxes": boxes}
    papers = [{"marks": ["O", "X"]}] * 4
    result = run("election_ballots", input={**numbers, "candidates": ["王海", "李娟"], "ballots": papers})

    assert result["outcome"] == "box_over_issue"
    assert "totals" not in result


def test_the_presidium_decides_a_tie_where_the_rules_say_so():
    rule_sets = {"own": {"inherits": "election_local_2020", "tie_at_last_seat": "presidium_decides"}}
    case = {"id": "X", "kind": "election_tally", "rule_set": "own"}
    case["input"] = {**BASE, "candidates": lines(王海=200, 李娟=160, 杨光=160)}
    (result,) = run_cases({"rule_sets": rule_sets, "cases": [case]})
    assert result.result["runoff"] is None
    assert result.result["tied"] == {"seats": 1, "candidates": ["李娟", "杨光"]}
    assert result.result["manual_checks"] == ["tie_decided_by_presidium"]


def test_who_may_reduce_the_seats_is_told_with_the_option():
    result = tally(lines(王海=200, 李娟=150))

    assert result["next_options"] == ["second_vote_among_unelected", "reduce_seats"]
    assert result["reduce_seats_needs"] == "presidium_or_half_of_electors"
    assert "reduce_seats_needs" not in tally(lines(王海=200, 李娟=160))


def test_a_written_name_may_stand_alone_and_is_then_unmarked():
    papers = [{"marks": ["X", "O"], "write_ins": ["赵敏"]}, {"marks": ["X", "O"], "write_ins": [{"name": "赵敏"}]}]
    papers.append({"marks": ["X", "O"], "write_ins": [{"name": "赵敏", "mark": "O"}]})
    numbers = {"should_attend": 5, "present": 3, "issued": 3, "returned": 3, "seats": 2}
    result = run("election_ballots", input={**numbers, "candidates": ["王海", "李娟"], "ballots": papers})

    assert result["write_in_totals"] == {"赵敏": 1}
    papers[0]["write_ins"] = [7]
    assert "write_ins" in run("election_ballots", input={**numbers, "candidates": ["王海", "李娟"], "ballots": papers})
