"""The table of disagreements names parameters that there are, and shows which sets differ."""

from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.parameters import all_parameters
from tools.rules.disagreements import DISAGREEMENTS
from tools.rules.pages import disagreements_page

SETS = [load_rule_set(name) for name in available_rule_sets()]


def test_every_point_is_a_parameter():
    keys = {one.key for one in all_parameters()}
    assert len(DISAGREEMENTS) == 18
    for one in DISAGREEMENTS:
        assert one.keys
        assert set(one.keys) <= keys
        assert one.point.zh
        assert one.variants.en


def test_sets_that_differ_are_named():
    page = disagreements_page(SETS)
    (row,) = (line for line in page.splitlines() if line.startswith("| 9 | winner"))
    assert row.endswith("| `runoff_wins_by` |  |")
    (row,) = (line for line in page.splitlines() if line.startswith("| 2 | base"))
    assert "more than 1/2 of those present: `election_grassroots_1990`" in row
    assert "more than 1/2 of those who should attend: all others" in row


def test_a_set_alone_differs_from_nothing():
    assert "all others" not in disagreements_page(SETS[:1])
