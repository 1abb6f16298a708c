"""Nobody watches over the count of a vote in which he stands: looked at when scrutineers and contests enter the log.

The log has names alone, and names repeat. So a clash stops the signature until the officials state that they are
different persons.
"""

from collections.abc import Iterable
from typing import Final

from api.errors import SaidError
from ballots.contest import Contest, Kind
from ballots.screen.words import Said
from tally.entries.ceremony import TrusteeJoined
from tally.entries.contests import ContestDefined
from tally.entries.reading import Body
from tally.state import State

_STANDING: Final = (Kind.ELECTION, Kind.TICKET_VOTE)

CLASH: Final = Said(
    "监票人与候选人同名：{names}。候选人不得监票、计票；如确为不同的人，请勾选说明后再签",
    "A scrutineer has the name of a candidate: {names}. A candidate counts no vote in which he stands; if they are "
    "different persons, say so and sign again",
)


class NameClashError(SaidError):
    """People of one name; the form offers to state that they are different persons."""


def check_standing(state: State, body: Body, *, different: bool, planned: Iterable[Contest] = ()) -> None:
    """Refuse a scrutineer with a candidate's name, and a contest with a scrutineer's. `planned` are still to come.

    Raises:
        NameClashError: there is one, and nobody has stated that they are different persons.
    """
    names = sorted(clashes(state, body, planned))
    if names and not different:
        raise NameClashError(CLASH.filled(names="、".join(names)), status=409)


def clashes(state: State, body: Body, planned: Iterable[Contest] = ()) -> frozenset[str]:
    """The names that scrutineers and candidates share once this body is in the log, through this body."""
    match body:
        case TrusteeJoined():
            contests = (*(held.contest for held in state.contests.values()), *planned)
            standing = (contest for contest in contests if contest.kind in _STANDING)
            return frozenset({body.name}) & {row.name for contest in standing for row in contest.rows}
        case ContestDefined() if body.contest.get("kind") in _STANDING:
            return frozenset(trustee.name for trustee in state.trustees.values()) & set(_names(body))
        case _:
            return frozenset()


def _names(body: ContestDefined) -> Iterable[str]:
    rows = body.contest.get("rows")
    for row in rows if isinstance(rows, list | tuple) else ():
        if isinstance(row, dict) and isinstance(name := row.get("name"), str):
            yield name
