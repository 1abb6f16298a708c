"""Figures in the form that Prometheus reads, and ballots in groups."""

from api.watching.figures import SECONDS, Histogram, described, sample, samples_of, summed

KIND = (("kind", "ballots"),)


def test_a_sample_is_a_line() -> None:
    assert sample("plenum_x", (), 3) == "plenum_x 3"
    assert sample("plenum_x", (("kind", "log"), ("le", "0.5")), 0.25) == 'plenum_x{kind="log",le="0.5"} 0.25'
    assert described("plenum_x", "gauge", "Something") == ["# HELP plenum_x Something", "# TYPE plenum_x gauge"]


def test_buckets_hold_what_is_at_most_their_bound() -> None:
    histogram = Histogram()
    for seconds in (0.004, 0.05, 3.0, 60.0):
        histogram.observe(KIND, seconds)
    lines = list(samples_of("h", histogram.told))
    assert 'h_bucket{kind="ballots",le="0.005"} 1' in lines
    assert 'h_bucket{kind="ballots",le="0.05"} 2' in lines
    assert 'h_bucket{kind="ballots",le="10"} 3' in lines
    assert 'h_bucket{kind="ballots",le="+Inf"} 4' in lines
    assert 'h_count{kind="ballots"} 4' in lines
    assert len(lines) == len(SECONDS) + 3


def test_nothing_is_told_before_a_group_is_whole() -> None:
    histogram = Histogram(told_by=8)
    for number in range(1, 20):
        histogram.observe(KIND, 0.1)
        told = [line for line in samples_of("h", histogram.told) if line.startswith("h_count")]
        assert told == ([f'h_count{{kind="ballots"}} {number // 8 * 8}'] if number >= 8 else [])


def test_several_processes_are_told_as_one() -> None:
    one, two = Histogram(), Histogram()
    one.observe(KIND, 0.02)
    two.observe(KIND, 3.0)
    two.observe((("kind", "log"),), 0.001)
    lines = list(samples_of("h", summed([one.told, two.told, {}])))
    assert 'h_count{kind="ballots"} 2' in lines
    assert 'h_bucket{kind="ballots",le="0.025"} 1' in lines
    assert 'h_sum{kind="ballots"} 3.02' in lines
    assert 'h_count{kind="log"} 1' in lines
    # None of them is changed by it.
    assert one.told[KIND].number == 1
