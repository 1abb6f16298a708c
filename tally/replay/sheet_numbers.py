"""The numbers of one count sheet: those that cannot all be true are refused with the box (V11.D; SPEC §13.4, §13.5)."""

from __future__ import annotations

from typing import NoReturn

from tally.decide import decide
from tally.decide.attendance import Attendance
from tally.entries.contests import AttendanceDeclared
from tally.entries.sheets import CountEntered
from tally.replay.checks import refuse
from tally.state import ContestState, State
from voting_core.errors import VerificationError


def check_sheet_numbers(state: State, contest: ContestState, body: CountEntered) -> None:
    """Accept a sheet of a box of this contest whose numbers can all be true.

    Raises:
        VerificationError: V11.D, with the box, and the row where there is one.
    """
    if body.invalid > body.returned:
        _contradict(contest, body, f"{body.invalid} ballots are invalid, and only {body.returned} were returned")
    reasons = [void.reason for void in body.void_reasons]
    if len(set(reasons)) != len(reasons):
        _contradict(contest, body, "a reason for void ballots comes twice")
    given = sum(void.count for void in body.void_reasons)
    if given != body.invalid:
        _contradict(contest, body, f"{body.invalid} ballots are invalid, and reasons are given for {given}")
    names = [line.name for line in body.write_ins]
    if len(set(names)) != len(names):
        _contradict(contest, body, "a person written in comes twice")
    if contest.has_slips:
        _check_slips(contest, body)
    else:
        _check_ballots(state, contest, body)


def _check_ballots(state: State, contest: ContestState, body: CountEntered) -> None:
    """The numbers of one box fit its issue, and each row and each name the valid ballots (V11.D)."""
    declared = _declared(contest)
    issued = next(box.issued for box in declared.boxes if box.box == body.box)
    if body.issued != issued:
        _contradict(contest, body, f"{body.issued} ballots issued; declared are {issued}")
    if [len(row) for row in body.counts] != [len(contest.contest.marks)] * len(contest.contest.rows):
        _contradict(contest, body, "the counts are not one number for each row and mark")
    if len(body.item_invalid) != len(contest.contest.rows):
        _contradict(contest, body, "item_invalid is not one number for each row")
    # What the rule set asks of all ballots together it can ask of those of one box, because it holds ballot by ballot.
    # Asking box by box names the box, and sums of what holds in every box hold as well.
    attendance = Attendance(
        should_attend=declared.should_attend,
        present=declared.present,
        issued=body.issued,
        returned=body.returned,
        invalid=body.invalid,
    )
    rules = state.rules[contest.contest.rules.id].rules
    try:
        decide(
            contest.contest,
            attendance,
            body.counts,
            rules,
            item_invalid=body.item_invalid,
            write_ins=body.write_ins,
        )
    except VerificationError as error:
        refuse(error.code, f"{contest.id}, box {body.box}: {error.message}", body.box, *error.culprits)


def _check_slips(contest: ContestState, body: CountEntered) -> None:
    """Slips hold names alone, and no more of them than their number and the seats allow (V11.D)."""
    if body.counts or body.item_invalid:
        _contradict(contest, body, "slips have written names alone; the marks of the rows are decrypted")
    if body.returned > body.issued:
        _contradict(contest, body, f"{body.returned} slips were returned, and only {body.issued} handed out")
    printed = {row.name for row in contest.contest.rows}
    for line in body.write_ins:
        if line.name in printed:
            _contradict(contest, body, f"{line.name} is a printed candidate and cannot be written in")
        if line.approve > body.valid:
            _contradict(contest, body, f"{line.approve} wrote in {line.name} on {body.valid} valid slips")
    written = sum(line.approve for line in body.write_ins)
    most = body.valid * contest.contest.seats
    if written > most:
        _contradict(contest, body, f"{written} names on {body.valid} valid slips, which can hold {most}")


def _declared(contest: ContestState) -> AttendanceDeclared:
    if contest.attendance is None:
        refuse("V4.D", f"{contest.id}: its attendance is not declared")
    return contest.attendance


def _contradict(contest: ContestState, body: CountEntered, problem: str) -> NoReturn:
    refuse("V11.D", f"{contest.id}, box {body.box}: {problem}", body.box)
