import math

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


def test_a_profile_with_a_pace_of_its_own_lasts_as_long_as_it_is_told() -> None:
    soak = profile_named("soak").lasting(120)
    assert soak.delegates == 12_000
    assert soak.seconds > 7_200
    # At its pace the kiosks send these ballots in that time: half of the longest pause each, in the middle.
    ballots = soak.delegates * len(soak.contests) / soak.kiosks
    assert 0.8 * 7_200 < ballots * soak.pause / 2 < 7_200 * 1.1


@pytest.mark.parametrize("minutes", [3, 10, 60, 120])
def test_the_slowest_kiosk_of_a_soak_is_waited_for(minutes: int) -> None:
    """Its pauses are drawn by chance, and each answer may take a tenth of a second."""
    soak = profile_named("soak").lasting(minutes)
    sent = soak.delegates * len(soak.contests) * (1 + 1 / soak.challenge_every + 1 / soak.resend_every) / soak.kiosks
    spread = soak.pause / math.sqrt(12) * math.sqrt(sent)
    assert soak.seconds > sent * (soak.pause / 2 + 0.1) + 3 * spread


@pytest.mark.parametrize("minutes", [0, 1_000])
def test_minutes_that_no_session_has_are_refused(minutes: int) -> None:
    with pytest.raises(InputError):
        profile_named("soak").lasting(minutes)


def test_the_hall_of_the_day_is_there() -> None:
    peak, last, published, large = map(
        profile_named, ("session-peak", "last-minute", "close-and-publish", "large-assembly")
    )
    assert (peak.delegates, peak.kiosks, len(peak.contests), peak.limits.p95_ms) == (400, 20, 6, 1_000)
    assert last.pause == 0
    assert (published.screens, published.phones, published.limits.per_second) == (500, 2_000, 800)
    assert large.delegates == 5_000
    assert [one.needs_accounts for one in (profile_named("doors-open"), published, peak)] == [True, True, False]
