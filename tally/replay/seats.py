"""Fewer seats after an election that did not fill them (SPEC §8.5 rule 15, §13.5): V11.E."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NoReturn

from ballots.contest import Kind, Stage
from tally.decide.outcome import ElectionOutcome
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.outcome import PRESIDIUM, SeatsReduced
from tally.replay import signers
from tally.replay.checks import contest_in, refuse, with_contest
from tally.replay.expected import attendance_of, outcome_of
from tally.replay.follows import without_result
from tally.replay.rule import Rule, rule
from tally.rules.election import ElectionRules, ReduceSeats, Shortfall
from tally.state import ContestState, State, Status


def _reduce(state: State, entry: Entry, body: SeatsReduced) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.DECIDED, Status.PUBLISHED)
    if contest.reduced is not None:
        refuse("V4.D", f"the seats of {contest.id} are reduced already")
    outcome = outcome_of(state, contest.id)
    family = state.rules[contest.contest.rules.id].rules.family
    if not isinstance(outcome, ElectionOutcome) or not isinstance(family, ElectionRules):
        _refuse(body, "is no election")
    if Shortfall.REDUCE_SEATS.value not in outcome.next_options:
        _refuse(body, "has no empty seat, or its rule set does not reduce seats")
    filled = contest.contest.seats - outcome.shortfall
    if body.seats != filled:
        _refuse(body, f"has {filled} seats filled, and {body.seats} are to be left")
    if filled == 0 and contest.contest.stage is not Stage.SUPPLEMENTARY:
        _refuse(body, "has no seat filled: that is not close to the number")
    for other in state.contests.values():
        further = (other.contest.follows, other.contest.stage) == (contest.id, Stage.SUPPLEMENTARY)
        if further and not without_result(state, other):
            _refuse(body, f"has {other.id} as a further vote for its empty seats")
    _check_consent(state, body, family.reduce_seats_needs)
    return with_contest(state, replace(contest, reduced=body))


def _check_consent(state: State, body: SeatsReduced, needs: ReduceSeats) -> None:
    """The presidium, or half of the electors by a motion of this session, as the rule set asks for."""
    if body.by == PRESIDIUM:
        if needs is ReduceSeats.ELECTORS:
            _refuse(body, "needs the consent of half of the electors")
        if body.motion:
            _refuse(body, "is reduced by the presidium, and no motion belongs to that")
        return
    if needs is ReduceSeats.PRESIDIUM:
        _refuse(body, "needs the decision of the presidium")
    motion = state.contests.get(body.motion)
    if motion is None or motion.contest.kind is not Kind.MOTION:
        _refuse(body, "names no motion of this session by which the electors consented")
    if motion.opened_at < state.contest(body.contest).declared_at:
        _refuse(body, f"names {motion.id}, which was put to the vote before the outcome was declared")
    if not _half_consented(state, motion):
        _refuse(body, f"names {motion.id}, which was not approved by half of those who should attend")


def _half_consented(state: State, motion: ContestState) -> bool:
    """Whether a decided motion has the approvals of at least half of those who should attend."""
    if motion.outcome is None or motion.is_void:
        return False
    approve = motion.totals[0][motion.contest.mark_index("approve")]
    return 2 * approve >= attendance_of(state, motion.id).should_attend


def _refuse(body: SeatsReduced, problem: str) -> NoReturn:
    refuse("V11.E", f"seats.reduced: {body.contest} {problem}", body.contest)


RULES: Final[dict[EntryType, Rule]] = {EntryType.SEATS_REDUCED: rule(SeatsReduced, signers.two_officials, _reduce)}
"""The rule of this type."""
