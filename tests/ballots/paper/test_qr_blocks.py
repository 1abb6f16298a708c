"""A QR code in a terminal has exactly the modules of its matrix."""

from ballots.paper.qr import QUIET, qr_text_matrix
from ballots.paper.qr_blocks import qr_blocks

UPPER, LOWER = {"▀", "█"}, {"▄", "█"}


def test_every_module_is_where_it_belongs() -> None:
    matrix = qr_text_matrix("SHA256:" + "0A" * 32)
    lines = qr_blocks(matrix)
    side = len(matrix) + 2 * QUIET
    assert {len(line) for line in lines} == {side}
    rows = [[character in half for character in line] for line in lines for half in (UPPER, LOWER)]
    inner = [tuple(row[QUIET:-QUIET]) for row in rows[QUIET : QUIET + len(matrix)]]
    assert tuple(inner) == matrix
    border = rows[:QUIET] + rows[QUIET + len(matrix) :]
    assert len(border) >= 2 * QUIET
    assert not any(any(row) for row in border)
    assert not any(any(row[:QUIET]) or any(row[-QUIET:]) for row in rows)
