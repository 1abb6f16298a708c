"""Counts by hand: the sheets of the boxes, of slips, and decisions about a box (SPEC §8.5 rule 10, §13.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.sheets import BoxSettled, CountEntered
from tally.replay import signers
from tally.replay.checks import contest_in, contest_named, refuse, with_contest
from tally.replay.expected import attendance_of, outcome_of
from tally.replay.rule import Rule, rule
from tally.replay.sheet_numbers import check_sheet_numbers
from tally.state import ContestState, State, Status


def missing_sheets(state: State, contest: ContestState) -> str:
    """Say what keeps the counts by hand of a contest from being complete; nothing when they are.

    Where one box has more ballots than were issued for it while all boxes together have not, the presidium decides.
    """
    if contest.uncounted_boxes:
        return f"{contest.id}: no count sheet yet of {', '.join(contest.uncounted_boxes)}"
    over = contest.sheets.over_issue(contest.boxes)
    rules = state.rules[contest.contest.rules.id].rules
    if not over or not attendance_of(state, contest.id).in_order(rules.family.returned_must_be):
        return ""
    return (
        f"{contest.id}: more ballots were returned than issued in {', '.join(over)}; "
        "enter a correcting sheet, or let two officials enter what the presidium decides (box.settled)"
    )


def _enter(state: State, entry: Entry, body: CountEntered) -> State:
    contest = contest_named(state, entry.type, body.contest)
    if contest.is_by_hand:
        contest = contest_in(state, entry.type, body.contest, Status.OPEN, Status.COUNTED)
    elif contest.has_slips:
        contest = contest_in(state, entry.type, body.contest, Status.CLOSED, Status.COUNTED)
    else:
        refuse("V4.D", f"{contest.id} is voted at kiosks without slips; its counts are decrypted, not entered")
    _check_place(contest, body)
    check_sheet_numbers(state, contest, body)
    state = with_contest(state, replace(contest, sheets=contest.sheets.with_sheet(body)))
    if contest.has_slips:
        if contest.status is Status.COUNTED:
            # What the ballots do not allow must not enter the log, because no outcome could follow from it.
            outcome_of(state, contest.id)
        return state
    return _recounted(state, contest.id)


def _settle(state: State, entry: Entry, body: BoxSettled) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.OPEN)
    sheet = contest.sheets.of_box(body.box) if contest.is_by_hand else None
    if sheet is None or sheet.sheet != body.sheet:
        stands = f"is counted by the sheet {sheet.sheet}" if sheet else "has no sheet"
        refuse("V4.D", f"{contest.id}: a decision on the sheet {body.sheet}; the box {body.box} {stands}", body.box)
    if not sheet.is_over_issue:
        refuse("V4.D", f"{contest.id}, box {body.box}: no more ballots were returned than issued", body.box)
    if contest.sheets.decision(sheet):
        refuse("V4.D", f"{contest.id}, box {body.box}: it is settled already; correct the sheet instead", body.box)
    state = with_contest(state, replace(contest, sheets=contest.sheets.with_decision(body)))
    return _recounted(state, contest.id)


def _recounted(state: State, contest_id: str) -> State:
    """The contest is counted while its sheets are complete; a correction may open it again."""
    contest = state.contest(contest_id)
    complete = not missing_sheets(state, contest)
    return with_contest(state, replace(contest, status=Status.COUNTED if complete else Status.OPEN))


def _check_place(contest: ContestState, body: CountEntered) -> None:
    """The sheet is the first of its box, or replaces the one in force; and has a name of its own (V10.E)."""
    where = f"{contest.id}, box {body.box}"
    if body.box not in contest.boxes:
        refuse("V11.D", f"{where}: there is no such box; declared are {', '.join(contest.boxes)}", body.box)
    if body.sheet in contest.sheets.names:
        refuse("V10.E", f"{where}: there is a sheet {body.sheet} already; a correction has a name of its own", body.box)
    current = contest.sheets.of_box(body.box)
    if body.replaces != (current.sheet if current else ""):
        stands = f"it is counted by the sheet {current.sheet}" if current else "it has no sheet yet"
        replaces = f"replaces {body.replaces}" if body.replaces else "replaces none"
        refuse("V10.E", f"{where}: the sheet {body.sheet} {replaces}, and {stands}", body.box)


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.COUNT_ENTERED: rule(CountEntered, signers.two_trustees, _enter),
    EntryType.BOX_SETTLED: rule(BoxSettled, signers.two_officials, _settle),
}
"""The rules of these types."""
