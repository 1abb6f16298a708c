"""What the outcomes of a record leave to the next session, joined to what an earlier one had left to this."""

from collections.abc import Iterator
from typing import Final

from ballots.contest import Kind, Stage
from ballots.matrix import WRITE_IN
from tally.decide.outcome import ElectionOutcome, EvaluationOutcome, Outcome, TicketVoteOutcome, namer
from tally.plan import SessionPlan
from tally.plan.scales import APPROVE
from tally.replay.expected import outcome_of
from tally.roll.earlier import EarlierTrust, FailedNominee, Nominee, nominee_of
from tally.roll.succession import Alternate
from tally.rules.election import ALTERNATE_BODY
from tally.rules.evaluation import EvaluationRules
from tally.state import ContestState, State

"""The body of the contests that elect alternates."""

TRUST: Final = "trust4"
"""The scale of trust evaluations."""


def alternates_of(state: State, plan: SessionPlan) -> tuple[Alternate, ...]:
    """The elected alternates in the order of succession, by votes and then strokes.

    Those of a run-off or a supplementary vote follow those who were elected before them, because their votes are of
    another count. Without such an election the alternates of the earlier session stay what they were.
    """
    found: list[Alternate] = []
    held = False
    for contest, outcome in _decided(state):
        definition = contest.contest
        if not isinstance(outcome, ElectionOutcome) or definition.body != ALTERNATE_BODY:
            continue
        if definition.stage is Stage.PRESELECTION:
            continue
        held = held or outcome.sitting.decides
        votes, name = _votes(contest), namer(definition)
        found += (Alternate(row, name(row), votes[row], plan.info.id, "") for row in outcome.elected_by_votes)
    return tuple(found) if held or plan.earlier is None else plan.earlier.alternates


def failed_of(state: State, plan: SessionPlan) -> tuple[FailedNominee, ...]:
    """Everybody who ever failed, with this session's failures counted once."""
    found = list(plan.earlier.failed) if plan.earlier else []
    for nominee in _failures(state):
        same = next((at for at, one in enumerate(found) if one.nominee.may_be(nominee)), None)
        if same is None:
            found.append(FailedNominee(nominee, 1, (plan.info.id,), ""))
        elif plan.info.id not in found[same].sessions:
            before = found[same]
            found[same] = FailedNominee(before.nominee, before.times + 1, (*before.sessions, plan.info.id), "")
    return tuple(found)


def trust_of(state: State, plan: SessionPlan) -> tuple[EarlierTrust, ...]:
    """The trust evaluations of this session; without one, those that an earlier session had left."""
    found: list[EarlierTrust] = []
    for contest, outcome in _decided(state):
        family = state.rules[contest.contest.rules.id].rules.family
        if not isinstance(outcome, EvaluationOutcome) or not isinstance(family, EvaluationRules):
            continue
        if family.scale != TRUST:
            continue
        name = namer(contest.contest)
        found += (EarlierTrust(name(row.row), contest.id, plan.info.id, row) for row in outcome.rows)
    return tuple(found) if found or plan.earlier is None else plan.earlier.trust


def _decided(state: State) -> Iterator[tuple[ContestState, Outcome]]:
    """The contests with a declared outcome, in the order of their slots."""
    contests = sorted(state.contests.values(), key=lambda contest: contest.contest.slot)
    return ((contest, outcome_of(state, contest.id)) for contest in contests if contest.outcome is not None)


def _failures(state: State) -> Iterator[Nominee]:
    for contest, outcome in _decided(state):
        if isinstance(outcome, TicketVoteOutcome) and contest.contest.kind is Kind.TICKET_VOTE:
            rows = {row.id: row for row in contest.contest.rows}
            for row in (rows[failed] for failed in outcome.failed):
                details = ((detail.label, detail.text) for detail in row.details)
                yield nominee_of(row.name, details, contest.contest.title.zh)


def _votes(contest: ContestState) -> dict[str, int]:
    """Approvals by the id of the row; a person written in has the votes of the count sheets."""
    definition = contest.contest
    approve = definition.mark_index(APPROVE)
    votes = {row.id: counts[approve] for row, counts in zip(definition.rows, contest.totals, strict=True)}
    for line in contest.written_in:
        votes[f"{WRITE_IN}{line.name}"] = line.approve
    return votes
