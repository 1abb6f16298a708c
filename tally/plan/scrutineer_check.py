"""Nobody counts a vote in which he stands: scrutineers who are candidates or nominees of the same session.

A file knows scrutineers by name alone, and names may repeat. So a name that is also a candidate's is refused, and
another person of that name is written with something that tells the two apart.
"""

from collections.abc import Sequence
from typing import Final

from ballots.contest import Kind
from tally.plan.contest_plan import ContestPlan
from tally.plan.problems import Problems, shown

_STANDING: Final = (Kind.ELECTION, Kind.TICKET_VOTE)
_REMEDY: Final = "Name another scrutineer; of another person of this name write the unit too, as 王海（城关镇）"


def refuse_candidates(place: str, names: Sequence[str], contests: Sequence[ContestPlan], problems: Problems) -> None:
    """Note a problem for each scrutineer who stands in an election or ticket vote of the session."""
    for name in dict.fromkeys(names):
        standing = (
            contest for contest in contests if contest.kind in _STANDING and name in {row.name for row in contest.rows}
        )
        contest = next(standing, None)
        if contest is not None:
            problems.add(place, f"{shown(name)} stands in the contest {shown(contest.id)}", _REMEDY)
