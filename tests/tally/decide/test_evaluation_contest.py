"""Whole evaluations: categories in cells, checks, selections, with and without a result."""

import pytest

from ballots.contest import Capture, Kind
from tally.decide.attendance import Attendance
from tally.decide.engine import check_fit, decide
from tally.entries.counting import CountedCell
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import a_contest, changed_rules
from tests.tally.decide.evaluations import ATTENDANCE, CATEGORIES, A, B, C, assessed, by_category, together, weighed
from voting_core.errors import VerificationError


def test_the_published_case_of_three_categories():
    outcome = weighed(("a", A), ("b", B), ("c", C))
    row = outcome.to_results_json(by_category())["rows"]["r1"]

    assert row["index"] == "86.36"
    assert {name: own["index"] for name, own in row["categories"].items()} == {"a": "92.73", "b": "81.82", "c": "82.40"}
    assert row["rate_trust"] == "67.36"
    assert row["categories"]["a"]["rate_trust"] == "81.82"
    assert [part.cell for part in outcome.rows[0].combined.parts] == ["a", "b", "c"]
    assert outcome.manual_checks == ()


def test_a_merged_cell_carries_the_weights_of_both():
    outcome = weighed(("b", together(A, B)), ("c", C))
    merged, alone = outcome.rows[0].combined.parts

    assert (merged.categories, merged.weight, merged.rates) == (("a", "b"), 70, ())
    assert (alone.categories, alone.weight) == (("c",), 30)
    assert alone.rates[0].denominator == 254
    assert outcome.rows[0].index == "84.54"


def test_everything_in_one_cell_is_the_plain_index():
    outcome = weighed(("c", together(A, B, C)))
    row = outcome.rows[0]

    assert row.combined.parts[0].weight == 100
    assert row.score * row.weighing == row.weighted


@pytest.mark.parametrize(("empty", "index"), [("refuse", None), ("renormalise", "82.11"), ("zero", "49.27")])
def test_an_empty_category(empty, index):
    rules = changed_rules("trust_categories", empty_category=empty)
    attendance = Attendance(300, 290, 290, 277, drawn=ATTENDANCE.drawn)
    outcome = weighed(("a", (0, 0, 0, 0)), ("b", B), ("c", C), rules=rules, attendance=attendance)

    assert outcome.rows[0].index == index
    assert outcome.manual_checks == ("empty_category",)


def test_a_category_that_abstains_is_empty_for_that_row():
    outcome = weighed(("a", (0, 0, 0, 11)), ("b", B), ("c", C))

    assert (outcome.rows[0].index, outcome.manual_checks) == (None, ("empty_category",))


def test_rates_of_a_category_by_the_cards_drawn():
    rules = changed_rules("trust_categories", denominator="issued")
    cells = (("a", A), ("b", B), ("c", C))

    assert weighed(*cells, rules=rules).rows[0].combined.parts[0].rates[0].denominator == 12
    with pytest.raises(VerificationError, match="drawn of the class a"):
        weighed(*cells, rules=rules, attendance=Attendance(300, 290, 290, 288))


SHAPE = "one: the counts of the cell c are not one number for each row and mark"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ((), "the cell a is counted nowhere"),
        (
            (CountedCell("a", 11, (A,)), CountedCell("c", 254, (C,))),
            "the cells of 王海 do not add up to its counts",
        ),
        ((CountedCell("c", 288, (together(A, B, C), A)),), SHAPE),
        ((CountedCell("c", 288, (together(A, B, C)[:3],)),), SHAPE),
        ((CountedCell("x", 288, (together(A, B, C),)),), "x is no cell of the contest"),
    ],
)
def test_cells_that_do_not_fit(cells, problem):
    with pytest.raises(VerificationError) as caught:
        decide(by_category(), ATTENDANCE, (together(A, B, C),), CATEGORIES, cells=cells)
    assert (caught.value.code, caught.value.message) == ("V11.D", problem)


def test_cells_that_do_not_add_up_name_the_row():
    with pytest.raises(VerificationError) as caught:
        decide(by_category(), ATTENDANCE, (together(A, B, C),), CATEGORIES, cells=(CountedCell("c", 254, (C,)),))
    assert caught.value.culprits == ("r1",)


def test_without_categories_cells_change_nothing():
    rules, plain = load_rule_set("trust_default"), a_contest(Kind.EVALUATION, "王海")
    totals = (together(A, B, C),)
    counted = (CountedCell("all", 288, totals),)

    assert decide(plain, ATTENDANCE, totals, rules, cells=counted) == decide(plain, ATTENDANCE, totals, rules)
    assert "combined" not in decide(plain, ATTENDANCE, totals, rules).to_log_json()["rows"][0]


def test_a_selection_leaves_a_tie_to_the_presidium():
    outcome = assessed(load_rule_set("excellence_quota"), 90, 80, 80, 70, 60, 50, 40, 30, 20, 10)
    contest = a_contest(Kind.ASSESSMENT, " ".join(f"甲{n}" for n in range(10)))

    assert outcome.manual_checks == ("undecided_selection",)
    assert outcome.to_results_json(contest)["selection"] == {
        "quota": 2,
        "turnout_met": True,
        "selected": ["甲0"],
        "selected_ids": ["r1"],
        "undecided_seats": 1,
        "undecided_candidates": ["甲1", "甲2"],
        "undecided_ids": ["r2", "r3"],
    }
    assert outcome.to_log_json()["selection"]["undecided"] == ["r2", "r3"]


@pytest.mark.parametrize(("returned", "met"), [(99, False), (100, True), (101, True)])
@pytest.mark.parametrize("base", ["issued", "present", "should_attend"])
def test_the_turnout(base, returned, met):
    turnout = {"base": base, "op": "ge", "frac": [4, 5]}
    rules = changed_rules(
        "excellence_quota", selection={"indicator": "rate_excellent", "quota": [1, 2], "turnout": turnout}
    )
    numbers = {"should_attend": 125 + (base != "should_attend"), "present": 125, "issued": 125}
    contest = a_contest(Kind.ASSESSMENT, "甲 乙")
    outcome = decide(
        contest, Attendance(**numbers, returned=returned), ((90, 0, 0, returned - 90), (10, 0, 0, returned - 10)), rules
    )

    assert (outcome.selection.turnout_met, outcome.selection.selected) == (met, ("r1",) if met else ())


def test_without_a_quorum_nothing_is_listed_or_selected():
    outcome = assessed(load_rule_set("excellence_quota"), 90, 10, attendance=Attendance(300, 150, 110, 100))

    assert (outcome.rows, outcome.selection.selected, outcome.manual_checks) == ((), (), ())


def test_checks_in_their_order():
    flags = [{"id": "any", "marks": ["不信任"], "op": "ge", "frac": [1, 100]}]
    rules = changed_rules("trust_categories", flags=flags, smallest_cell=9)
    attendance = Attendance(8, 8, 8, 8, drawn=(("a", 0), ("b", 0), ("c", 8)))
    outcome = weighed(("a", (0,) * 4), ("b", (0,) * 4), ("c", (7, 0, 1, 0)), rules=rules, attendance=attendance)

    assert outcome.manual_checks == ("small_cell", "empty_category", "verification_by_organisation")


@pytest.mark.parametrize(
    ("classes", "capture", "problem"),
    [
        (("delegate",), Capture.KIOSK, "has the classes delegate"),
        (("a", "b"), Capture.KIOSK, "has the classes a, b"),
        (("a", "b", "c", "d"), Capture.KIOSK, "has the classes a, b, c, d"),
        (("a", "b", "c"), Capture.HAND, "counted by hand"),
        (("c", "a", "b"), Capture.KIOSK, ""),
    ],
)
def test_the_classes_are_the_categories(classes, capture, problem):
    contest = a_contest(Kind.EVALUATION, "王海", classes=classes, capture=capture, minimum=8)
    if not problem:
        check_fit(contest, CATEGORIES)
        return
    with pytest.raises(VerificationError, match=problem) as caught:
        check_fit(contest, CATEGORIES)
    assert caught.value.code == "V6.B"


def test_a_rule_set_without_categories_asks_for_no_classes():
    check_fit(a_contest(Kind.EVALUATION, "王海", classes=("x", "y")), load_rule_set("trust_default"))


def test_equal_rates_stand_in_the_order_that_the_contest_fixed():
    contest = a_contest(Kind.ASSESSMENT, "甲 乙 丙 丁", order=("r4", "r3", "r2", "r1"))
    rules = changed_rules("excellence_quota", selection={"indicator": "rate_excellent", "quota": [1, 2]})

    def selection(*excellent):
        counts = tuple((n, 100 - n, 0, 0) for n in excellent)
        return decide(contest, Attendance(100, 100, 100, 100), counts, rules).selection

    assert selection(80, 80, 70, 70).selected == ("r2", "r1")
    assert selection(80, 70, 70, 60).undecided == ("r3", "r2")
