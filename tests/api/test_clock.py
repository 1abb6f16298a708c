from api.clock import SystemClock


def test_the_clock_runs_forward() -> None:
    clock = SystemClock()
    assert clock.monotonic() <= clock.monotonic()
