from tally.cli.bench.importing import DELEGATES, importing, preview


def test_the_roll_has_the_size_that_the_figure_is_named_for() -> None:
    found = preview()
    assert len(found.accepted) + len(found.refused) == DELEGATES == 5_000
    assert [row.line for row in found.refused] == [8, 4_001]


def test_it_is_measured() -> None:
    (figure,) = importing()
    assert (figure.name, figure.limit) == ("import_5000_delegates", 2_000.0)
    assert figure.value > 0
