"""The parameters of elections."""

from tally.rules.election import ElectionRules, Order, SingleSeat, Surplus, read_election
from tally.rules.loader import load_rule_set
from voting_core.codec import Fields


def family(rule_set_id="election_local_2020") -> ElectionRules:
    found = load_rule_set(rule_set_id).family
    assert isinstance(found, ElectionRules)
    return found


def test_parameters_are_read_as_they_are_written():
    for name in ("election_local_2020", "election_local_plenum_2020", "election_grassroots_1990"):
        own = family(name)
        assert read_election(Fields(own.to_json(), name)) == own


def test_a_body_has_its_own_surplus():
    assert family().surplus_of("committee_member") == Surplus("committee_member", 10, 1, None)
    assert family().surplus_of("higher_congress_delegate") == Surplus("higher_congress_delegate", 20, 1, None)
    assert family().surplus_of("") is None


def test_a_line_for_all_bodies_serves_those_without_one():
    own = family("election_grassroots_2020")

    assert own.surplus_of("anything") == Surplus("", 20, 1, None)
    assert own.surplus_of("") == Surplus("", 20, 1, None)


def test_standing_members_have_one_or_two_more_and_secretaries_none():
    own = family("election_local_plenum_2020")

    assert own.surplus_of("standing_member") == Surplus("standing_member", 0, 1, 2)
    assert own.surplus_of("secretary") == Surplus("secretary", 0, 0, 0)
    assert own.surplus_of("deputy_secretary") == Surplus("deputy_secretary", 0, 0, 0)
    assert (own.order_members, own.surplus_single_seat) == (Order.SUPERIOR_APPROVED, SingleSeat.ASK)


def test_a_symbol_may_be_a_word_of_sixteen_characters():
    value = family().to_json()
    legend = [{"symbol": symbol, "mark": "abstain"} for symbol in ("f" * 16, "fill_oval", "__", "△")]

    assert len(read_election(Fields({**value, "mark_legend": legend}, "rules")).mark_legend) == 4
