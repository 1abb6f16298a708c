"""Defining, opening, pausing, abandoning contests; attendance (SPEC §4.1, §8.5 rules 3, 5, 6, 13, 14)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ballots.compile import compile_contest
from ballots.contest import Contest, parse_contest
from tally.decide.engine import check_fit
from tally.entries.contests import (
    POSTPONED,
    AttendanceDeclared,
    ContestAbandoned,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    ContestResumed,
)
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.replay import signers
from tally.replay.card_balance import CardBalance, card_balances
from tally.replay.checks import acted, confirmed_key, contest_in, refuse, short, with_contest
from tally.replay.follows import check_follows
from tally.replay.rule import Rule, rule
from tally.state import Abandonment, ContestState, State, Status


def _define(state: State, entry: Entry, body: ContestDefined) -> State:
    confirmed_key(state, entry.type)
    contest = parse_contest(body.contest)
    relation = compile_contest(contest)
    _check_rules(state, contest)
    if contest.id in state.contests:
        refuse("V6.C", f"the contest {contest.id} is defined already; a new vote is a new contest", contest.id)
    if contest.slot in state.slots:
        refuse("V6.C", f"slot {contest.slot} is that of the contest {state.slots[contest.slot]}", contest.id)
    check_follows(state, contest)
    state = with_contest(state, ContestState(contest=contest, relation=relation))
    return replace(
        state,
        slots=state.slots.set(contest.slot, contest.id),
        contest_hashes=state.contest_hashes.set(contest.hash, contest.id),
    )


def _check_rules(state: State, contest: Contest) -> None:
    """The rule set of a contest is adopted, by id and hash, and decides such contests (V6.B)."""
    adopted = state.rules.get(contest.rules.id)
    if adopted is None:
        refuse("V6.B", f"{contest.id}: the rule set {contest.rules.id} is not adopted", contest.id)
    if adopted.hash != contest.rules.hash:
        refuse(
            "V6.B",
            f"{contest.id} names the rule set {contest.rules.id} with hash {short(contest.rules.hash)}; "
            f"adopted is {short(adopted.hash)}",
            contest.id,
        )
    check_fit(contest, adopted.rules)


def _declare(state: State, entry: Entry, body: AttendanceDeclared) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.DEFINED)
    if body.present > body.should_attend:
        refuse("V7.C", f"{contest.id}: {body.present} are present, and {body.should_attend} should attend", contest.id)
    classes = tuple(cards.class_id for cards in body.cards)
    if classes != contest.contest.classes:
        declared = f"{contest.id}: cards are declared of the classes {', '.join(classes)}"
        refuse("V7.C", f"{declared}; the contest has {', '.join(contest.contest.classes)}", contest.id)
    _check_boxes(contest, body)
    return with_contest(state, replace(acted(state, entry, contest), attendance=body))


def _check_boxes(contest: ContestState, body: AttendanceDeclared) -> None:
    """Paper has boxes, each known by its name (V7.C); what a kiosk takes has none."""
    boxes = [box.box for box in body.boxes]
    if contest.is_by_hand != bool(boxes):
        wanted = "paper ballots have at least one box" if contest.is_by_hand else "only paper ballots have boxes"
        refuse("V7.C", f"{contest.id}: {wanted}", contest.id)
    if len(set(boxes)) != len(boxes):
        refuse("V7.C", f"{contest.id}: a box is declared twice", contest.id)


def _open(state: State, entry: Entry, body: ContestOpened) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.DEFINED)
    if contest.attendance is None:
        refuse("V4.D", f"{contest.id} opens after attendance.declared")
    if not contest.is_by_hand:
        if not state.kiosks:
            refuse("V4.D", f"{contest.id} opens after a kiosk is registered")
        left = state.facts.trustees - len(state.destroyed_keys)
        if left < state.facts.threshold:
            refuse("V4.D", f"{contest.id} cannot open: {left} trustees still have their keys, too few to decrypt it")
        for balance in card_balances(state, contest.id):
            _check_cards(contest.id, balance)
    contest = replace(acted(state, entry, contest), status=Status.OPEN, opened_at=state.size - 1)
    return with_contest(state, contest)


def _check_cards(contest_id: str, cards: CardBalance) -> None:
    """generated − voided − reserve = drawn + test (V7.C), so that nobody holds a card that nobody knows of."""
    if cards.unaccounted != 0:
        refuse(
            "V7.C",
            f"{contest_id}, class {cards.class_id}: {cards.generated} generated - {cards.voided} voided - "
            f"{cards.reserve} in reserve is not {cards.drawn} drawn + {cards.test} for tests; "
            "count the cards again, or void what is left over",
            contest_id,
        )


def _pause(state: State, entry: Entry, body: ContestPaused) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.OPEN)
    return with_contest(state, replace(acted(state, entry, contest), status=Status.PAUSED))


def _resume(state: State, entry: Entry, body: ContestResumed) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.PAUSED)
    return with_contest(state, replace(acted(state, entry, contest), status=Status.OPEN))


def _abandon(state: State, entry: Entry, body: ContestAbandoned) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.DEFINED, Status.OPEN, Status.PAUSED, Status.CLOSED)
    if body.reason == POSTPONED and contest.status is not Status.DEFINED:
        refuse("V4.D", f"{contest.id} has opened; a vote is postponed before anybody casts a ballot")
    # Whoever can read the totals must not be able to make them vanish: with k good shares, anybody can.
    if len(contest.good_shares) >= state.facts.threshold:
        refuse("V4.D", f"{contest.id} is not abandoned any more: the shares in the log tell its totals; count it")
    if contest.is_by_hand and contest.is_voting and not contest.uncounted_boxes:
        refuse("V4.D", f"{contest.id} is not abandoned any more: every box is counted; settle a box or correct a sheet")
    if contest.closing is not None and entry.seen is not None and entry.seen.size < contest.closing.size:
        message = f"{entry.type.value} of {contest.id} was signed over {entry.seen.size} entries"
        refuse("V4.D", f"{message}, before it was closed; sign again over the log as it is")
    abandoned = Abandonment(body.reason, contest.status)
    return with_contest(state, replace(acted(state, entry, contest), status=Status.ABANDONED, abandoned=abandoned))


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.CONTEST_DEFINED: rule(ContestDefined, signers.definers, _define),
    EntryType.ATTENDANCE_DECLARED: rule(AttendanceDeclared, signers.two_trustees, _declare),
    EntryType.CONTEST_OPENED: rule(ContestOpened, signers.two_officials, _open),
    EntryType.CONTEST_PAUSED: rule(ContestPaused, signers.two_officials, _pause),
    EntryType.CONTEST_RESUMED: rule(ContestResumed, signers.two_officials, _resume),
    EntryType.CONTEST_ABANDONED: rule(ContestAbandoned, signers.two_officials_and_quorum, _abandon),
}
"""The rules of these types."""
