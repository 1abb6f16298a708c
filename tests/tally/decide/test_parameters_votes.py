"""Every parameter of ticket votes and motions changes what comes out, by itself; one without such a test fails here."""

import pytest

from ballots.contest import Kind
from tally.rules.loader import packaged, rule_set_from_json
from tally.rules.motion import MotionRules
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import TicketRules
from tests.tally.decide.parameters import DECIDES_NOTHING, Probe, ballot_order, case, leaves, marks, thresholds
from voting_core.errors import EncodingError

TICKET, MOTION = "ticket_2004", "resolution_default"
MEETING = {"should_attend": 300, "present": 200, "issued": 200, "returned": 200}
QUORUM = case("quorum", {"should_attend": 300, "present": 150})


def ticket(votes=150, **changes):
    numbers = {**MEETING, **changes}
    rest = numbers["returned"] - votes
    line = {"name": "王海", "agree": votes, "disapprove": rest, "abstain": 0}
    return case("ticket_vote", {**numbers, "nominees": [line]})


def motion(votes=150, **changes):
    numbers = {**MEETING, **changes}
    return case("motion", {**numbers, "approve": votes, "disapprove": numbers["returned"] - votes, "abstain": 0})


def untouched(*rows):
    """One ballot that nobody marked."""
    numbers = {"should_attend": 2, "present": 2, "issued": 2, "returned": 2}
    papers = [{"marks": ["_"]}] * 2
    return case("vote_ballots", {**numbers, "rows": list(rows), "ballots": papers})


def change(key, first, second, decide):
    return Probe({key: first}, {key: second}, decide)


def renomination(second_try="separate_meeting", after="barred_same_post"):
    return {"renomination": {"second_try": second_try, "after_two_failures": after}}


RECUSED = {"should_attend": 33, "present": 30, "recused_in_deliberation": 2}
SILENT = {"recusal": "leave_deliberation_and_vote_not"}
ALTERNATES = {"should_attend": 33, "present": 21, "alternates_present": 7, "alternates_should_attend": 7}
NAMES = ("陈静", "田大利", "田富")

TICKET_PROBES = {
    **thresholds("quorum", "quorum", QUORUM),
    **thresholds("pass", "passing", ticket()),
    "blank_mark_means": change("blank_mark_means", "abstain", "agree", untouched("王海")),
    "returned_must_be": change("returned_must_be", "le_issued", "le_present", ticket(160, issued=210, returned=205)),
    "options": change(
        "options", ["agree", "disapprove", "abstain"], ["abstain", "disapprove", "agree"], marks(Kind.TICKET_VOTE)
    ),
    "recusal": change("recusal", "leave_deliberation_but_vote", SILENT["recusal"], case("recusal", RECUSED)),
    "recused_base": Probe(
        {**SILENT, "recused_base": "stays"}, {**SILENT, "recused_base": "leaves"}, case("recusal", RECUSED)
    ),
    "alternates_vote": change("alternates_vote", False, True, case("quorum", ALTERNATES)),
    "second_try": Probe(
        renomination(),
        renomination("any_meeting"),
        case("renomination", {"failures_same_post": 1, "same_meeting": True}),
    ),
    "after_two_failures": Probe(
        renomination(), renomination(after="nothing"), case("renomination", {"failures_same_post": 2})
    ),
    "naming.list_order": change("list_order", "stroke", "as_given", ballot_order(Kind.TICKET_VOTE, *NAMES)),
    "naming.name_order": change(
        "name_order", "surname_strokes", "full_name_strokes", ballot_order(Kind.TICKET_VOTE, *NAMES)
    ),
}
MOTION_PROBES = {
    **thresholds("quorum", "quorum", QUORUM),
    **thresholds("pass", "passing", motion()),
    "blank_mark_means": change("blank_mark_means", "abstain", "approve", untouched("决议")),
    "returned_must_be": change("returned_must_be", "le_issued", "le_present", motion(160, issued=210, returned=205)),
}
PROBES = {(TICKET, parameter): probe for parameter, probe in TICKET_PROBES.items()}
PROBES |= {(MOTION, parameter): probe for parameter, probe in MOTION_PROBES.items()}
WRITE_IN = {"allowed": True, "requires": "disapprove", "max": "seats", "unmarked": "abstain_item"}
ONE_VALUE = {
    "stroke_table": {"stroke_table": "plenum-strokes-2"},
    "proxy": {"proxy": True},
    "write_in": {"write_in": {**WRITE_IN, "without_disapprove": "ignore_item"}},
    "options": {"options": ["agree", "disapprove"]},
}


@pytest.mark.parametrize(
    ("family", "probes", "fixed"),
    [(TicketRules, TICKET_PROBES, {"naming.stroke_table"}), (MotionRules, MOTION_PROBES, ())],
)
def test_every_parameter_is_probed(family, probes, fixed):
    assert {*leaves(family), *leaves(RuleSet, DECIDES_NOTHING)} == {*probes, *fixed}


@pytest.mark.parametrize(("base", "parameter"), PROBES)
def test_a_parameter_alone_changes_the_outcome(base, parameter):
    probe = PROBES[base, parameter]

    first, second = probe.decide(base, probe.first), probe.decide(base, probe.second)
    assert first != second
    assert probe.decide(base, probe.first) == first


@pytest.mark.parametrize("parameter", ONE_VALUE)
def test_a_parameter_with_one_lawful_value_is_refused_otherwise(parameter):
    with pytest.raises(EncodingError, match=parameter):
        rule_set_from_json({**packaged(TICKET), **ONE_VALUE[parameter]})
