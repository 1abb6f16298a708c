"""Every parameter of an election changes what comes out, by itself; one that has no such test fails here."""

import pytest

from ballots.contest import Kind
from tally.rules.election import ElectionRules
from tally.rules.loader import packaged, rule_set_from_json
from tally.rules.ruleset import RuleSet
from tests.tally.decide.parameters import DECIDES_NOTHING, Probe, ballot_order, case, leaves, thresholds
from voting_core.errors import EncodingError

BASE = "election_local_2020"
MEETING = {"should_attend": 300, "present": 200, "issued": 200, "returned": 200, "seats": 1}


def lines(valid=200, **approvals):
    return [
        {"name": name, "approve": votes, "disapprove": valid - votes, "abstain": 0} for name, votes in approvals.items()
    ]


def tally(point="", body="", stage="formal", **approvals):
    seats = 1 + (len(approvals) > 2)
    numbers = {**MEETING, "seats": seats, "candidates": lines(**approvals)}
    return case("election_tally", numbers, point, body=body, stage=stage)


def ballots(*marks, written=()):
    """Ballots by a meeting of three; the names are written on the first."""
    papers = [{"marks": list(sheet), "write_ins": list(written) if not n else []} for n, sheet in enumerate(marks)]
    numbers = {"should_attend": 3, "present": 3, "issued": 3, "returned": len(papers), "seats": 1}
    return case("election_ballots", {**numbers, "candidates": ["王海", "李娟"], "ballots": papers})


def write_in(**changes):
    return {"write_in": {**packaged(BASE)["write_in"], **changes}}


def surplus(**changes):
    return {"surplus": [{"body": "committee_member", "percent": 10, "least": 1, "most": 5, **changes}]}


def change(key, first, second, decide):
    return Probe({key: first}, {key: second}, decide)


HALF = tally(王海=150)
FULL = {"should_attend": 300, "present": 300, "issued": 300, "returned": 300, "seats": 2}
TIE = case("election_tally", {**FULL, "candidates": lines(300, 王海=160, 李娟=155, 杨光=155)})
EMPTY = tally(王海=149)
ORDERED = tally(陈静=180, 王海=160, 丁一=1)
CUT = tally(body="alternate_member", 陈静=180, 王海=160, 丁一=1)
COMMITTEE = tally("surplus", "committee_member", 王海=100, 李娟=30, 杨光=20)
ZHAO = {"name": "赵敏", "mark": "O"}
DUMB = {"name": "赵敏"}
OTHER = {"name": "杨光", "mark": "O"}


def over_issue(base, changes):
    numbers = {**MEETING, "issued": 210, "returned": 205, "candidates": lines(205, 王海=160)}
    return case("election_tally", numbers)(base, changes)


PROBES = {
    **thresholds("quorum", "quorum", case("quorum", {"should_attend": 300, "present": 150})),
    **thresholds("elect", "elect", HALF),
    **thresholds("preselect", "preselect", tally(stage="preselection", 王海=150)),
    "quorum.base": Probe(
        {"quorum": {"base": "should_attend", "op": "gt", "frac": [1, 2]}},
        {"quorum": {"base": "present", "op": "gt", "frac": [1, 2]}},
        case("quorum", {"should_attend": 300, "present": 150}),
    ),
    "blank_mark_means": change("blank_mark_means", "abstain", "approve", ballots("__", "_X", "X_")),
    "returned_must_be": change("returned_must_be", "le_issued", "le_present", over_issue),
    "write_in.requires": Probe(
        write_in(requires="disapprove", max="seats"),
        write_in(requires="nothing", max="seats"),
        ballots("__", written=[ZHAO]),
    ),
    "write_in.max": Probe(
        write_in(max="per_disapproved_candidate", requires="disapprove"),
        write_in(max="seats", requires="disapprove"),
        ballots("XX", "__", written=[ZHAO, OTHER]),
    ),
    "write_in.unmarked": Probe(
        write_in(unmarked="abstain_item"), write_in(unmarked="invalidate_ballot"), ballots("X_", written=[DUMB])
    ),
    "write_in.without_disapprove": Probe(
        write_in(without_disapprove="ignore_item"),
        write_in(without_disapprove="invalidate_ballot"),
        ballots("__", written=[ZHAO]),
    ),
    "over_selected": change("over_selected", "whole_ballot_invalid", "lines_invalid", ballots("OO", "OX")),
    "blank_ballot": change("blank_ballot", "valid", "invalid", ballots("__", "OX")),
    "tie_at_last_seat": change("tie_at_last_seat", "runoff_among_tied", "presidium_decides", TIE),
    "runoff_wins_by": change("runoff_wins_by", "plurality", "threshold", tally(stage="runoff", 王海=90, 李娟=80)),
    "shortfall_options": Probe(
        {"shortfall": {"options": ["second_vote_among_unelected"], "reduce_seats_needs": "presidium"}},
        {"shortfall": {"options": ["leave_vacant"], "reduce_seats_needs": "presidium"}},
        EMPTY,
    ),
    "reduce_seats_needs": Probe(
        {"shortfall": {"options": ["reduce_seats"], "reduce_seats_needs": "presidium"}},
        {"shortfall": {"options": ["reduce_seats"], "reduce_seats_needs": "half_of_electors"}},
        EMPTY,
    ),
    "order_members": change("order_members", "stroke", "votes_then_stroke", ORDERED),
    "order_alternates": change("order_alternates", "stroke", "votes_then_stroke", CUT),
    "naming.list_order": change("list_order", "stroke", "as_given", ballot_order(Kind.ELECTION, "陈静", "王海")),
    "naming.name_order": change(
        "name_order", "surname_strokes", "full_name_strokes", tally(田大利=160, 田富=160, 丁一=1)
    ),
    "announce_numbers": change("announce_numbers", "none", "full", HALF),
    "preselection_reports_to": change(
        "preselection_reports_to", "presidium_only", "congress", tally(stage="preselection", 王海=160)
    ),
    "surplus.body": Probe(surplus(), surplus(body="alternate_member"), COMMITTEE),
    "surplus.percent": Probe(surplus(), surplus(percent=100), COMMITTEE),
    "surplus.least": Probe(surplus(), surplus(least=2), COMMITTEE),
    "surplus.most": Probe(surplus(most=1, least=0), surplus(most=0, least=0, percent=0), COMMITTEE),
    "surplus_single_seat": change(
        "surplus_single_seat", "ask", "equal_number", tally("surplus", "committee_member", 王海=160)
    ),
    "mark_legend": change(
        "mark_legend",
        [{"symbol": "O", "mark": "approve"}, {"symbol": "X", "mark": "disapprove"}],
        [{"symbol": "O", "mark": "disapprove"}, {"symbol": "X", "mark": "approve"}],
        ballots("OX", "O_"),
    ),
}
ONE_VALUE = {"naming.stroke_table": {"stroke_table": "plenum-strokes-2"}}


def test_every_parameter_is_probed():
    parameters = {*leaves(ElectionRules), *leaves(RuleSet, DECIDES_NOTHING)}

    assert parameters == {*PROBES, *ONE_VALUE}


@pytest.mark.parametrize("parameter", PROBES)
def test_a_parameter_alone_changes_the_outcome(parameter):
    probe = PROBES[parameter]

    first, second = probe.decide(BASE, probe.first), probe.decide(BASE, probe.second)
    assert first != second
    assert probe.decide(BASE, probe.first) == first


@pytest.mark.parametrize("parameter", ONE_VALUE)
def test_a_parameter_with_one_lawful_value_is_refused_otherwise(parameter):
    with pytest.raises(EncodingError, match=parameter.rpartition(".")[2]):
        rule_set_from_json({**packaged(BASE), **ONE_VALUE[parameter]})


def test_no_write_ins_at_all():
    refused = {"write_in": {"allowed": False}}
    decide = ballots("X_", written=[ZHAO])

    assert decide(BASE, {})["write_in_totals"] == {"赵敏": 1}
    assert decide(BASE, refused)["write_in_totals"] == {}
