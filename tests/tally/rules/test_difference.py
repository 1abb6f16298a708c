"""How rule sets differ."""

import pytest

from tally.rules.difference import differences
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.parameters import parameters_of

LOCAL = load_rule_set("election_local_2020")


@pytest.mark.parametrize("name", available_rule_sets())
def test_a_rule_set_does_not_differ_from_itself(name):
    assert differences(load_rule_set(name), load_rule_set(name)) == ()


def test_the_plenum_differs_in_three_points():
    found = differences(LOCAL, load_rule_set("election_local_plenum_2020"))
    assert {"quorum", "order_members", "surplus"} <= {one.parameter.key for one in found}
    (quorum,) = (one for one in found if one.parameter.key == "quorum")
    assert quorum.first is not None
    assert quorum.second is not None
    assert quorum.first.zh.startswith("超过半数")
    assert quorum.second.zh.startswith("超过三分之二")


def test_sets_of_other_families_differ_in_what_only_one_has():
    motion = load_rule_set("resolution_default")
    found = {one.parameter.key: one for one in differences(LOCAL, motion)}
    assert found["elect"].first is not None
    assert found["elect"].second is None
    assert found["pass"].first is None
    assert found["pass"].second is not None
    assert "quorum" not in found
    assert set(found) <= {one.key for one in (*parameters_of(LOCAL.family), *parameters_of(motion.family))}


def test_a_difference_is_the_same_from_the_other_side():
    ticket = load_rule_set("ticket_2004")
    there = {one.parameter.key: (one.first, one.second) for one in differences(LOCAL, ticket)}
    back = {one.parameter.key: (one.second, one.first) for one in differences(ticket, LOCAL)}
    assert there == back
