"""Categories of evaluators: who is in which, and when a cell is too small."""

import pytest

from ballots.contest import Kind
from tally.plan.evaluators import (
    CLASS,
    categories_of,
    category_of,
    classes_and_cells,
    needs_waiver,
    present_by_class,
    refuse_without_category,
)
from tally.plan.problems import Problems
from tally.roll.person import Roll, RollPerson
from tally.roll.standing import Standing
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import MARKS, a_contest
from tests.tally.decide.evaluations import by_category

CATEGORIES, PLAIN = load_rule_set("trust_categories"), load_rule_set("trust_default")


def roll(*words: str) -> Roll:
    """People of these categories; one with an exclamation mark is on leave."""
    people = (
        RollPerson(
            str(number), "甲", Standing(on_leave="!" in word), "", True, (("类别", word.strip("!")),), f"line {number}"
        )
        for number, word in enumerate(words)
    )
    return Roll(tuple(people))


def test_categories_of_a_rule_set() -> None:
    assert categories_of(CATEGORIES) == ("a", "b", "c")
    assert categories_of(PLAIN) == categories_of(load_rule_set("ticket_2004")) == ()


def test_capital_letters_count_as_small_ones() -> None:
    assert [category_of(person) for person in roll("A", "b", "").people] == ["a", "b", ""]


def test_without_categories_there_is_one_class() -> None:
    classes, cells = classes_and_cells(PLAIN, roll("A", "B"))
    assert classes == (CLASS,)
    assert [(cell.classes, cell.merge_into) for cell in cells] == [((CLASS,), "")]
    contest = a_contest(Kind.MOTION, "决议", marks=MARKS[Kind.MOTION])
    assert present_by_class(contest, roll("A", "B", "C!")) == {CLASS: 2}


def test_the_largest_cell_takes_the_others_in() -> None:
    _, cells = classes_and_cells(CATEGORIES, roll("A", "A", "B", "C", "C", "C!", "C"))
    assert [(cell.id, cell.merge_into) for cell in cells] == [("b", "a"), ("a", "c"), ("c", "")]
    _, level = classes_and_cells(CATEGORIES, roll())
    assert [cell.id for cell in level] == ["a", "b", "c"]


def test_those_present_of_each_class() -> None:
    assert present_by_class(by_category(), roll("A", "A!", "B", "C", "C")) == {"a": 1, "b": 1, "c": 2}


def test_who_is_in_no_category_is_named() -> None:
    problems = Problems()
    refuse_without_category(CATEGORIES, roll("A", "", "X", "b!"), problems)
    assert problems.count == 2
    refuse_without_category(PLAIN, roll("", "X"), problems)
    assert problems.count == 2


@pytest.mark.parametrize(
    ("ballots", "small"),
    [
        ({"a": 8, "b": 8, "c": 8}, False),
        ({"a": 7, "b": 8, "c": 8}, False),
        ({"a": 3, "b": 4, "c": 8}, False),
        ({"a": 3, "b": 4, "c": 1}, False),
        ({"a": 3, "b": 4, "c": 0}, True),
        ({"a": 8, "b": 8, "c": 7}, True),
        ({"a": 0, "b": 0, "c": 0}, False),
        ({}, False),
    ],
)
def test_a_last_cell_below_the_minimum_needs_a_waiver(ballots: dict[str, int], small: bool) -> None:
    assert needs_waiver(by_category(), ballots) is small
