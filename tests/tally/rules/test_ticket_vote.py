"""The parameters of ticket votes."""

from tally.rules.loader import load_rule_set
from tally.rules.ticket_vote import RecusedBase, TicketRules, read_ticket_vote
from voting_core.codec import Fields


def test_parameters_are_read_as_they_are_written():
    family = load_rule_set("ticket_2004").family

    assert isinstance(family, TicketRules)
    assert family.recused_base is RecusedBase.STAYS
    assert read_ticket_vote(Fields(family.to_json(), "ticket")) == family
