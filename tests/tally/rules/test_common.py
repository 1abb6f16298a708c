"""Parameters that families share."""

import pytest

from tally.rules.common import (
    MAX_DAYS,
    ListOrder,
    NameOrder,
    Retention,
    check_distinct,
    read_naming,
    read_retention,
    read_some_of,
    read_texts,
)
from tally.strokes.table import TABLE_ID
from voting_core.codec import Fields
from voting_core.errors import EncodingError


def test_naming_is_read_as_it_is_written():
    value = {"list_order": "as_given", "name_order": "full_name_strokes", "stroke_table": TABLE_ID}
    naming = read_naming(Fields(value, "rules"))

    assert (naming.list_order, naming.name_order) == (ListOrder.AS_GIVEN, NameOrder.FULL_NAME_STROKES)
    assert naming.to_json() == value


@pytest.mark.parametrize("days", [0, 30, MAX_DAYS])
def test_retention_is_read_as_it_is_written(days):
    value = {"days": days, "destroy_needs_two_roles": True}

    assert read_retention(Fields(value, "retention")) == Retention(days, True)
    assert Retention(days, True).to_json() == value


@pytest.mark.parametrize("days", [-1, MAX_DAYS + 1, True, "30"])
def test_other_retention_is_refused(days):
    with pytest.raises(EncodingError, match="days"):
        read_retention(Fields({"days": days, "destroy_needs_two_roles": True}, "retention"))


def test_texts_are_distinct_and_few():
    assert read_texts(Fields({"a": []}, "x"), "a") == ()
    assert len(read_texts(Fields({"a": [str(n) for n in range(16)]}, "x"), "a")) == 16
    for wrong in (["a", "a"], [1], [str(n) for n in range(17)], "a"):
        with pytest.raises(EncodingError, match="x"):
            read_texts(Fields({"a": wrong}, "x"), "a")


def test_marks_are_those_of_the_scale():
    assert read_some_of(Fields({"a": ["好"]}, "x"), "a", ("好", "差")) == ("好",)
    with pytest.raises(EncodingError, match="中"):
        read_some_of(Fields({"a": ["中"]}, "x"), "a", ("好", "差"))


def test_something_twice_is_refused():
    check_distinct(("a", "b"), "x")
    with pytest.raises(EncodingError, match="x"):
        check_distinct(("a", "b", "a"), "x")
