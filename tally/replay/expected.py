"""What an entry must say, computed from the state: builders of entries and replay share these (SPEC §9).

A service that closes, a station that verifies and a program that counts take their bodies from here; replay compares
with the same. Nothing here checks whether the session is ready for the entry.
"""

from __future__ import annotations

from tally.aggregate import aggregates_digest, share_bases
from tally.decide import Attendance, Outcome, decide
from tally.entries.closing import ContestClosed, RecordVerified
from tally.entries.counting import TallyCounted
from tally.entries.outcome import OutcomeDeclared
from tally.replay.combine import counted_cells
from tally.state import Closing, ContestState, State
from voting_core.codec import JsonObject, canonical
from voting_core.dleq import ShareStatement
from voting_core.errors import StateError
from voting_core.framing import digest
from voting_core.params import Tag


def close_body(state: State, contest_id: str) -> ContestClosed:
    """Give the body that closes a contest now; its entry carries size and root of this state as `seen`."""
    contest = state.contest(contest_id)
    return ContestClosed(contest=contest_id, cast=contest.cast, challenged=contest.challenged)


def test_cards_not_voided(state: State, contest_id: str) -> dict[str, tuple[int, int]]:
    """Give, for each class whose test cards are not exactly voided, how many were declared and how many are voided."""
    contest = state.contest(contest_id)
    slot = contest.contest.slot
    differences = {}
    for cards in contest.attendance.cards if contest.attendance else ():
        voided = state.void_counts.get((slot, cards.class_id, "test"), 0)
        if voided != cards.test:
            differences[cards.class_id] = (cards.test, voided)
    return differences


def record_verified_body(state: State, contest_id: str) -> RecordVerified:
    """Give what a trustee signs after its own replay of the closed log (SPEC §9.3).

    Raises:
        StateError: the contest is not closed.
    """
    contest, closing = _closed(state, contest_id)
    return RecordVerified(
        contest=contest_id,
        size=closing.size,
        root=closing.root,
        cast=contest.cast,
        challenged=contest.challenged,
        aggregates=aggregates_digest(contest.contest, closing.cells),
    )


def share_statement(state: State, contest_id: str, trustee: int) -> ShareStatement:
    """Give what the shares of a trustee are about (SPEC §9.5).

    Raises:
        StateError: the contest is not closed, or there is no such trustee.
    """
    contest, closing = _closed(state, contest_id)
    key = state.public_shares.get(trustee)
    if key is None:
        raise StateError(f"there is no trustee {trustee} with a confirmed key")
    return ShareStatement(
        session=state.session_id,
        contest_hash=contest.contest.hash,
        root=closing.root,
        trustee=trustee,
        key=key,
        bases=share_bases(closing.cells),
    )


def counted_body(state: State, contest_id: str) -> TallyCounted:
    """Combine the shares in the log and find the counts (SPEC §9.6).

    Raises:
        VerificationError: V10.C or V10.D, as :func:`tally.replay.combine.counted_cells`.
    """
    return TallyCounted(contest_id, counted_cells(state, contest_id))


def attendance_of(state: State, contest_id: str) -> Attendance:
    """Give the numbers by which the rules decide (SPEC §9.7).

    Raises:
        StateError: attendance is not declared.
    """
    contest = state.contest(contest_id)
    declared = contest.attendance
    if declared is None:
        raise StateError(f"the attendance of {contest_id} is not declared")
    if contest.is_by_hand:
        sheets = contest.sheets_in_force
        return Attendance(
            should_attend=declared.should_attend,
            present=declared.present,
            issued=sum(sheet.issued for sheet in sheets),
            returned=sum(sheet.returned for sheet in sheets),
            invalid=sum(sheet.invalid for sheet in sheets),
            over_issued=contest.sheets.voided(contest.boxes),
        )
    cast = contest.cast_by_class
    return Attendance(
        should_attend=declared.should_attend,
        present=declared.present,
        issued=sum(cards.drawn for cards in declared.cards),
        returned=contest.cast,
        over_issued=sum(max(0, cast[cards.class_id] - cards.drawn) for cards in declared.cards),
        drawn=tuple((cards.class_id, cards.drawn) for cards in declared.cards),
    )


def outcome_of(state: State, contest_id: str) -> Outcome:
    """Let the adopted rule set decide a counted contest (SPEC §9.7).

    Raises:
        StateError: the contest is not counted, or its slips are not.
        VerificationError: V11.D, more persons were written in on slips than the ballots allow.
    """
    contest = state.contest(contest_id)
    if not contest.is_decidable:
        raise StateError(f"the contest {contest_id} is not counted yet")
    rules = state.rules[contest.contest.rules.id].rules
    return decide(
        contest.contest,
        attendance_of(state, contest_id),
        contest.totals,
        rules,
        item_invalid=contest.item_invalid,
        write_ins=contest.written_in,
        cells=contest.cells,
    )


def outcome_body(state: State, contest_id: str) -> OutcomeDeclared:
    """Give the body that declares the outcome of a counted contest."""
    return OutcomeDeclared(contest_id, outcome_of(state, contest_id).to_log_json())


def report_digest(state: State, contest_id: str) -> bytes:
    """Give the digest that trustees sign as the report (SPEC §9.8).

    Raises:
        StateError: the outcome is not declared.
    """
    contest = state.contest(contest_id)
    if contest.outcome is None or contest.attendance is None:
        raise StateError(f"the outcome of {contest_id} is not declared yet")
    report: JsonObject = {
        "cells": [cell.to_json() for cell in contest.cells],
        "outcome": contest.outcome,
        "present": contest.attendance.present,
        "settled": [decision.to_json() for decision in contest.sheets.settled],
        "sheets": [sheet.to_json() for sheet in contest.sheets.entered],
        "should_attend": contest.attendance.should_attend,
    }
    return digest(Tag.REPORT, contest.contest.hash, canonical(report))


def _closed(state: State, contest_id: str) -> tuple[ContestState, Closing]:
    contest = state.contest(contest_id)
    if contest.closing is None:
        raise StateError(f"the contest {contest_id} is not closed")
    return contest, contest.closing
