"""Two sentences about an election in a file of cases: what must never be done, and what a pre-selection means.

Both are made from the numbers and names of the case, in English, as such files have them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tally.decide.election_sheet import PRESELECTION, ElectionSheet
from tally.decide.outcome import ElectionOutcome, Results

_CARDINALS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_ORDINALS: Final = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_TEENS: Final = (11, 12, 13)


def prose(outcome: ElectionOutcome, sheet: ElectionSheet, name: Callable[[str], str]) -> Results:
    """``never`` where seats stay empty though somebody was not elected, ``meaning`` for a pre-selection."""
    result: Results = {}
    if not outcome.sitting.decides:
        return result
    never = _never(outcome, sheet, name)
    if never:
        result["never"] = never
    if sheet.stage == PRESELECTION:
        result["meaning"] = _meaning(outcome)
    return result


def _never(outcome: ElectionOutcome, sheet: ElectionSheet, name: Callable[[str], str]) -> str:
    """Whom ranking would put into the empty seats."""
    votes = [(c.approve, c.id) for c in sheet.candidates] + [(w.approve, w.id) for w in sheet.write_ins]
    elected = set(outcome.elected_by_votes)
    unelected = sorted((-count, place, i) for place, (count, i) in enumerate(votes) if i not in elected)
    next_best = [name(identity) for _, _, identity in unelected[: outcome.shortfall]]
    if not next_best:
        return ""
    first = len(elected) + 1
    seats = _list([_ordinal(first + place) for place in range(len(next_best))])
    return f"fill the {seats} seat{'s' if len(next_best) > 1 else ''} with {_list(next_best)} by ranking"


def _meaning(outcome: ElectionOutcome) -> str:
    """Who stands in the formal election, and what comes before it."""
    elected = len(outcome.elected_by_votes)
    parts = [f"the {_cardinal(elected)} become 正式候选人" if elected else "nobody becomes 正式候选人"]
    if outcome.runoff_candidates:
        who = "a further vote among" if outcome.runoff_follows else "the presidium decides between"
        tied = _cardinal(len(outcome.runoff_candidates))
        parts.append(f"{who} the {tied} tied for {_cardinal(outcome.runoff_seats)} more")
    if outcome.shortfall:
        parts.append(f"{_cardinal(outcome.shortfall)} still to be chosen by a further vote")
    return "; ".join([*parts, "the presidium confirms", "formal election may then be equal-number"])


def _cardinal(number: int) -> str:
    return _CARDINALS[number] if number < len(_CARDINALS) else str(number)


def _ordinal(number: int) -> str:
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in _TEENS else "th"
    return f"{number}{ending}"


def _list(words: list[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])
