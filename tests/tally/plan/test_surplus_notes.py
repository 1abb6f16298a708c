"""Lists of candidates outside the surplus are noted, and stop nothing."""

from dataclasses import replace

import pytest

from ballots.contest import Kind, Stage
from tally.plan.contests import contests
from tally.plan.people import PlanRow
from tally.plan.surplus_notes import surplus_notes
from tests.tally.plan.test_contests import ELECTION, MOTION, RULES, plan_of


def election(candidates, seats=10, body="committee_member", **changes):
    rows = tuple(PlanRow(f"A{number}", "王海", ()) for number in range(candidates))
    return replace(ELECTION, seats=seats, body=body, rows=rows, **changes)


@pytest.mark.parametrize(("candidates", "noted"), [(10, True), (11, False), (12, False)])
def test_at_the_smallest_list_and_beside_it(candidates, noted):
    assert bool(surplus_notes([election(candidates)], RULES)) is noted


def test_a_note_names_the_contest_and_its_numbers_in_both_languages():
    (note,) = surplus_notes([election(10)], RULES)

    assert "选举：候选人 10 名，应选 10 名，少于差额要求的 11 名" in note
    assert "10 candidates for 10 seat(s), fewer than the 11" in note


def test_a_short_list_stops_nothing():
    plan = election(10)

    assert surplus_notes([plan], RULES)
    assert len(contests(plan_of(plan), RULES)) == 1


@pytest.mark.parametrize(
    "plan",
    [
        MOTION,
        election(10, stage=Stage.RUNOFF),
        election(10, body="secretary"),
        election(10, rule_set="nothing"),
        election(10, kind=Kind.TICKET_VOTE, rule_set="ticket_2004"),
    ],
)
def test_what_has_no_bounds_has_no_note(plan):
    assert surplus_notes([plan], RULES) == ()
