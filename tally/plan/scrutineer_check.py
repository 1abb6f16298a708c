"""Nobody counts a vote in which he stands.

* Who has the roll number of a candidate is that candidate, and is refused.
* Who has only the name may be another person, because names repeat: officials are told until they have stated that
  it is not the same one. A name alone decides nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ballots.contest import Kind
from tally.plan.contest_plan import ContestPlan
from tally.plan.problems import Problems
from tally.plan.scrutineers import Counters
from tally.roll.person import Roll

_STANDING: Final = (Kind.ELECTION, Kind.TICKET_VOTE)


class Namesake(NamedTuple):
    """Somebody who counts and has the name of people standing in these contests, perhaps another person."""

    name: str
    titles: tuple[str, ...]


def refuse_standing(
    counters: Counters, where: str, contests: Sequence[ContestPlan], roll: Roll, problems: Problems
) -> None:
    """Note a problem for each person who counts and is, by the roll number, a candidate or nominee."""
    names = {person.number: person.name for person in roll.people}
    for name, number in counters.people:
        for contest in _standing(contests) if number else ():
            # Some tables have numbers of their own; only with the name of the roll is it the number of the roll.
            if any(row.number == number and row.name == names.get(number) for row in contest.rows):
                problem = f"{number} {name} stands in {contest.id}, and nobody counts a vote in which he stands"
                problems.add(where, problem, "Name somebody else")


def unsettled(counters: Counters, contests: Sequence[ContestPlan], roll: Roll) -> tuple[Namesake, ...]:
    """Those who count and may be candidates by their names, where nobody has stated that they are not."""
    return tuple(
        Namesake(name, titles)
        for name, number in dict.fromkeys(counters.people)
        if name not in counters.different and (titles := tuple(_titles(name, number, contests, roll)))
    )


def namesakes(counters: Counters, contests: Sequence[ContestPlan], roll: Roll) -> tuple[str, ...]:
    """A sentence for each of those who are not settled."""
    return tuple(
        f"监票人 {found.name} 与候选人同名（{'、'.join(found.titles)}）：候选人不得担任监票人，请核实是否同一人"
        "  a candidate has the name of this scrutineer; nobody counts a vote in which he stands: check"
        for found in unsettled(counters, contests, roll)
    )


def _titles(name: str, number: str, contests: Sequence[ContestPlan], roll: Roll) -> Iterator[str]:
    """The contests in which somebody of this name stands who is not known to be another person of the roll."""
    others = {person.number for person in roll.people if person.name == name and person.number != number}
    for contest in _standing(contests):
        candidates = [row for row in contest.rows if row.name == name]
        if any(not (number and row.number in others) for row in candidates):
            yield contest.title


def _standing(contests: Sequence[ContestPlan]) -> Iterator[ContestPlan]:
    return (contest for contest in contests if contest.kind in _STANDING)
