from tally.cli.bench.paper import CARDS_SECONDS, REPORT_SECONDS, ROWS, count_report, paper
from tally.report.model import Table


def test_the_report_has_the_rows_that_the_figure_is_named_for() -> None:
    (table,) = [block for block in count_report().sheets[0].blocks if isinstance(block, Table)]
    assert len(table.rows) == ROWS == 100


def test_both_figures_are_measured_against_their_limits() -> None:
    report, cards = paper()
    assert (report.name, report.limit) == ("print_count_report_100_rows", REPORT_SECONDS)
    assert (cards.name, cards.limit) == ("print_400_cards", CARDS_SECONDS)
    assert report.ok == (report.value <= REPORT_SECONDS)
    assert cards.ok == (cards.value <= CARDS_SECONDS)
