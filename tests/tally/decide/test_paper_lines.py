"""What one line of a paper ballot says."""

import pytest

from tally.decide.paper_lines import meaning
from voting_core.errors import VerificationError

LEGEND = {"O": "approve", "X": "disapprove", "fill_box": "abstain"}


@pytest.mark.parametrize(
    ("symbol", "mark"),
    [
        ("O", "approve"),
        ("fill_box", "abstain"),
        ("_", "abstain"),
        ("?", "item_invalid"),
        ("OX", "item_invalid"),
        ("XO", "item_invalid"),
        ("O+fill_box", "item_invalid"),
        ("fill_box+X", "item_invalid"),
    ],
)
def test_meanings(symbol, mark):
    assert meaning(symbol, LEGEND, "abstain", "ballot 1") == mark


def test_an_untouched_line_where_every_line_must_be_marked():
    assert meaning("_", LEGEND, "", "ballot 1") == "item_invalid"


@pytest.mark.parametrize("symbol", ["", "A", "OA", "OO", "fill_box+A", "o"])
def test_symbols_that_no_legend_has(symbol):
    with pytest.raises(VerificationError, match="ballot 7 has the symbol"):
        meaning(symbol, LEGEND, "abstain", "ballot 7")
