"""A decided contest as its scrutineer reads it before signing: numbers, totals of every row, and the rules' steps."""

from dataclasses import dataclass

from ballots.crockford import encode_bits, in_groups
from ballots.screen.ballot import button_of
from ballots.screen.words import Said
from kiosk.comparison import CODE_BITS
from tally.decide.outcome import Outcome
from tally.decide.steps import MANUAL_CHECKS, Step
from tally.replay.expected import attendance_of, outcome_of, report_digest
from tally.state import ContestState, State, Status


@dataclass(frozen=True, slots=True)
class RowTotals:
    """A row with its votes, in the order of the marks."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What is signed. `digest` is what the signature will be over; `code` is its beginning, for comparing aloud."""

    figures: tuple[tuple[Said, int], ...]
    marks: tuple[Said, ...]
    rows: tuple[RowTotals, ...]
    written_in: tuple[RowTotals, ...]
    decision: Said
    steps: tuple[Step, ...]
    checks: tuple[Said, ...]
    digest: bytes
    code: str


def report_view(state: State, contest: ContestState) -> ReportView | None:
    """The report of a contest; None before its outcome is in the log."""
    if contest.status not in (Status.DECIDED, Status.PUBLISHED) or contest.attendance is None:
        return None
    outcome, attendance = outcome_of(state, contest.id), attendance_of(state, contest.id)
    digest = report_digest(state, contest.id)
    return ReportView(
        figures=(
            (Said("应到", "Should attend"), attendance.should_attend),
            (Said("实到", "Present"), attendance.present),
            (Said("发出", "Issued"), attendance.issued),
            (Said("收回", "Returned"), attendance.returned),
            (Said("无效", "Invalid"), attendance.invalid),
        ),
        marks=tuple(button_of(contest.contest, mark).said for mark in contest.contest.marks),
        rows=tuple(
            RowTotals(row.name, tuple(counts)) for row, counts in zip(contest.contest.rows, contest.totals, strict=True)
        ),
        written_in=tuple(RowTotals(line.name, (line.approve,)) for line in contest.written_in),
        decision=_decision(outcome),
        steps=outcome.steps,
        checks=tuple(Said(*MANUAL_CHECKS[check]) for check in outcome.manual_checks if check in MANUAL_CHECKS),
        digest=digest,
        code=in_groups(encode_bits(digest, CODE_BITS)),
    )


def _decision(outcome: Outcome) -> Said:
    if not outcome.sitting.can_hold:
        return Said("到会人数不足，本次表决无效", "Too few were present: the vote has no result")
    if not outcome.sitting.ballots_in_order:
        return Said("收回的票多于发出的票，本次表决无效", "More ballots came back than were issued: the vote is void")
    return Said("程序合法，结果如下", "The vote is in order; the result follows")
