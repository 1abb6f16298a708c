import pytest

from ballots.matrix import Kind
from loadtests.profiles import FEWEST_DELEGATES, PROFILES, SMOKE, Profile, profile_named
from voting_core.errors import InputError
from voting_core.params import MAX_CREDENTIALS


def test_smoke_is_an_election_and_a_motion_of_fifty_delegates() -> None:
    assert profile_named("smoke") is SMOKE
    assert SMOKE.delegates == 50
    assert [contest.kind for contest in SMOKE.contests] == [Kind.ELECTION, Kind.MOTION]
    assert 0 < SMOKE.contests[0].approvals < SMOKE.contests[0].rows


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_profile_has_ballots_that_are_challenged_and_sent_twice(profile: Profile) -> None:
    assert profile.delegates >= 2 * profile.challenge_every
    assert profile.delegates >= 2 * profile.resend_every
    assert profile.failures_allowed == 0
    assert profile.name in PROFILES


def test_an_unknown_profile_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(InputError, match='there is no profile "peak"'):
        profile_named("peak")


def test_the_number_of_delegates_can_be_changed() -> None:
    assert SMOKE.with_delegates(12).delegates == 12
    assert SMOKE.with_delegates(12).contests == SMOKE.contests


@pytest.mark.parametrize("delegates", [0, FEWEST_DELEGATES - 1, MAX_CREDENTIALS + 1])
def test_a_number_of_delegates_that_cannot_meet_is_refused(delegates: int) -> None:
    with pytest.raises(InputError, match=f"--delegates: {delegates} delegates cannot hold"):
        SMOKE.with_delegates(delegates)
