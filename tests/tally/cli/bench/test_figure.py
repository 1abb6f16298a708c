from tally.cli.bench.figure import at_least, at_most, info, milliseconds


def test_at_most_is_kept_at_the_limit_and_broken_above_it() -> None:
    assert at_most("f", 30, "ms", 30).ok
    assert not at_most("f", 30.01, "ms", 30).ok


def test_at_least_is_kept_at_the_limit_and_broken_below_it() -> None:
    assert at_least("f", 40, "times", 40).ok
    assert not at_least("f", 39.99, "times", 40).ok


def test_a_figure_without_a_limit_is_never_broken() -> None:
    assert info("f", 1e9, "ms").ok


def test_milliseconds_runs_the_work_as_often_as_asked() -> None:
    runs: list[int] = []
    assert milliseconds(lambda: runs.append(1), 7) >= 0
    assert len(runs) == 7
