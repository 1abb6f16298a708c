from tally.cli.system import SystemRng, unix_time


def test_system_rng_gives_as_many_bytes_as_asked_for_and_never_the_same() -> None:
    draws = {SystemRng().bytes(32) for _ in range(64)}
    assert len(draws) == 64
    assert {len(draw) for draw in draws} == {32}


def test_unix_time_is_whole_seconds_and_does_not_run_backwards() -> None:
    first = unix_time()
    assert isinstance(first, int)
    assert unix_time() >= first > 1_700_000_000
