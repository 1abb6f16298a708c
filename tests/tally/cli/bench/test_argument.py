from tally.cli.bench.argument import aggregate, alone


def test_alone_measures_one_ballot_against_its_limit() -> None:
    (figure,) = alone()
    assert figure.name == "verify_alone_60_rows"
    assert figure.value > 1
    assert figure.limit == 30


def test_aggregate_measures_the_additions_of_one_ballot() -> None:
    (figure,) = aggregate()
    assert figure.value > 0.1
