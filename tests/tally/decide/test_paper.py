"""What the symbols on a sheet count as, and which sheets are void."""

import pytest

from tally.decide.paper import PaperBallot, count_papers
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import changed_rules
from voting_core.errors import VerificationError

LOCAL = load_rule_set("election_local_2020")
BLANK_APPROVES = load_rule_set("election_local_blank_approves")
CANDIDATES = ("王海", "李娟", "杨光")


def count(*ballots, rules=LOCAL, seats=2):
    papers = [PaperBallot(tuple(marks.split()), tuple(names)) for marks, *names in ballots]
    return count_papers(papers, CANDIDATES, seats, rules.blank_mark_means, rules.family)


def meanings(marks, rules=LOCAL, seats=3):
    return [next(kind for kind, n in total.items() if n) for total in count((marks,), rules=rules, seats=seats).totals]


def test_the_common_legend():
    assert meanings("O X _") == ["approve", "disapprove", "abstain"]
    assert meanings("? OX XO") == ["item_invalid"] * 3


def test_the_legend_where_an_empty_line_approves():
    assert meanings("_ X △", BLANK_APPROVES) == ["approve", "disapprove", "abstain"]
    assert meanings("O X ?", BLANK_APPROVES) == ["approve", "disapprove", "item_invalid"]


def test_an_empty_line_where_every_line_must_be_marked():
    assert meanings("_ X O", changed_rules("election_local_2020", blank_mark_means=""))[0] == "item_invalid"


@pytest.mark.parametrize(
    ("marks", "invalid"),
    [("O O O", True), ("O O X", False), ("O X X", False), ("_ _ _", False), ("O O ?", False), ("? ? ?", False)],
)
def test_selecting_more_than_seats_makes_the_sheet_void(marks, invalid):
    assert bool(count((marks,)).invalid_numbers) is invalid


@pytest.mark.parametrize(
    ("marks", "invalid"),
    [("_ _ _", True), ("_ _ X", False), ("_ △ _", False), ("_ O _", True), ("_ _ ?", False), ("X X X", False)],
)
def test_an_untouched_sheet_selects_everybody_where_an_empty_line_approves(marks, invalid):
    assert bool(count((marks,), rules=BLANK_APPROVES).invalid_numbers) is invalid


@pytest.mark.parametrize(
    ("marks", "names", "counted"),
    [
        ("O X X", [("赵敏", "O")], {"赵敏": 1}),
        ("O X X", [("赵敏", "_")], {}),
        ("O X X", [("赵敏", "X")], {}),
        ("O _ _", [("赵敏", "O")], {}),
        ("O ? _", [("赵敏", "O")], {}),
        ("O X _", [("王海", "O")], {}),
        ("_ X X", [("赵敏", "O"), ("刘芳", "O")], {"赵敏": 1, "刘芳": 1}),
        ("_ X _", [("赵敏", "O"), ("刘芳", "O")], {}),
        ("_ X _", [("赵敏", "O"), ("刘芳", "_")], {"赵敏": 1}),
        ("_ X _", [("赵敏", "O"), ("赵敏", "O")], {"赵敏": 1}),
    ],
)
def test_who_disapproves_may_write_in_one_for_one(marks, names, counted):
    found = count((marks, *names))

    assert found.invalid_numbers == ()
    assert found.write_ins == counted


def test_written_names_count_as_selected():
    assert count(("O O X", ("赵敏", "O"))).invalid_numbers == (1,)
    assert count(("O O _", ("赵敏", "O"))).invalid_numbers == ()


def write_in(**changes):
    return changed_rules("election_local_2020", write_in={**LOCAL.to_json()["write_in"], **changes})


@pytest.mark.parametrize(
    ("rules", "ballot", "invalid", "counted"),
    [
        (write_in(without_disapprove="invalidate_ballot"), ("O _ _", ("赵敏", "O")), True, {}),
        (write_in(unmarked="invalidate_ballot"), ("O X _", ("赵敏", "_")), True, {}),
        (write_in(unmarked="invalidate_ballot"), ("O X _", ("赵敏", "O")), False, {"赵敏": 1}),
        (write_in(max="seats"), ("_ X _", ("赵敏", "O"), ("刘芳", "O")), False, {"赵敏": 1, "刘芳": 1}),
        (write_in(max="seats"), ("_ _ _", ("赵敏", "O")), False, {}),
        (write_in(max="seats", requires="nothing"), ("_ _ _", ("赵敏", "O")), False, {"赵敏": 1}),
        (changed_rules("election_local_2020", write_in={"allowed": False}), ("O X _", ("赵敏", "O")), False, {}),
    ],
)
def test_other_rules_for_written_names(rules, ballot, invalid, counted):
    found = count(ballot, rules=rules)

    assert bool(found.invalid_numbers) is invalid
    assert found.write_ins == counted


def test_a_void_sheet_counts_nowhere():
    found = count(("O O O", ("赵敏", "O")), ("O X X", ("赵敏", "O")))

    assert found.invalid_numbers == (1,)
    assert found.totals[0] == {"approve": 1, "disapprove": 0, "abstain": 0, "item_invalid": 0}
    assert found.write_ins == {"赵敏": 1}


@pytest.mark.parametrize("marks", ["O O", "O O X X", "O O A"])
def test_sheets_that_are_none(marks):
    with pytest.raises(VerificationError, match="ballot 1"):
        count((marks,))
