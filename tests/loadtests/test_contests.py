from dataclasses import replace

import pytest

from ballots.contest import At
from ballots.matrix import Kind
from loadtests.contests import contests_of, rule_sets
from loadtests.profiles import PROFILES, SMOKE, ContestShape, Profile
from tally.plan.contests import rules_ref
from voting_core.errors import InputError


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_contests_are_those_of_the_profile_each_in_its_slot(profile: Profile) -> None:
    contests = contests_of(profile)
    assert [contest.id for contest in contests] == [shape.id for shape in profile.contests]
    assert [contest.slot for contest in contests] == list(range(len(contests)))
    assert [len(contest.rows) for contest in contests] == [shape.rows for shape in profile.contests]


def test_the_election_has_its_limit_and_the_motion_has_none() -> None:
    election, motion = contests_of(SMOKE)
    limit = election.limit(At.MOST, "approve")
    assert limit is not None
    assert limit.count == election.seats == SMOKE.contests[0].approvals
    assert motion.limits == ()


def test_every_contest_names_a_rule_set_of_the_profile() -> None:
    known = {rules_ref(rules) for rules in rule_sets(SMOKE)}
    assert {contest.rules for contest in contests_of(SMOKE)} == known


def test_a_kind_without_a_rule_set_is_refused() -> None:
    shape = ContestShape(id="trust", kind=Kind.EVALUATION, zh="测评", en="Trust", rows=3)
    with pytest.raises(InputError, match="contest trust: load tests have no evaluation"):
        rule_sets(replace(SMOKE, contests=(shape,)))
