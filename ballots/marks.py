"""The marks of one ballot: complete, known, and within the limits (SPEC §4.4).

Messages are for the people who made the ballot: a delegate at a kiosk, or the author of a file of ballots, whose line
number the caller gives as `place`. They name rows and marks, and so belong on that person's screen and nowhere else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ballots.contest import At, Contest, Limit, Row
from voting_core.errors import InputError

_NAMED = 5
_SHOWN = 40


class BrokenLimit(NamedTuple):
    """A limit that a ballot breaks, and how often the ballot uses its mark."""

    limit: Limit
    used: int


def complete_marks(contest: Contest, given: Mapping[str, str], place: str = "") -> tuple[int, ...]:
    """The mark index of every row in order, from mark ids by row id; a row left out counts as the contest's blank mark.

    Raises:
        InputError: an unknown row or mark, a row left out where every row must be marked, or a broken limit.
    """
    place = place or contest.id
    for row_id in given:
        if contest.find_row(row_id) is None:
            raise InputError(place, f"there is no row {_quoted(row_id)} in this contest", "Use the ids of its table")
    missing = [row for row in contest.rows if row.id not in given]
    if missing and not contest.blank:
        raise InputError(place, f"{_names(missing)} left without a mark", f"Give each one of {_choice(contest.marks)}")
    marks = tuple(_mark_of(contest, row, given.get(row.id, contest.blank), place) for row in contest.rows)
    check_marks(contest, marks, place)
    return marks


def check_marks(contest: Contest, marks: tuple[int, ...], place: str = "") -> None:
    """Accept marks exactly when they are within the rules of the contest.

    Raises:
        InputError: not one mark index for every row, or a broken limit.
    """
    place = place or contest.id
    if len(marks) != len(contest.rows):
        raise InputError(place, f"{len(marks)} marks for {len(contest.rows)} rows", "Give every row exactly one mark")
    for row, mark in zip(contest.rows, marks, strict=True):
        # True and 1.0 equal 1, but they would not be encoded as 1.
        if type(mark) is not int or not 0 <= mark < len(contest.marks):
            raise InputError(
                place, f"row {_name(row)} has the mark number {mark!r}", f"Use 0..{len(contest.marks) - 1}"
            )
    for limit, used in broken_limits(contest, marks):
        raise InputError(place, *_broken_text(limit, used))


def broken_limits(contest: Contest, marks: tuple[int, ...]) -> tuple[BrokenLimit, ...]:
    """The limits that marks break, in the order of the contest; empty for a ballot within the limits."""
    used = Counter(marks)
    found = (BrokenLimit(limit, used[contest.mark_index(limit.mark)]) for limit in contest.limits)
    return tuple(broken for broken in found if not _holds(broken))


def _holds(case: BrokenLimit) -> bool:
    return case.used <= case.limit.count if case.limit.at is At.MOST else case.used >= case.limit.count


def _mark_of(contest: Contest, row: Row, mark_id: str, place: str) -> int:
    found = contest.find_mark(mark_id)
    if found is None:
        raise InputError(
            place, f"row {_name(row)} has the unknown mark {_quoted(mark_id)}", f"Use one of {_choice(contest.marks)}"
        )
    return found


def _broken_text(limit: Limit, used: int) -> tuple[str, str]:
    """Problem and remedy of a broken limit."""
    rows = f"{used} row is" if used == 1 else f"{used} rows are"
    if limit.at is At.MOST:
        bound, remedy = ("at most", "allowed"), f"Give {used - limit.count} of them another mark"
    else:
        bound, remedy = ("at least", "required"), f"Give this mark to {limit.count - used} more"
    verb = "is" if limit.count == 1 else "are"
    return f'{rows} marked "{limit.mark}", {bound[0]} {limit.count} {verb} {bound[1]}', remedy


def _quoted(text: str) -> str:
    """Text that somebody gave, short and without characters that would act on a terminal."""
    cut = text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in cut) + '"'


def _name(row: Row) -> str:
    return f'"{row.id}" ({row.name})'


def _names(rows: list[Row]) -> str:
    shown = ", ".join(_name(row) for row in rows[:_NAMED])
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {shown}{more} {'is' if len(rows) == 1 else 'are'}"


def _choice(marks: Iterable[str]) -> str:
    return ", ".join(f'"{mark}"' for mark in marks)
