"""Where the order of names of a contest is not that of the strokes, for the remarks of a report.

Officials fix the order when they define a contest (SPEC §13.6), and replay does not judge it: lists are printed by
counties, and some characters have no place in any table. A reader of the report is told where the order was made by
hand, because it decides who is announced first and in which order the tied stand.
"""

from __future__ import annotations

from itertools import pairwise

from ballots.contest import Contest
from tally.rules.common import Naming
from tally.rules.families import Family, stroke_naming
from tally.strokes.order import NameKey, name_key
from tally.strokes.table import UnknownCharacterError


def out_of_order(contest: Contest, family: Family) -> tuple[str, ...]:
    """Names that stand directly after a later one by strokes, or that have no place by strokes, in their order."""
    naming = stroke_naming(contest.body, family)
    if naming is None:
        return ()
    names = {row.id: row.name for row in contest.rows}
    keyed = [(names[identity], _key(names[identity], naming)) for identity in contest.order]
    known = [(name, key) for name, key in keyed if key is not None]
    early = {name for (_, before), (name, key) in pairwise(known) if before > key}
    return tuple(name for name, key in keyed if key is None or name in early)


def _key(name: str, naming: Naming) -> NameKey | None:
    try:
        return name_key(name, naming.name_order)
    except UnknownCharacterError:
        return None
