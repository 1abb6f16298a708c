"""The families write the fields that their reader asks for, in the words of the published rule sets."""

import pytest

from tally.rules.election import NO_WRITE_IN, ElectionRules
from tally.rules.evaluation import EvaluationRules
from tally.rules.families import kinds_of, marks_of, stroke_naming
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.motion import MotionRules
from tally.rules.questionnaire import QuestionnaireRules
from tally.rules.ticket_vote import TicketRules
from voting_core.codec import canonical

FAMILIES = {
    "election": ElectionRules,
    "ticket_vote": TicketRules,
    "motion": MotionRules,
    "evaluation": EvaluationRules,
    "assessment": EvaluationRules,
    "questionnaire": QuestionnaireRules,
}


@pytest.mark.parametrize("rule_set_id", available_rule_sets())
def test_a_rule_set_decides_what_its_family_can(rule_set_id):
    rules = load_rule_set(rule_set_id)

    assert {FAMILIES[kind] for kind in rules.decides} == {type(rules.family)}
    assert set(rules.decides) <= set(kinds_of(rules.family))
    assert rules.blank_mark_means in ("", *marks_of(rules.family))


@pytest.mark.parametrize("rule_set_id", available_rule_sets())
def test_parameters_are_integers_texts_booleans_and_arrays(rule_set_id):
    assert canonical(load_rule_set(rule_set_id).family.to_json())


def test_marks_are_values_and_never_keys():
    weights = load_rule_set("trust_default").family.to_json()["weights"]

    assert weights[0] == {"mark": "信任", "weight": 100}


def test_a_ticket_vote_has_no_write_ins():
    assert load_rule_set("ticket_2004").family.to_json()["write_in"] == NO_WRITE_IN


def test_families_are_values():
    assert load_rule_set("resolution_default").family == load_rule_set("resolution_default").family
    assert load_rule_set("resolution_default").family != load_rule_set("discipline_constitution").family


def test_strokes_order_names_unless_an_order_was_approved_above():
    local, plenum = load_rule_set("election_local_2020").family, load_rule_set("election_local_plenum_2020").family

    assert stroke_naming("committee_member", local) == local.naming
    assert stroke_naming("secretary", plenum) is None
    assert stroke_naming("alternate_member", plenum) == plenum.naming
    assert stroke_naming("", load_rule_set("ticket_2004").family) == load_rule_set("ticket_2004").family.naming
    assert stroke_naming("", load_rule_set("trust_default").family) is None
