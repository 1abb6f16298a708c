"""The proposals of a whole session, from its log (pure: nothing is opened, nothing is written).

* A contest has proposals once its outcome is declared, and as long as no contest follows it in the way proposed.
* The formal election after a pre-selection is proposed when all its places are filled, by the pre-selection itself or
  with the run-offs and further votes that follow it.
* Ids and slots are given once, so that all proposals of a session can be confirmed together.
"""

from __future__ import annotations

from collections.abc import Iterator

from ballots.contest import Stage
from ballots.matrix import WRITE_IN
from tally.decide.outcome import ElectionOutcome, TicketVoteOutcome, namer
from tally.decide.steps import Step, step
from tally.decide.ticket_vote import renomination_step
from tally.next_vote import elections
from tally.next_vote.drafting import Ending, Taken, again
from tally.next_vote.elections import DecidedElection
from tally.next_vote.proposal import Next, Proposal
from tally.replay.expected import outcome_of
from tally.rules.election import ElectionRules
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import TicketRules
from tally.state import ContestState, State

AGAIN = Ending("again", "（重新投票）", " (held again)")
_CONTINUING = (Stage.RUNOFF, Stage.SUPPLEMENTARY)
_ENDED_BY = {
    Next.RUNOFF: Stage.RUNOFF,
    Next.PRESIDIUM_DECIDES: Stage.RUNOFF,
    Next.SUPPLEMENTARY: Stage.SUPPLEMENTARY,
    Next.FORMAL: Stage.FORMAL,
}


def next_votes(state: State) -> tuple[Proposal, ...]:
    """What may follow the declared outcomes of a session, in the order of the slots."""
    taken = Taken.by(item.contest for item in state.contests.values())
    proposals: list[Proposal] = []
    for slot in sorted(state.slots):
        contest = state.contests[state.slots[slot]]
        if contest.outcome is None:
            continue
        for proposal in _after(state, contest, taken):
            proposals.append(proposal)
            taken = taken.also(proposal.contest)
    return tuple(proposals)


def _after(state: State, contest: ContestState, taken: Taken) -> Iterator[Proposal]:
    outcome = outcome_of(state, contest.id)
    rules = state.rules[contest.contest.rules.id].rules
    if not outcome.sitting.decides:
        if not _followed(state, contest.id, contest.contest.stage):
            yield _again(contest, rules, outcome.sitting.can_hold, taken)
        return
    family = rules.family
    if isinstance(outcome, ElectionOutcome) and isinstance(family, ElectionRules):  # pragma: no mutate: both or neither
        decided = decided_election(state, contest, outcome, family)
        yield from _election(state, contest, decided, taken)
    if isinstance(outcome, TicketVoteOutcome) and isinstance(family, TicketRules) and outcome.failed:
        names = "、".join(namer(contest.contest)(identity) for identity in outcome.failed)
        words = renomination_step(rules, family)
        reason = Step(
            words.point,
            f"{names} 未通过：{words.zh}",
            f"{names} failed: {words.en}",
            words.article_zh,
            words.article_en,
            words.certainty,
        )
        yield Proposal(what=Next.RENOMINATION, after=contest.id, reason=reason, people=outcome.failed)


def _election(state: State, contest: ContestState, decided: DecidedElection, taken: Taken) -> Iterator[Proposal]:
    found = elections.tie(decided, taken)
    if contest.reduced is None and not _followed(state, contest.id, Stage.SUPPLEMENTARY):
        found += elections.shortfall(decided, taken)
    if contest.contest.stage is Stage.PRESELECTION:
        found += elections.formal(decided, _chosen(state, contest), taken)
    for proposal in found:
        stage = _ENDED_BY.get(proposal.what)
        if stage is None or not _followed(state, contest.id, stage):
            yield proposal


def _again(contest: ContestState, rules: RuleSet, can_hold: bool, taken: Taken) -> Proposal:
    if can_hold:
        zh, en = "收回票数多于规定，投票无效，应重新投票", "more ballots than allowed were returned: void, held again"
    else:
        zh = "未达到规定到会人数，应另行召开会议投票"
        en = "too few were present: to be held again in a meeting with a quorum"
    point = "returned" if can_hold else "quorum"
    draft = again(contest.contest, taken, AGAIN)
    people = tuple(row.id for row in contest.contest.rows)
    return Proposal(
        what=Next.AGAIN,
        after=contest.id,
        reason=step(rules, point, zh, en),
        seats=contest.contest.seats,
        people=people,
        contest=draft,
    )


def decided_election(
    state: State, contest: ContestState, outcome: ElectionOutcome, family: ElectionRules
) -> DecidedElection:
    """A decided election with the approvals of everybody, also of those written in."""
    place = contest.contest.mark_index("approve")
    lines = zip(contest.contest.rows, contest.totals, strict=True)  # pragma: no mutate: totals have one item a row
    approvals = {row.id: counts[place] for row, counts in lines}
    approvals |= {WRITE_IN + line.name: line.approve for line in contest.written_in}
    rules = state.rules[contest.contest.rules.id].rules
    return DecidedElection(contest=contest.contest, outcome=outcome, rules=rules, family=family, approvals=approvals)


def _chosen(state: State, contest: ContestState) -> tuple[str, ...]:
    """Those elected in a contest and in the run-offs and further votes that follow it."""
    outcome = outcome_of(state, contest.id)
    if not isinstance(outcome, ElectionOutcome):
        return ()
    elected = outcome.elected_by_votes
    for other in state.contests.values():
        follows = other.contest.follows == contest.id and other.contest.stage in _CONTINUING
        if follows and other.outcome is not None and not other.is_void:
            elected += _chosen(state, other)
    return elected


def _followed(state: State, contest_id: str, stage: Stage) -> bool:
    """Whether a contest of this stage follows and has not come to nothing."""
    return any(
        (other.contest.follows, other.contest.stage) == (contest_id, stage) and not other.is_void
        for other in state.contests.values()
    )
