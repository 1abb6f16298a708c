"""Rows in the order of the ballot, and the order of names that a contest fixes."""

import json
from dataclasses import replace

import pytest

from tally.plan.name_lists import order_notes, ordered_rows
from tally.plan.people import PlanRow
from tally.plan.problems import InputErrors, Problems
from tally.rules.loader import load_rule_set, rule_set_from_json
from tests.tally.plan.test_contests import ELECTION, TRUST

ROWS = (PlanRow("a", "陈静", ()), PlanRow("b", "王海", ()), PlanRow("c", "李娟", ()))


def ordered(rows, rule_set="election_local_2020", plan=ELECTION, **changes):
    """Ids of the rows, ids in order, and the problems."""
    rules = rule_set_from_json({**json.loads(json.dumps(load_rule_set(rule_set).to_json())), **changes})
    problems = Problems()
    found, order = ordered_rows(replace(plan, rows=rows), rules.family, problems)
    return [row.id for row in found], list(order), problems


def test_candidates_stand_by_strokes():
    rows, order, problems = ordered(ROWS)
    assert (rows, order, problems.count) == (["b", "c", "a"], ["b", "c", "a"], 0)


def test_a_list_kept_as_given_has_its_order_of_names_all_the_same():
    assert ordered(ROWS, list_order="as_given")[:2] == (["a", "b", "c"], ["b", "c", "a"])


def test_an_order_approved_above_is_that_of_the_table():
    assert ordered(ROWS, order_members="superior_approved_order")[:2] == (["a", "b", "c"], ["a", "b", "c"])


def test_the_order_for_alternates_decides_for_alternates():
    alternates = replace(ELECTION, body="alternate_member")
    changes = {"order_members": "superior_approved_order"}
    assert ordered(ROWS, plan=alternates, **changes)[:2] == (["b", "c", "a"], ["b", "c", "a"])
    changes = {"order_alternates": "superior_approved_order"}
    assert ordered(ROWS, plan=alternates, **changes)[:2] == (["a", "b", "c"], ["a", "b", "c"])


def test_evaluated_people_stand_as_listed():
    assert ordered(ROWS, rule_set="trust_default", plan=TRUST)[:2] == (["a", "b", "c"], ["a", "b", "c"])


def test_a_given_name_of_one_character_stands_as_the_mode_says():
    rows = (PlanRow("long", "田大利", ()), PlanRow("short", "田富", ()))
    assert ordered(rows)[1] == ["short", "long"]
    assert ordered(rows, name_order="full_name_strokes")[1] == ["long", "short"]


def test_a_name_without_a_place_is_reported_with_the_remedy():
    rows, order, problems = ordered((*ROWS, PlanRow("x", "龘海", ())))
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert "龘" in str(caught.value)
    assert "排序" in str(caught.value)
    assert (rows, order) == (["a", "b", "c", "x"], ["a", "b", "c", "x"])


def test_an_official_places_it():
    assert ordered((*ROWS, PlanRow("x", "龘海", (), 2)))[1] == ["b", "x", "c", "a"]


def notes(*rows, **changes):
    return order_notes([replace(ELECTION, rows=rows, **changes)], {ELECTION.rule_set: load_rule_set(ELECTION.rule_set)})


def test_names_that_the_table_orders_for_certain_need_no_note():
    assert notes(*ROWS) == ()


def test_a_doubtful_character_and_a_place_by_hand_are_told():
    (doubt,) = notes(*ROWS, PlanRow("x", "尨海", ()))
    assert "尨" in doubt
    (placed,) = notes(*ROWS, PlanRow("x", "龘海", (), 2))
    assert "龘海" in placed


def test_what_is_refused_or_not_known_has_no_note():
    assert notes(*ROWS, PlanRow("x", "龘海", ())) == ()
    assert notes(PlanRow("x", "尨海", ()), rule_set="unknown") == ()
