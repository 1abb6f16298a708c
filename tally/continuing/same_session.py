"""Whether a record and a folder are of the same session."""

from ballots.contest import Kind
from tally.plan import SessionPlan
from tally.plan.contest_plan import ContestPlan
from tally.plan.problems import shown
from tally.state import State
from voting_core.errors import InputError


def require_same_session(state: State, plan: SessionPlan) -> None:
    """Accept a record whose session and contests are those of a plan. Either may have contests that the other lacks:
    a run-off is defined in the hall, and what was planned may not have been held.

    Raises:
        InputError: naming the first difference.
    """
    facts, info = state.facts, plan.info
    for what, recorded, planned in (
        ("title", facts.title, info.title),
        ("kind", facts.kind, info.kind),
        ("date", facts.date, info.date),
        ("place", facts.place, info.place),
    ):
        if recorded != planned:
            raise _differs(f"{what} {shown(recorded)}", f"says {shown(planned)}")
    common = [contest for contest in plan.contests if contest.id in state.contests]
    if plan.contests and not common:
        raise _differs("contests", "names none of them")
    for contest in common:
        held = state.contests[contest.id].contest
        if held.kind is not contest.kind:
            raise _differs(f"{held.kind.value} {contest.id}", f"says {contest.kind.value}")
        # The one row of a motion has the motion's title for a name.
        if contest.kind is not Kind.MOTION and _planned(contest) != {(row.id, row.name) for row in held.rows}:
            raise _differs(f"rows of {contest.id}", "names others")


def _planned(contest: ContestPlan) -> set[tuple[str, str]]:
    return {(row.number, row.name) for row in contest.rows}


def _differs(recorded: str, planned: str) -> InputError:
    return InputError("--from", f"the record has the {recorded}, and this folder {planned}", _REMEDY)


_REMEDY = "Name the folder from which the recorded session was made"
