"""What the symbols on a sheet of an election count as, and which sheets are void."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.void_reasons import VoidReason
from tally.decide.election_sheet import Candidate, ElectionSheet, WriteIn, check_sheet
from tally.decide.paper import PaperBallot
from tally.decide.paper_election import count_election
from tally.rules.election import ElectionRules, WriteInRules
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import changed_rules, meeting
from voting_core.errors import VerificationError

LOCAL = load_rule_set("election_local_2020")
BLANK_APPROVES = load_rule_set("election_local_blank_approves")
CANDIDATES = ("王海", "李娟", "杨光")


def count(*ballots, rules=LOCAL, seats=2, **options):
    papers = [PaperBallot(tuple(marks.split()), tuple(names)) for marks, *names in ballots]
    return count_election(papers, CANDIDATES, seats, rules.blank_mark_means, rules.family, **options)


def meanings(marks, rules=LOCAL, seats=3):
    return [next(kind for kind, n in total.items() if n) for total in count((marks,), rules=rules, seats=seats).totals]


def test_the_common_legend():
    assert meanings("O X _") == ["approve", "disapprove", "abstain"]
    assert meanings("? OX XO") == ["item_invalid"] * 3
    assert meanings("? ? X") == ["item_invalid", "item_invalid", "disapprove"]


def test_the_legend_where_an_empty_line_approves():
    assert meanings("_ X △", BLANK_APPROVES) == ["approve", "disapprove", "abstain"]
    assert meanings("O X ?", BLANK_APPROVES) == ["approve", "disapprove", "item_invalid"]


def test_an_empty_line_where_every_line_must_be_marked():
    assert meanings("_ X O", changed_rules("election_local_2020", blank_mark_means=""))[0] == "item_invalid"


@pytest.mark.parametrize(
    ("marks", "invalid"),
    [("O O O", True), ("O O X", False), ("O X X", False), ("_ _ _", False), ("O O ?", False), ("? ? _", False)],
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


def test_where_nobody_can_be_written_in_a_name_counts_nowhere():
    found = count(("O O X", ("赵敏", "O")), ("O X X", ("赵敏", "_")), rules=write_in(unmarked="invalidate_ballot"))
    assert found.invalid_numbers == (1, 2)

    found = count(("O O X", ("赵敏", "O")), rules=write_in(unmarked="invalidate_ballot"), writing=False)
    assert (found.invalid_numbers, found.write_ins) == ((), {})


@pytest.mark.parametrize(
    ("names", "counted"),
    [
        ([("赵敏", "O"), ("赵敏", "_")], {"赵敏": 1}),
        ([("赵敏", "O"), ("赵敏", "X")], {}),
        ([("赵敏", "OX")], {}),
        ([("赵敏", "?")], {}),
        ([("?", "O")], {}),
        ([("?", "O"), ("赵敏", "O")], {"赵敏": 1}),
        ([("王海", "O"), ("赵敏", "O")], {"赵敏": 1}),
    ],
)
def test_written_lines_that_nobody_can_count_are_lost_alone(names, counted):
    found = count(("_ X _", *names))

    assert found.invalid_numbers == ()
    assert found.write_ins == counted


def test_an_unknown_symbol_beside_a_name():
    with pytest.raises(VerificationError, match="ballot 1 has the symbol 'A'"):
        count(("O X X", ("赵敏", "A")))


def legend(*pairs, **changes):
    marks = [{"symbol": symbol, "mark": mark} for symbol, mark in pairs]
    return changed_rules("election_local_2020", mark_legend=marks, **changes)


FILLED = legend(("fill_box", "disapprove"), ("fill_oval", "abstain"), blank_mark_means="approve")


def test_a_sheet_for_a_scanner_has_a_box_and_an_oval():
    assert meanings("_ fill_box fill_oval", FILLED) == ["approve", "disapprove", "abstain"]
    assert meanings("fill_box+fill_oval _ fill_box", FILLED)[0] == "item_invalid"
    assert count(("_ fill_box fill_box", ("赵敏", "O")), rules=FILLED).write_ins == {"赵敏": 1}


def test_a_circle_that_abstains_selects_no_name():
    township = legend(("O", "abstain"), ("X", "disapprove"), blank_mark_means="approve")

    assert meanings("_ X O", township) == ["approve", "disapprove", "abstain"]
    assert count(("_ X X", ("赵敏", "O")), rules=township).write_ins == {}


@pytest.mark.parametrize("reason", list(VoidReason))
def test_those_who_count_declare_a_sheet_void(reason):
    papers = [PaperBallot(("O", "X", "X")), PaperBallot(("O", "X", "X"), void=reason)]
    found = count_election(papers, CANDIDATES, 2, "abstain", LOCAL.family)

    assert found.void == {2: reason}
    assert found.totals[0]["approve"] == 1


@pytest.mark.parametrize(
    ("ballot", "rules", "reason"),
    [
        (("O O O",), LOCAL, "over_selected"),
        (("? ? ?",), LOCAL, "illegible"),
        (("_ _ _",), changed_rules("election_local_2020", blank_ballot="invalid"), "blank"),
        (("O X _", ("赵敏", "_")), write_in(unmarked="invalidate_ballot"), "write_in"),
        (("O _ _", ("赵敏", "O")), write_in(without_disapprove="invalidate_ballot"), "write_in"),
        (("O X _", ("王海", "O")), write_in(without_disapprove="invalidate_ballot"), "write_in"),
    ],
)
def test_every_void_sheet_has_its_reason(ballot, rules, reason):
    assert count(ballot, rules=rules).void == {1: reason}


@pytest.mark.parametrize("ballot", [("_ _ _", ("赵敏", "_")), ("_ _ ?",), ("_ _ X",)])
def test_a_sheet_that_bears_anything_is_not_blank(ballot):
    assert count(ballot, rules=changed_rules("election_local_2020", blank_ballot="invalid")).invalid_numbers == ()


def test_a_blank_sheet_that_selects_everybody_is_no_blank_ballot():
    rules = changed_rules("election_local_blank_approves", blank_ballot="invalid")

    assert count(("_ _ _",), rules=rules, seats=3).invalid_numbers == ()
    assert count(("_ _ _",), rules=rules, seats=2).void == {1: "over_selected"}


def test_over_selection_can_cost_the_lines_alone():
    rules = changed_rules("election_local_2020", over_selected="lines_invalid")
    found = count(("O O O",), ("O O X", ("赵敏", "O")), ("O O X",), rules=rules)

    assert found.invalid_numbers == ()
    assert [total["item_invalid"] for total in found.totals] == [2, 2, 2]
    assert found.write_ins == {}


# One ballot for each value of each parameter, on which the two rule sets count differently.
LOCAL_JSON = LOCAL.to_json()
IN_WRITE_IN = {
    "requires": [
        ("disapprove", "disapprove_or_abstain", ("O _ _", ("赵敏", "O"))),
        ("disapprove_or_abstain", "nothing", ("O O O", ("赵敏", "O")), {"max": "seats"}),
    ],
    "max": [("per_disapproved_candidate", "seats", ("_ X _", ("赵敏", "O"), ("刘芳", "O")))],
    "unmarked": [("abstain_item", "invalidate_ballot", ("O X _", ("赵敏", "_")))],
    "without_disapprove": [("ignore_item", "invalidate_ballot", ("O _ _", ("赵敏", "O")))],
}
IN_ELECTION = {
    "over_selected": [("whole_ballot_invalid", "lines_invalid", ("O O O",))],
    "blank_ballot": [("valid", "invalid", ("_ _ _",))],
    "mark_legend": [
        (
            LOCAL_JSON["mark_legend"],
            [{"symbol": "O", "mark": "abstain"}, {"symbol": "X", "mark": "disapprove"}],
            ("O X X",),
        )
    ],
    "write_in": [(LOCAL_JSON["write_in"], {"allowed": False}, ("O X X", ("赵敏", "O")))],
}
NOT_ON_PAPER = {
    "elect",
    "preselect",
    "returned_must_be",
    "tie_at_last_seat",
    "runoff_wins_by",
    "shortfall_options",
    "reduce_seats_needs",
    "order_members",
    "order_alternates",
    "naming",
    "announce_numbers",
    "preselection_reports_to",
    "surplus",
    "surplus_single_seat",
}


def found_with(ballot, seats, **changes):
    count_of = count(ballot, rules=changed_rules("election_local_2020", **changes), seats=seats)
    return count_of.void, count_of.totals, count_of.write_ins


@pytest.mark.parametrize(
    ("key", "one", "other", "ballot", "more"),
    [(key, *case, *([] if len(case) == 4 else [{}])) for key, cases in IN_WRITE_IN.items() for case in cases],
)
def test_each_parameter_of_write_ins_alone_changes_the_count(key, one, other, ballot, more):
    written = {**LOCAL_JSON["write_in"], **more}
    counts = [found_with(ballot, 4, write_in={**written, key: value}) for value in (one, other)]

    assert counts[0] != counts[1]


@pytest.mark.parametrize(
    ("key", "one", "other", "ballot"), [(key, *case) for key, cases in IN_ELECTION.items() for case in cases]
)
def test_each_parameter_of_an_election_on_paper_alone_changes_the_count(key, one, other, ballot):
    assert found_with(ballot, 2, **{key: one}) != found_with(ballot, 2, **{key: other})


def test_what_an_untouched_line_means_changes_the_count():
    values = ("abstain", "approve", "disapprove", "")

    counts = [found_with(("_ X X",), 2, blank_mark_means=value) for value in values]
    assert all(counts.count(found) == 1 for found in counts)


def test_no_parameter_of_paper_is_without_a_test():
    assert {field.name for field in fields(WriteInRules)} == IN_WRITE_IN.keys()
    assert {field.name for field in fields(ElectionRules)} == IN_ELECTION.keys() | NOT_ON_PAPER
    rules = LOCAL.family.write_in
    for key, cases in IN_WRITE_IN.items():
        values = {value for one, other, *_ in cases for value in (one, other)}
        assert values == {member.value for member in type(getattr(rules, key))}
    for key in ("over_selected", "blank_ballot"):
        values = {value for one, other, *_ in IN_ELECTION[key] for value in (one, other)}
        assert values == {member.value for member in type(getattr(LOCAL.family, key))}


PEOPLE = st.sampled_from(("赵敏", "刘芳", "王海", "?"))
SHEETS = st.builds(
    PaperBallot,
    st.tuples(*[st.sampled_from(("O", "X", "_", "?", "OX"))] * 3),
    st.lists(st.tuples(PEOPLE, st.sampled_from(("O", "X", "_", "?"))), max_size=3).map(tuple),
)
WRITING = st.fixed_dictionaries(
    {
        "allowed": st.just(True),
        "requires": st.sampled_from(("disapprove", "disapprove_or_abstain", "nothing")),
        "max": st.sampled_from(("per_disapproved_candidate", "seats")),
        "unmarked": st.sampled_from(("abstain_item", "invalidate_ballot")),
        "without_disapprove": st.sampled_from(("ignore_item", "invalidate_ballot")),
    }
)


@given(
    sheets=st.lists(SHEETS, max_size=6),
    seats=st.integers(1, 3),
    written=WRITING,
    blank=st.sampled_from(("abstain", "approve", "disapprove", "")),
    over=st.sampled_from(("whole_ballot_invalid", "lines_invalid")),
    empty=st.sampled_from(("valid", "invalid")),
)
def test_whatever_is_counted_from_paper_is_a_lawful_sheet(sheets, seats, written, blank, over, empty):
    changes = {"write_in": written, "blank_mark_means": blank, "over_selected": over, "blank_ballot": empty}
    family = changed_rules("election_local_2020", **changes).family
    found = count_election(sheets, CANDIDATES, seats, blank, family)
    candidates = tuple(
        Candidate(name, name, *total.values()) for name, total in zip(CANDIDATES, found.totals, strict=True)
    )
    names = tuple(WriteIn(name, votes) for name, votes in found.write_ins.items())
    attendance = meeting(6, len(sheets), len(found.void))

    check_sheet(ElectionSheet(seats=seats, candidates=candidates, write_ins=names), attendance, family)
