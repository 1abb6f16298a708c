"""Figures in the form that Prometheus reads, and ballots in groups."""

from api.watching.figures import SECONDS, Histogram, described, sample

KIND = (("kind", "ballots"),)


def test_a_sample_is_a_line() -> None:
    assert sample("plenum_x", (), 3) == "plenum_x 3"
    assert sample("plenum_x", (("kind", "log"), ("le", "0.5")), 0.25) == 'plenum_x{kind="log",le="0.5"} 0.25'
    assert described("plenum_x", "gauge", "Something") == ["# HELP plenum_x Something", "# TYPE plenum_x gauge"]


def test_buckets_hold_what_is_at_most_their_bound() -> None:
    histogram = Histogram("h", "text")
    for seconds in (0.004, 0.05, 3.0, 60.0):
        histogram.observe(KIND, seconds)
    lines = list(histogram.samples())
    assert 'h_bucket{kind="ballots",le="0.005"} 1' in lines
    assert 'h_bucket{kind="ballots",le="0.05"} 2' in lines
    assert 'h_bucket{kind="ballots",le="10"} 3' in lines
    assert 'h_bucket{kind="ballots",le="+Inf"} 4' in lines
    assert 'h_count{kind="ballots"} 4' in lines
    assert len(lines) == len(SECONDS) + 3


def test_nothing_is_told_before_a_group_is_whole() -> None:
    histogram = Histogram("h", "text", told_by=8)
    for number in range(1, 20):
        histogram.observe(KIND, 0.1)
        told = [line for line in histogram.samples() if line.startswith("h_count")]
        assert told == ([f'h_count{{kind="ballots"}} {number // 8 * 8}'] if number >= 8 else [])
