from tally.cli.bench.deciding import BALLOTS, ROWS, decided, hundred_rows


def test_the_contest_has_the_size_that_the_figure_is_named_for() -> None:
    contest = hundred_rows()
    assert len({row.name for row in contest.rows}) == len(contest.rows) == ROWS == 100
    assert BALLOTS == 5_000


def test_a_large_election_is_decided_and_measured() -> None:
    (figure,) = decided()
    assert (figure.name, figure.unit, figure.limit) == ("decide_100_rows", "ms", 2.0)
    assert figure.value > 0
