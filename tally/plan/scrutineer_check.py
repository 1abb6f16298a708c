"""Nobody counts a vote in which he stands: scrutineers who have the name of a candidate or nominee.

A session file knows scrutineers by name alone, and names may repeat, so that a name alone decides nothing. Officials
are told where one stands in both places, and see to it that it is not the same person.
"""

from collections.abc import Sequence
from typing import Final

from ballots.contest import Kind
from tally.plan.contest_plan import ContestPlan

_STANDING: Final = (Kind.ELECTION, Kind.TICKET_VOTE)


def namesakes(names: Sequence[str], contests: Sequence[ContestPlan]) -> tuple[str, ...]:
    """A sentence for each scrutineer who has the name of somebody standing in an election or ticket vote."""
    notes = []
    for name in dict.fromkeys(names):
        titles = [
            contest.title
            for contest in contests
            if contest.kind in _STANDING and name in {row.name for row in contest.rows}
        ]
        if titles:
            notes.append(
                f"监票人 {name} 与候选人同名（{'、'.join(titles)}）：候选人不得担任监票人，请核实是否同一人"
                "  a candidate has the name of this scrutineer; nobody counts a vote in which he stands: check"
            )
    return tuple(notes)
