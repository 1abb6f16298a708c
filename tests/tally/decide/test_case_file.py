"""Inputs, rule sets and names of a file of cases."""

import pytest

from tally.decide.case_file import Case, counts_of, number, number_or, open_fields, read_names
from tally.rules.threshold import Op
from tally.strokes.table import Strokes, strokes_of
from voting_core.errors import EncodingError, InputError


def case(rule_sets=None, **fields):
    return Case(id="X", kind="quorum", fields=fields, rule_sets=rule_sets or {}, names={})


def test_people_who_count_nowhere_are_let_through():
    fields = case(input={"present": 3, "alternates_present": 7, "note": "x"}).input()

    assert number(fields, "present") == 3
    fields.done()


@pytest.mark.parametrize("value", [None, [], "x"])
def test_an_input_is_an_object(value):
    with pytest.raises(EncodingError):
        open_fields(value, "input")


def test_params_may_be_absent():
    case().params().done()


@pytest.mark.parametrize("value", [-1, 10**9 + 1, True, "3", 1.0])
def test_numbers_are_numbers(value):
    with pytest.raises(EncodingError):
        number(open_fields({"present": value}, "input"), "present")


def test_numbers_that_may_be_left_out():
    assert number_or(open_fields({}, "input"), "invalid", 0) == 0
    assert number_or(open_fields({"invalid": 2}, "input"), "invalid", 0) == 2


def test_counts_keep_their_order():
    assert list(counts_of({"不信任": 1, "信任": 2}, "counts")) == ["不信任", "信任"]
    with pytest.raises(EncodingError):
        counts_of([], "counts")


def test_texts_of_the_case():
    assert case(stage="runoff").text("stage", "formal") == "runoff"
    assert case().text("stage", "formal") == "formal"


def test_a_packaged_rule_set_is_found_by_name():
    assert case(rule_set="ticket_2004").rules().id == "ticket_2004"


OWN = {
    "strict": {
        "instrument": "county method",
        "quorum": {"base": "should_attend", "op": "ge", "frac": [9, 10]},
        "pass": {"base": "present", "op": "gt", "frac": [1, 2]},
    },
    "stricter": {"inherits": "strict", "quorum": {"base": "should_attend", "op": "gt", "frac": [9, 10]}},
    "county": {"inherits": "election_local_2020", "blank_mark_means": "approve"},
    "ticket_2004": {"inherits": "strict"},
    "loop": {"inherits": "loop"},
    "broken": "rules",
    "wrong": {"inherits": "strict", "majority": "large"},
}


def test_a_rule_set_of_the_file():
    rules = case(OWN, rule_set="strict").rules()

    assert rules.id == "strict"
    assert rules.decides == ("motion",)
    assert rules.quorum is not None
    assert rules.quorum.ratio.op is Op.GE


def test_it_inherits_from_the_file_and_from_the_packaged_ones():
    assert case(OWN, rule_set="stricter").rules().quorum.ratio.op is Op.GT
    county = case(OWN, rule_set="county").rules()
    assert (county.blank_mark_means, county.decides) == ("approve", ("election",))


def test_a_rule_set_without_a_quorum_gets_none():
    own = {"bare": {"instrument": "x", "pass": {"base": "present", "op": "gt", "frac": [1, 2]}}}

    assert case(own, rule_set="bare").rules().quorum is None


@pytest.mark.parametrize("name", ["loop", "broken", "wrong", "ticket_2004", "none"])
def test_rule_sets_that_are_none(name):
    with pytest.raises((EncodingError, InputError)):
        case(OWN, rule_set=name).rules()


def test_given_strokes_keep_the_place_in_the_official_list():
    names = read_names({"王海": {"strokes": 4, "stroke_seq": "1121"}, "龘海": {"strokes": 48, "stroke_seq": "414"}})

    assert names["王海"] == {0: strokes_of("王")}
    assert names["龘海"] == {0: Strokes(48, "414")}


def test_given_strokes_that_differ_from_the_table_take_precedence():
    assert read_names({"王海": {"strokes": 5, "stroke_seq": "11211"}}) == {"王海": {0: Strokes(5, "11211")}}


@pytest.mark.parametrize(
    "value",
    [[], {"王海": 4}, {"王海": {"strokes": 0, "stroke_seq": ""}}, {"王海": {"strokes": 4, "stroke_seq": "1", "x": 1}}],
)
def test_names_that_are_none(value):
    with pytest.raises(EncodingError):
        read_names(value)
