"""Symbols on the lines of a paper ballot, and what one of them says.

``_`` is a line without a symbol, ``?`` one that cannot be read. Two different symbols on one line stand together
(``OX``), or with a plus between words (``fill_box+fill_oval``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tally.decide.attendance import contradiction

UNTOUCHED: Final = "_"
UNREADABLE: Final = "?"
ITEM_INVALID: Final = "item_invalid"


def meaning(symbol: str, legend: Mapping[str, str], blank: str, where: str) -> str:
    """Give the mark that a line says, or ``item_invalid``.

    `legend` has the mark of each symbol; `blank` is what an untouched line means, empty where every line must be
    marked.

    Raises:
        VerificationError: V11.D with `where`, a symbol that the legend does not have.
    """
    if symbol == UNTOUCHED:
        # Where every line must be marked, an empty one cannot be counted as anything.
        return blank or ITEM_INVALID
    if symbol in legend:
        return legend[symbol]
    if symbol == UNREADABLE or _is_several(symbol, legend):
        return ITEM_INVALID
    contradiction(f"{where} has the symbol {symbol!r}, which the legend of this rule set does not have")


def _is_several(symbol: str, legend: Mapping[str, str]) -> bool:
    parts = set(symbol.split("+") if "+" in symbol else symbol)
    return len(parts) > 1 and parts <= legend.keys()
