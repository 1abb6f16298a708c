"""The table of characters in the order of strokes."""

from typing import Final

TABLE_ID: Final = "plenum-strokes-1"
"""The name of the table. A rule set carries it, so that a later table cannot change the outcome of an old record."""
