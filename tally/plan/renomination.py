"""Nominees of a ticket vote who failed before for the same post: barred, or put forward for a second try.

The rule set of the contest says how often one may fail and whether a second try needs another meeting.
"""

from collections.abc import Iterator, Mapping

from ballots.contest import Kind
from tally.decide.ticket_vote import may_nominate_again
from tally.plan.contest_plan import ContestPlan
from tally.plan.people import PlanRow
from tally.plan.problems import Problems, shown
from tally.roll.earlier import Earlier, FailedNominee, Nominee, nominee_of
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import SecondTry, TicketRules


def refuse_barred(
    contests: tuple[ContestPlan, ...],
    session: str,
    earlier: Earlier | None,
    rule_sets: Mapping[str, RuleSet],
    problems: Problems,
) -> None:
    """Note a problem for each nominee whom the rules do not let be put forward again in the session of this id."""
    seen: list[Nominee] = []
    for contest, row, nominee in _nominees(contests):
        rules = rule_sets.get(contest.rule_set)
        if rules is None or not isinstance(rules.family, TicketRules):
            continue
        separate = rules.family.second_try is SecondTry.SEPARATE_MEETING
        failed = earlier.failed_before(nominee) if earlier else None
        place = f"{contest.place}, row {row.number} ({row.name})"
        if failed is not None and not may_nominate_again(failed.times, rules.family):
            problem = f"{_failures(failed)}, and {rules.id} bars the same post after two failures"
            problems.add(place, problem, _REMEDY)
        elif failed is not None and separate and session in failed.sessions:
            problem = f"{_failures(failed)}, and {rules.id} asks for another meeting before a second try"
            problems.add(place, problem, _REMEDY)
        elif separate and any(nominee.may_be(other) for other in seen):
            problem = f"is put forward twice for {shown(nominee.post)}, and {rules.id} asks for another meeting"
            problems.add(place, problem, "Remove one of the two rows")
        seen.append(nominee)


def second_tries(contests: tuple[ContestPlan, ...], earlier: Earlier | None) -> tuple[str, ...]:
    """A sentence for each nominee who has failed for the same post before."""
    if earlier is None:
        return ()
    return tuple(
        f"{contest.place}, row {row.number} ({row.name}): {_failures(failed)}; this is another try"
        for contest, row, nominee in _nominees(contests)
        if (failed := earlier.failed_before(nominee)) is not None
    )


_REMEDY = "Remove the nominee; another person of this name is told apart under 性别 or 民族"


def _nominees(contests: tuple[ContestPlan, ...]) -> Iterator[tuple[ContestPlan, PlanRow, Nominee]]:
    for contest in contests:
        if contest.kind is Kind.TICKET_VOTE:
            for row in contest.rows:
                yield contest, row, nominee_of(row.name, row.details, contest.title)


def _failures(failed: FailedNominee) -> str:
    times = "once" if failed.times == 1 else f"{failed.times} times"
    where = f" ({', '.join(failed.sessions)})" if failed.sessions else ""
    return f"failed {times} for {shown(failed.nominee.post)}{where}, {failed.place}"
