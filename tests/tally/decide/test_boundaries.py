"""Every threshold with every operator and base: one below the number, exactly at it, one above."""

from fractions import Fraction

import pytest

from tally.decide.attendance import Attendance
from tally.decide.election import decide_election
from tally.decide.election_sheet import Candidate, ElectionSheet
from tally.decide.motion import decide_motion
from tally.decide.ordering import stroke_places
from tally.decide.steps import has_quorum, open_sitting
from tally.decide.ticket_vote import Nominee, decide_ticket_vote
from tally.rules.threshold import Op, Ratio
from tests.tally.decide.contests import changed_rules

# Every base is a number of its own, divisible by 6, so that halves and thirds can be met exactly.
PEOPLE = Attendance(should_attend=300, present=288, issued=282, returned=276, invalid=6)
BASES = {"should_attend": 300, "present": 288, "issued": 282, "returned": 276, "valid": 270}
FRACTIONS = [(1, 2), (2, 3), (1, 3)]
RATIOS = [(op, fraction) for op in ("gt", "ge") for fraction in FRACTIONS]


def threshold(base, op, fraction):
    return {"base": base, "op": op, "frac": list(fraction)}


def around(base, op, fraction):
    """The exact number with those beside it, and whether each is enough, by fractions alone."""
    exact = Fraction(*fraction) * BASES[base]
    assert exact.denominator == 1
    for number in (int(exact) - 1, int(exact), int(exact) + 1):
        yield number, number > exact if op == "gt" else number >= exact


def elect(votes, rules, stage):
    line = Candidate("r1", "王海", votes, PEOPLE.valid - votes, 0)
    sheet = ElectionSheet(seats=1, candidates=(line,), stage=stage)
    places = stroke_places(sheet.people, rules.family.naming.name_order)
    return bool(decide_election(sheet, PEOPLE, rules, rules.family, places).elected_by_votes)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("op", "fraction"), RATIOS)
@pytest.mark.parametrize(
    ("stage", "key"),
    [("formal", "elect"), ("supplementary", "elect"), ("preselection", "preselect"), ("runoff", "elect")],
)
def test_elections(base, op, fraction, stage, key):
    rules = changed_rules("election_local_2020", **{key: threshold(base, op, fraction)}, runoff_wins_by="threshold")

    for votes, enough in around(base, op, fraction):
        assert elect(votes, rules, stage) is enough


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("op", "fraction"), RATIOS)
def test_ticket_votes_and_motions(base, op, fraction):
    ticket = changed_rules("ticket_2004", **{"pass": threshold(base, op, fraction)})
    motion = changed_rules("resolution_default", **{"pass": threshold(base, op, fraction)})

    for votes, enough in around(base, op, fraction):
        rest = PEOPLE.valid - votes
        nominee = Nominee("r1", "王海", votes, rest, 0)
        assert bool(decide_ticket_vote([nominee], PEOPLE, ticket, ticket.family).passed) is enough
        assert decide_motion((votes, rest, 0), PEOPLE, motion, motion.family).passed is enough


@pytest.mark.parametrize(("op", "fraction"), RATIOS)
@pytest.mark.parametrize("rule_set", ["election_local_2020", "ticket_2004", "resolution_default"])
def test_quorums(op, fraction, rule_set):
    rules = changed_rules(rule_set, quorum=threshold("should_attend", op, fraction))

    for present, enough in around("should_attend", op, fraction):
        assert has_quorum(300, present, rules) is enough
        assert open_sitting(Attendance(300, present, present, present), rules).can_hold is enough


def test_a_quorum_of_those_present_is_always_met_or_never():
    strict = changed_rules("resolution_default", quorum=threshold("present", "gt", (1, 2)))

    assert has_quorum(300, 1, strict)
    assert not has_quorum(300, 0, strict)


@pytest.mark.parametrize("fraction", FRACTIONS)
def test_an_upper_bound_is_not_met_at_its_number(fraction):
    exact = int(Fraction(*fraction) * 300)
    below = Ratio(Op.LT, *fraction)

    assert [below.holds(number, 300) for number in (exact - 1, exact, exact + 1)] == [True, False, False]


@pytest.mark.parametrize(("should_attend", "needed"), [(299, 150), (300, 151), (301, 151), (1, 1), (2, 2)])
def test_bases_that_the_fraction_does_not_divide(should_attend, needed):
    assert Ratio(Op.GT, 1, 2).needed(should_attend) == needed


@pytest.mark.parametrize(("returned", "in_order"), [(281, True), (282, True), (283, False)])
def test_as_many_ballots_as_were_issued(returned, in_order):
    rules = changed_rules("resolution_default", returned_must_be="le_issued")

    assert open_sitting(Attendance(300, 288, 282, returned), rules).ballots_in_order is in_order


@pytest.mark.parametrize(("returned", "in_order"), [(287, True), (288, True), (289, False)])
def test_as_many_ballots_as_people_present(returned, in_order):
    rules = changed_rules("resolution_default", returned_must_be="le_present")

    assert open_sitting(Attendance(300, 288, 290, returned), rules).ballots_in_order is in_order
