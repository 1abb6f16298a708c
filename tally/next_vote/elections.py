"""What may follow an election: a run-off, a further vote, fewer seats, the formal election after a pre-selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ballots.contest import Contest, Row, Stage
from ballots.matrix import WRITE_IN
from tally.decide.ordering import fixed_places
from tally.decide.outcome import ElectionOutcome, namer
from tally.decide.steps import Step, step
from tally.next_vote.drafting import Ending, Taken, continued
from tally.next_vote.proposal import Next, Proposal
from tally.rules.election import ElectionRules, ReduceSeats, Shortfall
from tally.rules.ruleset import RuleSet

RUNOFF: Final = Ending("runoff", "（再次投票）", " (run-off)")
FURTHER: Final = Ending("further", "（另行选举）", " (further vote)")
FORMAL: Final = Ending("formal", "（正式选举）", " (formal election)")

_CONSENT: Final = {
    ReduceSeats.PRESIDIUM_OR_ELECTORS: (
        "大会主席团决定或者半数以上选举人同意",
        "the presidium or half of the electors",
    ),
    ReduceSeats.PRESIDIUM: ("大会主席团决定", "the presidium"),
    ReduceSeats.ELECTORS: ("半数以上选举人同意", "half of the electors"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedElection:
    """An election with its outcome, the rules that decided it, and the approvals of everybody by id."""

    contest: Contest
    outcome: ElectionOutcome
    rules: RuleSet
    family: ElectionRules
    approvals: Mapping[str, int]

    def row(self, identity: str) -> Row:
        """The row of a person, made new for one who was written in."""
        place = self.contest.find_row(identity)
        return self.contest.rows[place] if place is not None else Row(identity, identity.removeprefix(WRITE_IN))

    def in_order(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Ids in the order of names of the contest, persons written in among them."""
        written = [(identity, identity.removeprefix(WRITE_IN)) for identity in ids if identity.startswith(WRITE_IN)]
        names = {row.id: row.name for row in self.contest.rows}
        return fixed_places(self.contest.order, names, written, self.family.naming.name_order).ordered(ids)

    def displayed(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Ids as the ballot had them, persons written in at the end."""
        shown = tuple(row.id for row in self.contest.rows if row.id in ids)
        return (*shown, *(identity for identity in ids if identity not in shown))

    def names(self, ids: Sequence[str]) -> list[str]:
        """The names of people."""
        return [namer(self.contest)(identity) for identity in ids]


def tie(decided: DecidedElection, taken: Taken) -> tuple[Proposal, ...]:
    """A run-off among exactly the tied for the open seats, or the presidium's decision; both after a second tie."""
    outcome, contest = decided.outcome, decided.contest
    tied, seats = outcome.runoff_candidates, outcome.runoff_seats
    if not tied:
        return ()
    names = decided.names(tied)
    zh, en = f"{'、'.join(names)} 票数相等，余 {seats} 名", f"{', '.join(names)} are tied for {seats} seat(s)"
    proposals = []
    if outcome.runoff_follows:
        rows = tuple(decided.row(identity) for identity in tied)
        draft = continued(contest, taken, RUNOFF, rows=rows, order=tied, seats=seats, stage=Stage.RUNOFF)
        reason = step(decided.rules, "tie", f"{zh}：就票数相等者再次投票", f"{en}: a further vote among them alone")
        proposals.append(
            Proposal(what=Next.RUNOFF, after=contest.id, reason=reason, seats=seats, people=tied, contest=draft)
        )
    if "tie_decided_by_presidium" in outcome.manual_checks:
        reason = step(decided.rules, "tie", f"{zh}：由大会主席团决定", f"{en}: the presidium decides")
        proposals.append(
            Proposal(what=Next.PRESIDIUM_DECIDES, after=contest.id, reason=reason, seats=seats, people=tied)
        )
    return tuple(proposals)


def shortfall(decided: DecidedElection, taken: Taken, candidates: int | None = None) -> tuple[Proposal, ...]:
    """What the rules offer for empty seats, in their order. A further vote is among all printed candidates who were not
    elected, or the `candidates` with most votes; equal votes at the cut stay together.
    """
    outcome = decided.outcome
    offers: list[Proposal] = []
    for option in outcome.next_options:
        match Shortfall(option):
            case Shortfall.SECOND_VOTE:
                offers += _further(decided, taken, candidates)
            case Shortfall.REDUCE_SEATS:
                offers += _reduce(decided)
            case Shortfall.LEAVE_VACANT:
                reason = _empty(decided, "名额暂缺", "they stay vacant")
                offers.append(
                    Proposal(what=Next.LEAVE_VACANT, after=decided.contest.id, reason=reason, seats=outcome.shortfall)
                )
    return tuple(offers)


def unelected(decided: DecidedElection, candidates: int | None = None) -> tuple[str, ...]:
    """The printed candidates who were not elected, as displayed; with a number, those with most votes."""
    left = [row.id for row in decided.contest.rows if row.id not in decided.outcome.elected_by_votes]
    most = sorted((decided.approvals[identity] for identity in left), reverse=True)[:candidates]
    least = min(most, default=0)
    return tuple(identity for identity in left if decided.approvals[identity] >= least)


def formal(decided: DecidedElection, chosen: Sequence[str], taken: Taken) -> tuple[Proposal, ...]:
    """The formal election with exactly those whom the pre-selection chose, when all its places are filled."""
    contest = decided.contest
    if len(chosen) != contest.seats:
        return ()
    rows = tuple(decided.row(identity) for identity in decided.displayed(chosen))
    order = decided.in_order(chosen)
    draft = continued(contest, taken, FORMAL, rows=rows, order=order, seats=contest.seats, stage=Stage.FORMAL)
    zh = f"预选产生正式候选人 {len(chosen)} 名，经大会主席团确定后进行正式选举，可以等额"
    en = f"{len(chosen)} formal candidates; the presidium confirms them, and the formal election may be of equal number"
    reason = step(decided.rules, "preselect", zh, en)
    return (
        Proposal(
            what=Next.FORMAL, after=contest.id, reason=reason, seats=contest.seats, people=tuple(order), contest=draft
        ),
    )


def _further(decided: DecidedElection, taken: Taken, candidates: int | None) -> tuple[Proposal, ...]:
    left = unelected(decided, candidates)
    if not left:
        return ()
    seats = min(decided.outcome.shortfall, len(left))
    rows = tuple(decided.row(identity) for identity in left)
    order = tuple(identity for identity in decided.contest.order if identity in left)
    draft = continued(decided.contest, taken, FURTHER, rows=rows, order=order, seats=seats, stage=Stage.SUPPLEMENTARY)
    reason = _empty(decided, "就不足的名额另行选举", "a further vote among the unelected")
    return (
        Proposal(
            what=Next.SUPPLEMENTARY,
            after=decided.contest.id,
            reason=reason,
            seats=seats,
            people=left,
            contest=draft,
        ),
    )


def _reduce(decided: DecidedElection) -> tuple[Proposal, ...]:
    left = decided.contest.seats - decided.outcome.shortfall
    if left == 0 and decided.contest.stage is not Stage.SUPPLEMENTARY:
        return ()
    who_zh, who_en = _CONSENT[decided.family.reduce_seats_needs]
    reason = _empty(
        decided, f"接近应选名额的，经{who_zh}，减为 {left} 名", f"if close, {who_en} may reduce them to {left}"
    )
    return (Proposal(what=Next.REDUCE_SEATS, after=decided.contest.id, reason=reason, seats=left),)


def _empty(decided: DecidedElection, zh: str, en: str) -> Step:
    seats, missing = decided.contest.seats, decided.outcome.shortfall
    return step(
        decided.rules,
        "shortfall",
        f"应选 {seats} 名，不足 {missing} 名：{zh}",
        f"{missing} of {seats} seats are empty: {en}",
    )
