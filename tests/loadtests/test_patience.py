import pytest

from loadtests.patience import (
    ATTEMPTS,
    LONGEST_PAUSE_SECONDS,
    NO_ANSWER,
    USUAL_PAUSE_SECONDS,
    Accepted,
    GiveUp,
    Wait,
    next_step,
)


def test_a_promise_ends_it() -> None:
    assert next_step(200, {"Retry-After": "2"}, ATTEMPTS) == Accepted()


@pytest.mark.parametrize("status", [409, 429, 503, 507])
@pytest.mark.parametrize("header", ["Retry-After", "retry-after"])
def test_a_server_that_names_a_time_is_obeyed(status: int, header: str) -> None:
    assert next_step(status, {header: "2"}, 1) == Wait(2.0, asked=True)


def test_nobody_waits_for_ever() -> None:
    assert next_step(503, {"Retry-After": "86400"}, 1) == Wait(LONGEST_PAUSE_SECONDS, asked=True)
    assert isinstance(next_step(503, {"Retry-After": "2"}, ATTEMPTS), GiveUp)


@pytest.mark.parametrize("status", [NO_ANSWER, 502, 503])
def test_a_lost_answer_is_asked_for_again_and_counts_as_a_failure(status: int) -> None:
    assert next_step(status, {}, 1) == Wait(USUAL_PAUSE_SECONDS, asked=False)


def test_a_time_that_is_no_number_of_seconds_is_not_one() -> None:
    assert next_step(503, {"Retry-After": "Mon, 23 Nov 2026 08:00:00 GMT"}, 1) == Wait(USUAL_PAUSE_SECONDS, asked=False)


@pytest.mark.parametrize("status", [400, 409, 413, 422, 500])
def test_a_refusal_is_final(status: int) -> None:
    assert next_step(status, {}, 1) == GiveUp(f"status {status}")
