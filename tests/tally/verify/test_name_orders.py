"""Names that do not stand by strokes are found, and others are not."""

from ballots.contest import Kind
from tally.rules.loader import load_rule_set
from tally.verify.name_orders import out_of_order
from tests.tally.decide.contests import ELECTION, MOTION, TICKET, a_contest, changed_rules

NAMES = "王海 李娟 杨光 陈静"


def found(names=NAMES, order=("r1", "r2", "r3", "r4"), kind=Kind.ELECTION, rules=None, **changes):
    family = (rules or load_rule_set(ELECTION)).family
    return out_of_order(a_contest(kind, names, order=order, **changes), family)


def test_an_order_by_strokes_has_nothing_to_tell():
    assert found() == ()
    assert found(kind=Kind.TICKET_VOTE, rules=load_rule_set(TICKET)) == ()


def test_a_name_moved_forward_is_named():
    assert found(order=("r1", "r4", "r2", "r3")) == ("李娟",)
    assert found(order=("r4", "r1", "r2", "r3")) == ("王海",)


def test_a_name_without_strokes_is_placed_by_hand_and_hides_nothing():
    assert found("王海 龘海 杨光 陈静") == ("龘海",)
    assert found("陈静 龘海 王海 杨光") == ("龘海", "王海")


def test_equal_names_may_stand_either_way():
    assert found("王海 王海 李娟 杨光", order=("r2", "r1", "r3", "r4")) == ()


def test_an_order_approved_above_is_not_by_strokes():
    approved = changed_rules(ELECTION, order_members="superior_approved_order")
    assert found(order=("r4", "r3", "r2", "r1"), rules=approved) == ()
    assert found(order=("r4", "r3", "r2", "r1"), rules=approved, body="alternate_member") != ()
    alternates = changed_rules(ELECTION, order_alternates="superior_approved_order")
    assert found(order=("r4", "r3", "r2", "r1"), rules=alternates, body="alternate_member") == ()


def test_motions_have_no_order():
    assert out_of_order(a_contest(Kind.MOTION, "决议"), load_rule_set(MOTION).family) == ()
