"""Closing a contest, the kiosks' reports, the trustees' verification (SPEC §8.5 rules 8 and 9, §9.1 to §9.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.aggregate import merge_cells
from tally.entries.closing import ContestClosed, KioskLost, KioskReported, RecordVerified
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry, Seen
from tally.replay import signers
from tally.replay.checks import author_index, contest_in, refuse, short, trustee_name, with_contest
from tally.replay.expected import record_verified_body, test_cards_not_voided
from tally.replay.rule import Rule, rule
from tally.state import Closing, ContestState, State, Status


def _close(state: State, entry: Entry, body: ContestClosed) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.OPEN, Status.PAUSED)
    if contest.is_by_hand:
        refuse("V4.D", f"{contest.id} is counted by hand; count.entered closes it")
    before = Seen(state.size - 1, state.root_at(state.size - 1))
    if entry.seen != before:
        seen = "nothing" if entry.seen is None else f"size {entry.seen.size}, root {short(entry.seen.root)}"
        log = f"size {before.size}, root {short(before.root)}"
        refuse("V9.A", f"{contest.id} is closed over {seen}; the log before this entry has {log}", contest.id)
    counted, stated = (contest.cast, contest.challenged), (body.cast, body.challenged)
    if counted != stated:
        refuse(
            "V9.A",
            f"{contest.id} is closed with {stated[0]} cast and {stated[1]} challenged; the log has {counted[0]} and "
            f"{counted[1]}",
            contest.id,
        )
    for class_id, (declared, voided) in test_cards_not_voided(state, contest.id).items():
        refuse(
            "V7.C",
            f"{contest.id}, class {class_id}: {declared} test cards were declared, {voided} are voided; scan and void "
            "them before closing, or let two officials and the scrutineers abandon the contest",
            contest.id,
        )
    closing = Closing(state.size, state.root, merge_cells(contest.contest, contest.sums), tuple(sorted(state.kiosks)))
    return with_contest(state, replace(contest, status=Status.CLOSED, closing=closing))


def closed(state: State, entry: Entry, contest_id: str) -> tuple[ContestState, Closing]:
    """Give a contest that is closed and not yet counted (V4.D), and what its closing fixed."""
    contest = contest_in(state, entry.type, contest_id, Status.CLOSED)
    if contest.closing is None:
        refuse("V4.D", f"{entry.type.value}: {contest_id} has no closed root")
    return contest, contest.closing


def _report(state: State, entry: Entry, body: KioskReported) -> State:
    contest, closing = closed(state, entry, body.contest)
    name = state.kiosks[entry.author].name
    if entry.author not in closing.kiosks:
        refuse("V9.B", f"the kiosk {name} was registered after {contest.id} closed", name)
    if entry.author in contest.reports or entry.author in contest.lost:
        known = "has reported" if entry.author in contest.reports else "is recorded as lost"
        refuse("V9.B", f"the kiosk {name} {known} for {contest.id} already", name)
    if body.root != closing.root:
        message = f"the kiosk {name} reports on the root {short(body.root)} of {contest.id}"
        refuse("V9.B", f"{message}; closed is {short(closing.root)}", name)
    return with_contest(state, replace(contest, reports=contest.reports.set(entry.author, body)))


def _lose(state: State, entry: Entry, body: KioskLost) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.PAUSED, Status.CLOSED)
    if contest.is_by_hand:
        refuse("V4.D", f"{contest.id} is counted by hand; no kiosk reports on it")
    # A kiosk that died with its queue is lost before the contest closes, one that died later afterwards.
    kiosks = tuple(state.kiosks) if contest.closing is None else contest.closing.kiosks
    if body.kiosk not in kiosks:
        refuse("V9.B", f"{short(body.kiosk)} is no kiosk that has to report on {contest.id}", body.kiosk.hex())
    name = state.kiosks[body.kiosk].name
    if body.kiosk in contest.lost:
        refuse("V9.B", f"the kiosk {name} is recorded as lost for {contest.id} already", name)
    if contest.verified:
        refuse("V4.D", f"{contest.id}: trustees have verified it with all kiosks accounted for")
    reports = contest.reports.delete(body.kiosk) if body.kiosk in contest.reports else contest.reports
    return with_contest(state, replace(contest, reports=reports, lost=contest.lost | {body.kiosk}))


def _verify(state: State, entry: Entry, body: RecordVerified) -> State:
    contest, closing = closed(state, entry, body.contest)
    index = author_index(state, entry.author)
    name = trustee_name(state, index)
    _check_reports(state, contest, closing)
    if index in contest.verified:
        refuse("V9.C", f"{name} has verified {contest.id} already; a trustee signs one root per contest, ever", name)
    expected = record_verified_body(state, contest.id)
    for field in ("size", "root", "cast", "challenged", "aggregates"):
        stated, computed = getattr(body, field), getattr(expected, field)
        if stated != computed:
            refuse("V9.C", f"{name} signs {field} {_shown(stated)} of {contest.id}; it is {_shown(computed)}", name)
    return with_contest(state, replace(contest, verified=contest.verified.set(index, body)))


def _check_reports(state: State, contest: ContestState, closing: Closing) -> None:
    """All kiosks have reported or are lost, and the reports add up to the log (V9.B)."""
    missing = [key for key in closing.kiosks if key not in contest.reports and key not in contest.lost]
    if missing:
        names = [state.kiosks[key].name for key in missing]
        listed = ", ".join(names)
        refuse("V9.B", f"{contest.id}: no report yet from {listed}; record a kiosk as lost if it cannot", *names)
    cast = sum(report.cast for report in contest.reports.values())
    challenged = sum(report.challenged for report in contest.reports.values())
    fits = (
        cast <= contest.cast and challenged <= contest.challenged
        if contest.lost
        else (cast, challenged) == (contest.cast, contest.challenged)
    )
    if not fits:
        refuse(
            "V9.B",
            f"{contest.id}: the kiosks report {cast} cast and {challenged} challenged; the log has {contest.cast} and "
            f"{contest.challenged}. Find the kiosk whose ballots are missing or too many, and record it as lost",
            contest.id,
        )


def _shown(value: object) -> str:
    return short(value) if isinstance(value, bytes) else str(value)


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.CONTEST_CLOSED: rule(ContestClosed, signers.two_officials, _close),
    EntryType.KIOSK_REPORTED: rule(KioskReported, signers.kiosk, _report),
    EntryType.KIOSK_LOST: rule(KioskLost, signers.quorum_of_trustees, _lose),
    EntryType.RECORD_VERIFIED: rule(RecordVerified, signers.trustee, _verify),
}
"""The rules of these types."""
