"""The measurement of the intake, small: real server, real ballots."""

from pathlib import Path

import pytest

from loadtests import intake
from loadtests.intake import measure, profile_of
from loadtests.rush import Rush
from voting_core.errors import FatalError


def test_every_delegate_has_one_ballot_and_none_is_sent_twice() -> None:
    profile = profile_of(60, 200)
    assert (profile.delegates, profile.contests[0].rows, profile.contests[0].approvals) == (200, 60, 33)
    assert profile.challenge_every > 200 < profile.resend_every


@pytest.mark.slow
def test_all_ballots_of_a_small_rush_are_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "WARM", 8)
    done, usage = measure(2, 8.0, 1, tmp_path, lambda *_: None)
    assert len(done.latencies) == 8
    assert usage is not None


def test_a_refused_ballot_is_an_error() -> None:
    with pytest.raises(FatalError, match="1 ballots were refused: status 422"):
        intake._compare(None, 1, Rush(refused=["status 422"]))  # type: ignore[arg-type]


def test_a_ballot_that_is_nowhere_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        def status(self) -> dict[str, list[dict[str, int]]]:
            return {"contests": [{"cast": 3}]}

    monkeypatch.setattr(intake, "LOG_SECONDS", 0)
    with pytest.raises(FatalError, match="40 ballots have a promise, 3 are in the log"):
        intake._compare(Client(), 40, Rush())  # type: ignore[arg-type]
