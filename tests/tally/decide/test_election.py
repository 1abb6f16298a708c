"""Elections at the threshold, at ties and at the last seat, in all stages and orders."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tally.decide.attendance import Attendance
from tally.decide.election import votes_needed
from tally.decide.election_sheet import WriteIn
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import changed_rules, meeting
from tests.tally.decide.contests import elect as decide


@pytest.mark.parametrize(("votes", "elected"), [(149, ()), (150, ()), (151, ("r1",)), (152, ("r1",))])
def test_over_half_of_those_who_should_attend(votes, elected):
    outcome = decide((votes,))

    assert outcome.votes_needed == 151
    assert outcome.elected_by_votes == elected
    assert outcome.shortfall == 2 - len(elected)


@pytest.mark.parametrize(("votes", "elected"), [(140, ()), (141, ("r1",))])
def test_the_superseded_base_of_those_present(votes, elected):
    rules = load_rule_set("election_grassroots_1990")

    assert decide((votes,), rules=rules, attendance=meeting(300, 280)).elected_by_votes == elected


@pytest.mark.parametrize(("op", "needed"), [("gt", 151), ("ge", 150)])
def test_operators(op, needed):
    rules = changed_rules("election_local_2020", elect={"base": "should_attend", "op": op, "frac": [1, 2]})

    assert decide((needed - 1,), rules=rules).elected_by_votes == ()
    assert decide((needed,), rules=rules).elected_by_votes == ("r1",)


def test_members_are_announced_by_strokes_and_alternates_by_votes():
    members = decide((200, 180))
    alternates = decide((200, 180), body="alternate_member")

    assert members.elected_by_votes == alternates.elected_by_votes == alternates.announced == ("r1", "r2")
    assert members.announced == ("r2", "r1")


def test_equal_votes_inside_the_seats_are_ordered_by_strokes():
    outcome = decide((198, 198, 198), seats=3, body="alternate_member")

    assert outcome.announced == ("r2", "r3", "r1")
    assert outcome.runoff_candidates == ()


def test_a_tie_at_the_last_seat_goes_to_a_run_off_in_stroke_order():
    outcome = decide((180, 200, 180, 160, 180), seats=3)

    assert outcome.elected_by_votes == ("r2",)
    assert (outcome.runoff_seats, outcome.runoff_candidates) == (2, ("r5", "r3", "r1"))
    assert outcome.passed_but_not_elected == ("r4",)
    assert outcome.shortfall == 0
    assert outcome.next_options == ()


def test_one_vote_more_ends_the_tie():
    outcome = decide((181, 200, 180))

    assert outcome.elected_by_votes == ("r2", "r1")
    assert outcome.passed_but_not_elected == ("r3",)


def test_a_tie_below_the_threshold_is_a_shortfall():
    outcome = decide((150, 200, 150))

    assert outcome.runoff_candidates == ()
    assert outcome.shortfall == 1
    assert outcome.next_options == ("second_vote_among_unelected", "reduce_seats")


def test_a_run_off_goes_to_the_larger_number_below_half():
    outcome = decide((140, 138), seats=1, stage="runoff")

    assert outcome.elected_by_votes == ("r1",)
    assert outcome.votes_needed == 1


def test_a_run_off_can_be_tied_again():
    outcome = decide((140, 140), seats=1, stage="runoff")

    assert outcome.elected_by_votes == ()
    assert outcome.runoff_candidates == ("r2", "r1")
    assert outcome.manual_checks == ("tie_decided_by_presidium",)
    assert outcome.runoff_follows


def test_where_the_presidium_decides_between_the_tied_there_is_no_run_off():
    rules = changed_rules("election_local_2020", tie_at_last_seat="presidium_decides")
    outcome = decide((180, 200, 180), rules=rules)

    assert (outcome.runoff_seats, outcome.runoff_candidates) == (1, ("r3", "r1"))
    assert outcome.manual_checks == ("tie_decided_by_presidium",)
    assert not outcome.runoff_follows
    assert outcome.results(str)["runoff"] is None
    assert outcome.results(str)["tied"] == {"seats": 1, "candidates": ["r3", "r1"]}
    assert decide((180, 200, 170), rules=rules).manual_checks == ()


def test_a_pre_selection_is_told_to_whom_the_rules_say():
    rules = changed_rules("election_local_2020", preselection_reports_to="congress")

    assert decide((180,), stage="preselection").results(str)["report_to"] == "presidium_only"
    assert decide((180,), stage="preselection", rules=rules).results(str)["report_to"] == "congress"
    assert "report_to" not in decide((180,)).results(str)


def test_nobody_wins_a_run_off_with_no_vote():
    outcome = decide((0, 0), seats=1, stage="runoff")

    assert outcome.elected_by_votes == outcome.runoff_candidates == ()
    assert outcome.shortfall == 1


def test_a_county_may_ask_for_half_again_in_a_run_off():
    rules = changed_rules("election_local_2020", runoff_wins_by="threshold")

    assert decide((140, 138), seats=1, stage="runoff", rules=rules).shortfall == 1
    assert decide((151, 138), seats=1, stage="runoff", rules=rules).elected_by_votes == ("r1",)


def test_the_pre_selection_has_its_own_threshold():
    rules = changed_rules("election_local_2020", preselect={"base": "present", "op": "gt", "frac": [1, 2]})

    assert votes_needed("preselection", meeting(300, 200), rules.family) == 101
    assert votes_needed("formal", meeting(300, 200), rules.family) == 151
    assert votes_needed("supplementary", meeting(300, 200), rules.family) == 151


def test_without_a_quorum_nobody_is_elected():
    outcome = decide((150, 150), attendance=meeting(300, 150))

    assert not outcome.sitting.can_hold
    assert outcome.elected_by_votes == outcome.announced == outcome.runoff_candidates == ()
    assert outcome.shortfall == 2
    assert outcome.next_options == ()
    assert outcome.runoff_seats == 0
    assert outcome.to_log_json()["outcome"] == "no_quorum"


def test_with_too_many_ballots_the_election_is_void():
    outcome = decide((250, 240), attendance=Attendance(300, 291, 291, 292))

    assert outcome.elected_by_votes == ()
    assert outcome.to_log_json()["outcome"] == "void_revote"
    assert outcome.manual_checks == ()


def test_a_person_written_in_is_elected_and_then_checked():
    outcome = decide((100, 120), write_ins=(WriteIn("赵敏", 160),))

    assert outcome.elected_by_votes == outcome.announced == ("write_in/赵敏",)
    assert outcome.manual_checks == ("eligibility_of_written_in_person", "same_name_identity")


def test_a_person_written_in_has_a_place_among_equal_votes():
    outcome = decide((155, 120), write_ins=(WriteIn("丁海", 155),))
    assert outcome.elected_by_votes == ("write_in/丁海", "r1")


def test_a_person_written_in_below_the_threshold_is_not_checked():
    assert decide((100, 120), write_ins=(WriteIn("赵敏", 150),)).manual_checks == ()


def test_the_order_approved_above():
    rules = load_rule_set("election_local_plenum_2020")
    approved = ("r3", "r1", "r2")

    outcome = decide((290, 295, 280), seats=3, rules=rules, approved_order=approved)
    assert outcome.announced == approved
    assert outcome.manual_checks == ()
    outcome = decide((290, 295, 280), seats=3, rules=rules)
    assert outcome.announced == ("r1", "r2", "r3")
    assert outcome.manual_checks == ("superior_approved_order",)


def test_a_person_written_in_follows_the_approved_order():
    rules = load_rule_set("election_local_plenum_2020")

    outcome = decide((100, 160), rules=rules, write_ins=(WriteIn("丁海", 155),))
    assert outcome.announced == ("r2", "write_in/丁海")


def test_two_people_of_one_name_are_told_apart_by_id():
    outcome = decide((200, 190, 160), names=("王海", "王海", "李娟"))

    assert outcome.elected_by_votes == ("r1", "r2")
    assert outcome.announced == ("r1", "r2")


@given(st.lists(st.integers(0, 20), min_size=1, max_size=5), st.integers(1, 4))
@example([11, 11, 11], 2)
@example([10, 11], 1)
def test_the_log_accounts_for_every_seat(approvals, seats):
    approvals = [min(votes, 20 * seats // len(approvals)) for votes in approvals]
    log = decide(approvals, seats=seats, attendance=meeting(20, 20)).to_log_json()

    assert len(log["elected_by_votes"]) + log["runoff_seats"] + log["shortfall"] == seats
    assert sorted(log["announced"]) == sorted(log["elected_by_votes"])
    assert log["votes_needed"] == 11
