"""The parts of a contest by themselves (SPEC §4.1); what holds between them is in test_contest.py."""

import re

import pytest

from ballots.matrix import (
    FILLED_FORM,
    At,
    Capture,
    Cell,
    Detail,
    Kind,
    Limit,
    Purpose,
    Row,
    RulesRef,
    Stage,
    Title,
    check_distinct,
    read_texts,
)
from voting_core.codec import Fields
from voting_core.errors import EncodingError


def test_the_words_are_those_of_the_specification() -> None:
    assert [*Kind] == ["election", "ticket_vote", "motion", "evaluation", "assessment", "questionnaire"]
    assert [*Stage] == ["", "formal", "preselection", "runoff", "supplementary"]
    assert [*Purpose] == ["", "appointment", "recommendation"]
    assert [*Capture] == ["kiosk", "hand"]
    assert [*At] == ["most", "least"]


def test_parts_survive_json() -> None:
    row = Row("0078", "李红香", (Detail("单位", "柳河镇"), Detail("职务", "")))
    assert Row.read(Fields(row.to_json(), "row")) == row
    title = Title("", "选举县委委员")
    assert Title.read(Fields(title.to_json(), "title")) == title
    limit = Limit(At.LEAST, 3, "信任")
    assert Limit.read(Fields(limit.to_json(), "limit"), ("不信任", "信任")) == limit
    cell = Cell("heads", ("head", "deputy"), "others")
    assert Cell.read(Fields(cell.to_json(), "cell")) == cell
    rules = RulesRef("trust_default", bytes(range(32)))
    assert RulesRef.read(Fields(rules.to_json(), "rules")) == rules


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("abc", "x.list: is not an array"),
        ([], "x.list: is empty"),
        (["a", "b", "a"], "x.list[2]: repeats an earlier one"),
        (["a", 1], "x.list[1]: is not text"),
        (["a", ""], "x.list[1]: does not have the form"),
        (["a" * 401], "x.list[0]: does not have the form"),
        (["a", "b", "c", "d"], "x.list: has 4 values"),
    ],
)
def test_lists_of_texts_are_read_strictly(value: list[str], problem: str) -> None:
    with pytest.raises(EncodingError, match=re.escape(problem)):
        read_texts(Fields({"list": value}, "x"), "list", FILLED_FORM, most=3)


def test_distinct_lists_pass() -> None:
    check_distinct(["a", "b"], "x")
    assert read_texts(Fields({"list": ["b", "a"]}, "x"), "list", FILLED_FORM) == ("b", "a")
