"""Who sees what of an evaluation, and from when; and what nobody can compute from it."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

import pytest

from ballots.contest import Kind
from tally.decide.attendance import Attendance
from tally.decide.engine import decide
from tally.entries.counting import CountedCell
from tally.publication.publish import publish
from tally.publication.shown import Reason
from tally.rules.evaluation import Scope
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import a_contest, changed_rules
from tests.tally.decide.evaluations import A, B, C, assessed, by_category, weighed

DAY = date(2026, 12, 8)
ITEMS = ("rate_trust", "rate_trust_or_basic", "rate_distrust", "index", "flags")


def scopes(*names, items=ITEMS, delay=0):
    return [{"item": item, "scopes": list(names), "delay_days": delay} for item in items]


def told(outcome, rules, audience="public", cells=(), today=DAY, subject=""):
    who = Scope(audience) if audience else None
    return publish(outcome, rules.family, cells, who, published=DAY, today=today, subject=subject)


def trust(rules, *rows):
    contest = a_contest(Kind.EVALUATION, " ".join(f"甲{n}" for n in range(len(rows))))
    total = sum(rows[0])
    return decide(contest, Attendance(total, total, total, total), rows, rules)


def test_without_a_rule_nobody_is_told():
    rules = load_rule_set("trust_default")
    outcome = trust(rules, (20, 5, 3, 2))
    for audience in Scope:
        found = told(outcome, rules, audience, subject="r1" if audience is Scope.SELF else "")
        assert [one.item for one in found.withheld] == list(ITEMS)
        assert {one.reason for one in found.withheld} == {Reason.SCOPE}
        assert (found.rows[0].rates, found.rows[0].index, found.rows[0].flags) == ((), None, ())


def test_those_who_declare_the_result_see_every_item_but_no_small_number():
    rules = load_rule_set("trust_default")
    found = told(trust(rules, (20, 5, 3, 2)), rules, "")
    assert (found.audience, found.withheld) == (None, ())
    assert [rate.text for rate in found.rows[0].rates] == ["66.67%", "83.33%", "10.00%"]
    assert found.rows[0].index == "82.14"

    few = told(trust(rules, (5, 1, 1, 0)), rules, "")
    assert {one.reason for one in few.withheld} == {Reason.SMALL_CELL}
    assert (few.rows[0].rates, few.rows[0].index) == ((), None)


def test_mid_term_is_fed_back_to_the_person_and_the_committee():
    rules = load_rule_set("trust_mid_term")
    outcome = trust(rules, (20, 5, 3, 2), (30, 0, 0, 0))

    committee = told(outcome, rules, "committee")
    assert [row.row for row in committee.rows] == ["r1", "r2"]
    assert [rate.text for rate in committee.rows[0].rates] == ["66.67%", "83.33%", "10.00%"]
    assert committee.rows[0].index == "82.14"
    assert committee.withheld == ()

    own = told(outcome, rules, "self", subject="r2")
    assert [row.row for row in own.rows] == ["r2"]
    assert own.rows[0].index == "100.00"

    for audience in ("superior", "delegates", "public"):
        assert len(told(outcome, rules, audience).withheld) == len(ITEMS)


def test_each_item_has_its_own_scope():
    rules = changed_rules(
        "trust_default", scopes=[*scopes("public", items=("rate_trust",)), *scopes("committee", items=("index",))]
    )
    outcome = trust(rules, (20, 5, 3, 2))

    public, committee = told(outcome, rules), told(outcome, rules, "committee")
    assert [rate.rate.id for rate in public.rows[0].rates] == ["rate_trust"]
    assert public.rows[0].index is None
    assert committee.rows[0].rates == ()
    assert committee.rows[0].index == "82.14"


@pytest.mark.parametrize(("days", "shown"), [(29, False), (30, True), (31, True)])
def test_a_delay_is_counted_from_the_publication(days, shown):
    rules = changed_rules("trust_default", scopes=scopes("public", delay=30))
    found = told(trust(rules, (20, 5, 3, 2)), rules, today=DAY + timedelta(days))

    assert bool(found.rows[0].rates) is shown
    if not shown:
        assert found.hides("index").reason is Reason.LATER
        assert found.hides("index").from_day == date(2027, 1, 7)


@pytest.mark.parametrize(("ballots", "shown"), [(7, False), (8, True), (9, True)])
def test_the_smallest_cell_of_the_whole(ballots, shown):
    rules = changed_rules("trust_default", scopes=scopes("public"))
    found = told(trust(rules, (ballots, 0, 0, 0)), rules)

    assert bool(found.rows[0].rates) is shown
    assert shown or {one.reason for one in found.withheld} == {Reason.SMALL_CELL}


def test_a_person_is_told_of_the_own_row_only():
    rules = load_rule_set("trust_mid_term")
    outcome = trust(rules, (20, 5, 3, 2))
    for audience, subject in (("self", ""), ("committee", "r1")):
        with pytest.raises(ValueError, match="own row"):
            told(outcome, rules, audience, subject=subject)


@pytest.mark.parametrize(("distrust", "text"), [(89, "89/270"), (90, "90/270"), (91, "91/270"), (120, "44.44%")])
def test_near_a_flag_a_rate_is_a_fraction(distrust, text):
    flags = [{"id": "third", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}]
    rules = changed_rules("trust_default", flags=flags, scopes=scopes("public"))
    row = told(trust(rules, (270 - distrust, 0, distrust, 0)), rules).rows[0]

    assert row.rates[2].text == text
    assert row.rates[0].text.endswith("%")
    assert row.flags[0].fraction == f"{distrust}/270"


@pytest.mark.parametrize(
    ("competent", "near"), [(38, False), (39, True), (40, True), (41, True), (42, False), (25, True)]
)
def test_near_a_band_within_one_ballot(competent, near):
    rules = changed_rules("delegate_assessment_bands", scopes=scopes("public", items=("rate_competent",)))
    contest = a_contest(Kind.EVALUATION, "甲", marks=("称职", "基本称职", "不称职"), blank="")
    outcome = decide(contest, Attendance(50, 50, 50, 50), ((competent, 0, 50 - competent),), rules)
    row = told(outcome, rules).rows[0]

    assert row.rates[0].near is near
    assert row.band == ("称职" if competent >= 40 else "基本称职")


def test_bands_and_selections_follow_their_indicator():
    rules = changed_rules("excellence_quota", scopes=scopes("public", "self", items=("rate_excellent",)))
    outcome = assessed(rules, 90, 80, 80, 70, 60, 50, 40, 30, 20, 10)

    assert told(outcome, rules).selection == outcome.selection
    assert told(outcome, rules, "committee").selection is None
    assert told(outcome, rules, "self", subject="r1").selection.selected == ("r1",)
    assert told(outcome, rules, "self", subject="r2").selection.undecided == ("r2",)
    assert told(outcome, rules, "self", subject="r9").selection.selected == ()

    bands = load_rule_set("delegate_assessment_bands")
    contest = a_contest(Kind.EVALUATION, "甲", marks=("称职", "基本称职", "不称职"), blank="")
    hidden = told(decide(contest, Attendance(50, 50, 50, 50), ((40, 0, 10),), bands), bands)
    assert hidden.rows[0].band == ""


def cells(*tables):
    return tuple(CountedCell(name, sum(own), (own,)) for name, own in tables)


def test_the_published_case_withholds_two_categories_and_the_index():
    """V09: three, twenty-two and two hundred and fifty; A alone would be found by subtraction, A and B by the index."""
    rules = changed_rules("trust_categories", scopes=scopes("public"), smallest_cell=5)
    tables = (("a", (2, 1, 0, 0)), ("b", (15, 5, 1, 1)), ("c", (170, 56, 20, 4)))
    attendance = Attendance(300, 290, 290, 275, drawn=(("a", 3), ("b", 22), ("c", 250)))
    row = told(weighed(*tables, rules=rules, attendance=attendance), rules, cells=cells(*tables)).rows[0]

    assert [category.categories for category in row.categories] == [("c",)]
    assert row.withheld == ("a", "b")
    assert row.index is None
    assert row.rates[0].rate.denominator == 275


def test_large_categories_are_shown_with_the_index():
    rules = changed_rules("trust_categories", scopes=scopes("public"))
    tables = (("a", A), ("b", B), ("c", C))
    row = told(weighed(*tables, rules=rules), rules, cells=cells(*tables)).rows[0]

    assert [category.categories for category in row.categories] == [("a",), ("b",), ("c",)]
    assert (row.withheld, row.index) == ((), "86.36")
    assert row.categories[0].rates[0].text == "81.82%"


def test_an_empty_category_hides_nobody():
    rules = changed_rules("trust_categories", scopes=scopes("public"), empty_category="renormalise")
    tables = (("a", (0, 0, 0, 0)), ("b", B), ("c", C))
    attendance = Attendance(300, 290, 290, 277, drawn=(("a", 0), ("b", 23), ("c", 255)))
    row = told(weighed(*tables, rules=rules, attendance=attendance), rules, cells=cells(*tables)).rows[0]

    assert (row.withheld, row.index) == (("a",), "82.11")


def test_what_one_row_needs_hidden_is_hidden_in_all():
    rules = changed_rules("trust_categories", scopes=scopes("public"), smallest_cell=5)
    contest = a_contest(Kind.EVALUATION, "甲 乙", classes=("a", "b", "c"), cells=by_category().cells, minimum=8)
    counted = (
        CountedCell("a", 3, ((3, 0, 0, 0), (1, 2, 0, 0))),
        CountedCell("b", 6, ((6, 0, 0, 0), (3, 3, 0, 0))),
        CountedCell("c", 9, ((5, 4, 0, 0), (5, 4, 0, 0))),
    )
    attendance = Attendance(20, 18, 18, 18, drawn=(("a", 3), ("b", 6), ("c", 9)))
    outcome = decide(contest, attendance, ((14, 4, 0, 0), (9, 9, 0, 0)), rules, cells=counted)

    assert [row.withheld for row in told(outcome, rules, cells=counted).rows] == [("a", "b", "c")] * 2


def histograms(size):
    """All ways in which so many people can give the marks 信任, 不信任."""
    return [(first, 0, size - first, 0) for first in range(size + 1)]


@pytest.mark.parametrize("sizes", [(1, 2, 3), (1, 1, 4), (1, 3, 3)])
def test_no_withheld_category_can_be_computed(sizes):
    """Every world that looks the same to the public is compared: rates of all, categories shown, index.

    Known to everybody beside that: the sizes. A row that all categories keep back because of a company of one mind, or
    in which the whole is of one mind, says so by itself and is left out.
    """
    rules = changed_rules("trust_categories", scopes=scopes("public"), smallest_cell=2)
    attendance = Attendance(20, 20, 20, sum(sizes), drawn=(("a", 9), ("b", 9), ("c", 9)))
    worlds = defaultdict(list)
    for own in product(*(histograms(size) for size in sizes)):
        tables = tuple(zip("abc", own, strict=True))
        outcome = weighed(*tables, rules=rules, attendance=attendance)
        (row,) = told(outcome, rules, cells=cells(*tables)).rows
        seen = tuple((rate.rate.numerator, rate.rate.denominator) for rate in row.rates)
        shown = tuple((c.categories, c.score, tuple(r.rate.numerator for r in c.rates)) for c in row.categories)
        worlds[(seen, shown, row.score, row.withheld)].append(dict(tables))
    compared = 0
    for (seen, _, _, withheld), same in worlds.items():
        people = [name for name, size in zip("abc", sizes, strict=True) if name in withheld and size]
        if not people or seen[0][0] in (0, seen[0][1]) or len(people) == sum(size > 0 for size in sizes):
            continue
        compared += 1
        for name in people:
            assert len({world[name] for world in same}) > 1, (sizes, name, same)
    assert compared
