"""What a contest would fix, for those who sign that it is defined: seats, names in their order, rules.

The log names the contest alone, for the whole of it stands in the entry; but nobody should sign what is not in sight.
"""

from typing import Final

from ballots.screen.words import Said
from tally.entries.contests import ContestDefined
from tally.entries.reading import Body
from tally.entry_words.sentences import tell
from tally.entry_words.told import Told
from tally.state import State
from voting_core.codec import JsonObject, JsonValue

_SEATS: Final = Said("应选名额", "Seats")
_NAMES: Final = Said("名单，按选票上的次序", "Names, in the order of the ballot")
_RULES: Final = Said("规则", "Rules")


def tell_proposed(state: State, body: Body) -> Told:
    """Say what an entry would say, for those who are asked to sign it."""
    told = tell(state, body)
    if isinstance(body, ContestDefined):
        return Told(told.said, (*defined_facts(body.contest), *told.facts))
    return told


def defined_facts(contest: JsonObject) -> tuple[tuple[Said, str], ...]:
    """The facts of a contest that nobody has judged yet; what is not of the right form is left out."""
    seats, rules = contest.get("seats"), contest.get("rules")
    names = _names(contest)
    facts = [
        (_SEATS, str(seats) if isinstance(seats, int) and seats else ""),
        (_NAMES, f"{'、'.join(names)}（{len(names)}）" if names else ""),
        (_RULES, str(rules.get("id", "")) if isinstance(rules, dict) else ""),
    ]
    return tuple((label, value) for label, value in facts if value)


def _names(contest: JsonObject) -> list[str]:
    """The names in the order in which the ballot has them."""
    rows, order = contest.get("rows"), contest.get("order")
    by_id = {_text(row, "id"): _text(row, "name") for row in rows} if isinstance(rows, list) else {}
    placed = [by_id.pop(place, "") for place in order if isinstance(place, str)] if isinstance(order, list) else []
    return [name for name in (*placed, *by_id.values()) if name]


def _text(row: JsonValue, key: str) -> str:
    value = row.get(key) if isinstance(row, dict) else None
    return value if isinstance(value, str) else ""
