"""A rule set is read strictly: every wrong, missing and unknown field is refused, and the error names it."""

import copy

import pytest

from tally.rules.election import ElectionRules
from tally.rules.evaluation import EvaluationRules, FlagRule
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.parse import rule_set_from_json
from tally.rules.threshold import Op, Ratio
from tally.rules.ticket_vote import TicketRules
from voting_core.errors import EncodingError

DROP = object()
REST = {"name": "rest", "otherwise": True}
BELOW_HALF = {"op": "lt", "frac": [1, 2]}
HALF = {"name": "half", "op": "ge", "frac": [1, 2]}


def changed(rule_set_id, path, value):
    """The JSON of a packaged rule set with one field set to `value`, or taken away."""
    whole = copy.deepcopy(load_rule_set(rule_set_id).to_json())
    place = whole
    for step in path[:-1]:
        place = place[step]
    if value is DROP:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return whole


@pytest.mark.parametrize("rule_set_id", available_rule_sets())
def test_every_top_level_field_is_required_but_those_that_may_be_left_out(rule_set_id):
    for key in load_rule_set(rule_set_id).to_json():
        if key not in ("quorum", "bands", "selection"):
            with pytest.raises(EncodingError):
                rule_set_from_json(changed(rule_set_id, [key], DROP))


@pytest.mark.parametrize("rule_set_id", available_rule_sets())
def test_unknown_fields_are_refused_by_name(rule_set_id):
    with pytest.raises(EncodingError, match="surprise"):
        rule_set_from_json(changed(rule_set_id, ["surprise"], 1))


ELECTION, TICKET, MOTION, TRUST = "election_local_2020", "ticket_2004", "resolution_default", "trust_default"


@pytest.mark.parametrize(
    ("rule_set_id", "path", "value", "names"),
    [
        (ELECTION, ["id"], "Election 2020", "rules.id"),
        (ELECTION, ["name", "en"], DROP, "rules.name.en"),
        (ELECTION, ["name", "fr"], "élection", "fr"),
        (ELECTION, ["effective_from"], "last year", "effective_from"),
        (ELECTION, ["certainty"], "certain", "certainty"),
        (ELECTION, ["decides"], ["motion"], "decides"),
        (ELECTION, ["decides"], [], "decides"),
        (ELECTION, ["decides"], ["election", 1], "decides"),
        (ELECTION, ["use_for"], ["a", "a"], "use_for"),
        (ELECTION, ["quorum", "base"], "returned", "quorum.base"),
        (ELECTION, ["elect", "frac"], [1, 0], "elect.frac"),
        (ELECTION, ["elect", "op"], "lt", "elect.op"),
        (ELECTION, ["blank_mark_means"], "whatever", "blank_mark_means"),
        (ELECTION, ["returned_must_be"], "eq_issued", "returned_must_be"),
        (ELECTION, ["over_selected"], "ignore", "over_selected"),
        (ELECTION, ["tie_at_last_seat"], "lot", "tie_at_last_seat"),
        (ELECTION, ["runoff_wins_by"], "age", "runoff_wins_by"),
        (ELECTION, ["effective_until"], "2019", "effective_until"),
        (ELECTION, ["retention", "days"], -1, "retention.days"),
        (ELECTION, ["retention", "who"], "me", "who"),
        (ELECTION, ["blank_ballot"], "void", "blank_ballot"),
        (ELECTION, ["list_order"], "pinyin", "list_order"),
        (ELECTION, ["announce_numbers"], "maybe", "announce_numbers"),
        (ELECTION, ["preselection_reports_to"], "press", "preselection_reports_to"),
        (ELECTION, ["surplus_single_seat"], "no", "surplus_single_seat"),
        (ELECTION, ["surplus", 0, "body"], "Members", "surplus[0].body"),
        (ELECTION, ["surplus", 0, "percent"], 101, "surplus[0].percent"),
        (ELECTION, ["surplus", 0, "most"], 0, "surplus[0].most"),
        (ELECTION, ["surplus", 0, "body"], "alternate_member", "rules.surplus"),
        (ELECTION, ["surplus", 0, "note"], "x", "note"),
        (ELECTION, ["shortfall", "options"], ["reduce_seats", "reduce_seats"], "shortfall.options"),
        (ELECTION, ["shortfall", "reduce_seats_needs"], "mayor", "reduce_seats_needs"),
        (TICKET, ["recused_base"], "shrinks", "recused_base"),
        (TICKET, ["proxy"], True, "rules.proxy"),
        (TICKET, ["options"], ["agree", "disapprove"], "options"),
        (TRUST, ["categories"], [{"id": "a", "weight": 40}, {"id": "b", "weight": 59}], "categories"),
        (TRUST, ["categories"], [{"id": "a", "weight": 50}, {"id": "a", "weight": 50}], "categories"),
        (TRUST, ["categories"], [{"id": "a", "weight": 101}], "categories[0].weight"),
        (TRUST, ["empty_category"], "guess", "empty_category"),
        (TRUST, ["bands"], {"indicator": "rate_trust", "list": []}, "bands.list"),
        (TRUST, ["bands"], {"indicator": "rate", "list": [{"name": "x", "otherwise": True}]}, "bands.indicator"),
        (TRUST, ["bands"], {"indicator": "rate_trust", "list": [REST, HALF]}, "bands.list"),
        (TRUST, ["bands"], {"indicator": "rate_trust", "list": [HALF]}, "bands.list"),
        (TRUST, ["bands"], {"indicator": "rate_trust", "list": [{**HALF, "name": "rest"}, REST]}, "bands.list"),
        (TRUST, ["bands"], {"indicator": "rate_trust", "list": [{**HALF, "op": "lt"}, REST]}, "bands.list[0].op"),
        (TRUST, ["selection"], {"indicator": "rate_trust", "quota": [3, 2]}, "selection.quota"),
        (TRUST, ["selection"], {"indicator": "rate", "quota": [1, 5]}, "selection.indicator"),
        (TRUST, ["selection"], {"indicator": "rate_trust", "quota": [1, 5], "least": BELOW_HALF}, "selection.least.op"),
        (TRUST, ["scopes"], [{"item": "rate", "scopes": [], "delay_days": 0}], "scopes[0].item"),
        (TRUST, ["scopes"], [{"item": "index", "scopes": ["press"], "delay_days": 0}], "scopes[0].scopes"),
        (TRUST, ["scopes"], [{"item": "index", "scopes": [], "delay_days": 0}] * 2, "rules.scopes"),
        (TRUST, ["indicators", 0, "id"], "index", "indicators"),
        (ELECTION, ["write_in", "requires"], "courage", "write_in.requires"),
        (ELECTION, ["write_in", "allowed"], "yes", "write_in.allowed"),
        (ELECTION, ["write_in", "allowed"], False, "rules.write_in"),
        (ELECTION, ["shortfall", "options"], ["ranking"], "shortfall.options"),
        (ELECTION, ["shortfall", "options"], [["reduce_seats"]], "shortfall.options"),
        (ELECTION, ["shortfall", "extra"], 1, "extra"),
        (ELECTION, ["order_members"], "age", "order_members"),
        (ELECTION, ["name_order"], "pinyin", "name_order"),
        (ELECTION, ["stroke_table"], "another-table", "stroke_table"),
        (ELECTION, ["mark_legend", 0, "mark"], "agree", "mark_legend[0].mark"),
        (ELECTION, ["mark_legend", 0, "symbol"], "X", "mark_legend"),
        (ELECTION, ["mark_legend", 0, "symbol"], "_", "mark_legend[0].symbol"),
        (ELECTION, ["mark_legend", 0, "symbol"], "?", "mark_legend[0].symbol"),
        (ELECTION, ["mark_legend", 0, "symbol"], "", "mark_legend[0].symbol"),
        (ELECTION, ["mark_legend", 0, "symbol"], "O+X", "mark_legend[0].symbol"),
        (ELECTION, ["mark_legend", 0, "symbol"], "a box", "mark_legend[0].symbol"),
        (ELECTION, ["mark_legend", 0, "symbol"], "f" * 17, "mark_legend[0].symbol"),
        (ELECTION, ["articles", 0, "page"], 3, "page"),
        (TICKET, ["write_in"], load_rule_set(ELECTION).to_json()["write_in"], "rules.write_in"),
        (TICKET, ["options"], ["approve", "disapprove", "abstain"], "options"),
        (TICKET, ["renomination", "second_try"], "never", "renomination.second_try"),
        (TICKET, ["renomination", "third_try"], "never", "third_try"),
        (TICKET, ["proxy"], 0, "proxy"),
        (MOTION, ["pass", "base"], "answered", "pass.base"),
        (MOTION, ["decides"], ["election"], "decides"),
        (TRUST, ["weights", 0, "weight"], -1, "weights[0].weight"),
        (TRUST, ["weights", 0, "mark"], "满意", "weights"),
        (TRUST, ["excluded_from_index"], [], "weights"),
        (TRUST, ["excluded_from_index"], ["弃权", "信任"], "weights"),
        (TRUST, ["indicators", 0, "marks"], ["满意"], "indicators[0].marks"),
        (TRUST, ["denominator"], "should_attend", "denominator"),
        (TRUST, ["smallest_cell"], 0, "smallest_cell"),
        (TRUST, ["scale", "marks"], ["信任", "信任"], "scale.marks"),
        (TRUST, ["scale", "note"], "x", "note"),
        (TRUST, ["flags"], [{"id": "d", "marks": ["不信任"], "op": "gt"}], "flags[0].frac"),
        (TRUST, ["flags"], [{"id": "d", "marks": ["不信任"], "op": "gt", "frac": [1, 3], "act": 1}], "act"),
    ],
)
def test_a_wrong_field_is_refused_by_its_path(rule_set_id, path, value, names):
    with pytest.raises(EncodingError) as caught:
        rule_set_from_json(changed(rule_set_id, path, value))

    assert names in str(caught.value)


@pytest.mark.parametrize("value", [None, [], "ticket_2004", 1])
def test_what_is_no_object_is_refused(value):
    with pytest.raises(EncodingError):
        rule_set_from_json(value)


def test_the_family_follows_from_the_fields():
    assert isinstance(load_rule_set(ELECTION).family, ElectionRules)
    assert isinstance(load_rule_set(TICKET).family, TicketRules)
    assert isinstance(load_rule_set(TRUST).family, EvaluationRules)


def test_flags_are_read():
    flag = {"id": "distrust", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}
    family = rule_set_from_json(changed(TRUST, ["flags"], [flag])).family

    assert isinstance(family, EvaluationRules)
    assert family.flags == (FlagRule("distrust", ("不信任",), Ratio(Op.GT, 1, 3)),)


def test_an_election_without_write_ins_can_be_written():
    family = rule_set_from_json(changed(ELECTION, ["write_in"], {"allowed": False})).family

    assert isinstance(family, ElectionRules)
    assert family.write_in is None
    assert family.to_json()["write_in"] == {"allowed": False}


def test_every_row_may_have_to_be_marked():
    assert rule_set_from_json(changed(TRUST, ["blank_mark_means"], "")).blank_mark_means == ""
