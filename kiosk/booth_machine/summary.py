"""A ballot in words, before it is sealed: each mark with the rows that have it, blank rows, and what still hinders.

Whoever reads it needs no legend: names stand behind the mark that they were given, and a row without a mark stands
behind what it will count as.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ballots.contest import At, Contest
from ballots.marks import complete_marks
from ballots.screen.ballot import button_of
from ballots.screen.words import Said, times
from kiosk.booth_machine.marking import used
from voting_core.errors import InputError


@dataclass(frozen=True, slots=True)
class Line:
    """One mark of the summary: what it is called, and the names of the rows that have it. Blank rows have no mark."""

    said: Said
    names: tuple[str, ...]
    blank: bool


def summary(contest: Contest, marks: Mapping[str, str]) -> tuple[Line, ...]:
    """The ballot in words, in the order of the marks; what was left blank comes last."""
    lines = []
    for mark in (*contest.marks, ""):
        names = tuple(row.name for row in contest.rows if marks.get(row.id, "") == mark)
        if names:
            said = button_of(contest, mark).said if mark else blank_words(contest)
            lines.append(Line(said, names, not mark))
    return tuple(lines)


def blank_words(contest: Contest) -> Said:
    """What a row without a mark is called."""
    if not contest.blank:
        return Said("没有表态", "Not marked")
    word = button_of(contest, contest.blank).said
    return Said(f"没有表态，视为“{word.zh}”", f"Not marked, counts as: {word.en}")


def hindrance(contest: Contest, marks: Mapping[str, str]) -> Said | None:
    """What keeps the ballot from being sealed; None when nothing does."""
    blank = sum(row.id not in marks for row in contest.rows)
    if blank and not contest.blank:
        return Said(f"还有 {blank} 行没有表态，每一行都须表态", f"{blank} row(s) have no mark yet; every row needs one")
    for limit in contest.limits:
        now = used(contest, marks, limit.mark)
        word = button_of(contest, limit.mark).said
        if limit.at is At.LEAST and now < limit.count:
            return Said(
                f"“{word.zh}”至少 {limit.count} 个，现在是 {now} 个，还差 {limit.count - now} 个",
                f"“{word.en}” at least {times(limit.count)}, now {now}: {limit.count - now} more",
            )
        if limit.at is At.MOST and now > limit.count:
            return Said(
                f"“{word.zh}”最多 {limit.count} 个，现在是 {now} 个，请改去 {now - limit.count} 个",
                f"“{word.en}” at most {times(limit.count)}, now {now}: change {now - limit.count}",
            )
    try:
        complete_marks(contest, dict(marks))
    except InputError as error:
        return Said("选票还不符合规则，请返回检查", f"The ballot does not fit the rules yet ({error.problem})")
    return None
