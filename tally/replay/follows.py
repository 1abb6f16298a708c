"""Which contest may follow which (SPEC §8.5 rule 14): V6.E.

A vote that continues another one has its people and its seats from the outcome of that one, and not from whoever
defines it: the tied stand in the run-off, the unelected in the supplementary vote, and a void vote is repeated as it
was. A contest that follows none is a vote of its own, and nothing here is asked of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from ballots.contest import At, Contest, Limit, Row, Stage
from ballots.matrix import WRITE_IN
from tally.decide.outcome import ElectionOutcome
from tally.replay.checks import refuse
from tally.replay.expected import outcome_of
from tally.rules.election import Shortfall
from tally.state import ContestState, State


def check_follows(state: State, contest: Contest) -> None:
    """Accept a contest that follows none, or that continues the one it names as that one's outcome says.

    Raises:
        VerificationError: V6.E.
    """
    if not contest.follows:
        return
    before = state.contests.get(contest.follows)
    if before is None:
        _refuse(contest, "which is not in this session")
    earlier = before.contest
    if (contest.kind, contest.body, contest.rules) != (earlier.kind, earlier.body, earlier.rules):
        _refuse(contest, "which has another kind, body or rule set")
    if before.outcome is None:
        _refuse(contest, "whose outcome is not declared")
    _check_alone(state, contest)
    outcome = outcome_of(state, before.id)
    if not outcome.sitting.decides:
        _check_again(contest, earlier)
    elif not isinstance(outcome, ElectionOutcome):
        _refuse(contest, "which is decided, and nothing follows it")
    elif contest.stage is Stage.RUNOFF:
        _check_runoff(contest, before, outcome)
    elif contest.stage is Stage.SUPPLEMENTARY:
        _check_supplementary(contest, before, outcome)
    elif not (contest.stage is Stage.FORMAL and earlier.stage is Stage.PRESELECTION):
        _refuse(contest, f"and as {contest.stage.value} it cannot follow a decided {earlier.stage.value}")


def without_result(state: State, contest: ContestState) -> bool:
    """Whether a vote came to nothing, and so did every vote that continues it: then another one may take its place."""
    following = (other for other in state.contests.values() if other.contest.follows == contest.id)
    return contest.is_void and all(without_result(state, other) for other in following)


def _check_alone(state: State, contest: Contest) -> None:
    """One contest of a stage follows another; a further one only where the first, held again or not, has no result.

    A vote that is held again stands in the place of the void one, so that what follows beside that one counts as well.
    """
    place = contest
    while place.follows:
        for other in state.contests.values():
            same = (other.contest.follows, other.contest.stage) == (place.follows, place.stage)
            if same and other.id != place.id and not without_result(state, other):
                stands = f"which {other.id} follows already"
                _refuse(contest, stands if place is contest else f"and {other.id} stands in its place already")
        before = state.contests[place.follows]
        if not before.is_void:
            return
        place = before.contest


def _check_again(contest: Contest, earlier: Contest) -> None:
    """A vote without a result is held again as it was."""
    if _voted_on(contest) != _voted_on(earlier):
        _refuse(contest, "which has no result, and is held again with the same rows, order, seats, limits and classes")


def _voted_on(contest: Contest) -> tuple[object, ...]:
    fixed = (contest.stage, contest.purpose, contest.seats, contest.classes, contest.limits, contest.order)
    return (*fixed, tuple((row.id, row.name) for row in contest.rows))


def _check_runoff(contest: Contest, before: ContestState, outcome: ElectionOutcome) -> None:
    if not outcome.runoff_candidates:
        _refuse(contest, "which left nobody tied")
    if not outcome.runoff_follows:
        _refuse(contest, "whose tie the presidium decides without a vote")
    if tuple(row.id for row in contest.rows) != outcome.runoff_candidates or contest.order != outcome.runoff_candidates:
        _refuse(contest, "and its rows are not exactly the tied in their order")
    _check_names(contest, before)
    if contest.seats != outcome.runoff_seats:
        _refuse(contest, f"and fills {contest.seats} seats where {outcome.runoff_seats} are open")
    _check_electors(contest, before.contest)


def _check_supplementary(contest: Contest, before: ContestState, outcome: ElectionOutcome) -> None:
    if Shortfall.SECOND_VOTE.value not in outcome.next_options:
        _refuse(contest, "after which there is no further vote: no seat is empty, or its rule set has none")
    if before.reduced is not None:
        _refuse(contest, "whose seats were reduced")
    if {row.id for row in contest.rows} & set(outcome.elected_by_votes):
        _refuse(contest, "and somebody who is elected stands again")
    _check_names(contest, before)
    if not 1 <= contest.seats <= outcome.shortfall:
        _refuse(contest, f"and fills {contest.seats} seats where {outcome.shortfall} are empty")
    _check_electors(contest, before.contest)


def _check_names(contest: Contest, before: ContestState) -> None:
    """Everybody stood before, on the list or written in, under the same id and name."""
    known = dict(people_of(before))
    if any(known.get(row.id) != row.name for row in contest.rows):
        _refuse(contest, "and somebody did not stand there under this id and name")


def _check_electors(contest: Contest, earlier: Contest) -> None:
    if contest.classes != earlier.classes:
        _refuse(contest, "and other classes vote")
    if contest.limits != (Limit(At.MOST, contest.seats, "approve"),):
        _refuse(contest, "and its limit is not as many approvals as seats")


def people_of(contest: ContestState) -> Sequence[tuple[str, str]]:
    """Id and name of everybody who stood in an election, those written in after the rows."""
    rows: tuple[Row, ...] = contest.contest.rows
    return (*((row.id, row.name) for row in rows), *((WRITE_IN + line.name, line.name) for line in contest.written_in))


def _refuse(contest: Contest, problem: str) -> NoReturn:
    refuse("V6.E", f"{contest.id} follows {contest.follows}, {problem}", contest.id)
