"""Outcome, report, publishing (SPEC §9.7, §9.8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.outcome import OutcomeDeclared, ReportSigned, ResultPublished
from tally.replay import signers
from tally.replay.checks import author_index, contest_in, contest_named, refuse, short, trustee_name, with_contest
from tally.replay.expected import outcome_body, report_digest
from tally.replay.hand import missing_sheets
from tally.replay.rule import Rule, rule
from tally.state import State, Status
from voting_core.codec import canonical


def _declare(state: State, entry: Entry, body: OutcomeDeclared) -> State:
    contest = contest_named(state, entry.type, body.contest)
    if (contest.is_by_hand and contest.is_voting) or (contest.has_slips and contest.status is Status.COUNTED):
        missing = missing_sheets(state, contest)
        if missing:
            refuse("V4.D", missing, contest.id)
    contest = contest_in(state, entry.type, body.contest, Status.COUNTED)
    expected = outcome_body(state, contest.id)
    # Canonical bytes are compared, because true and 1 are equal in Python.
    if canonical(body.to_json()) != canonical(expected.to_json()):
        fields = sorted(
            key for key in {*body.outcome, *expected.outcome} if _bytes_of(body, key) != _bytes_of(expected, key)
        )
        refuse("V11.A", f"{contest.id}: the rule set decides otherwise in {', '.join(fields)}", contest.id)
    contest = replace(contest, status=Status.DECIDED, outcome=body.outcome, declared_at=state.size - 1)
    return with_contest(state, contest)


def _bytes_of(body: OutcomeDeclared, key: str) -> bytes:
    return canonical(body.outcome[key]) if key in body.outcome else b""


def _sign(state: State, entry: Entry, body: ReportSigned) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.DECIDED, Status.PUBLISHED)
    index = author_index(state, entry.author)
    name = trustee_name(state, index)
    if index in contest.signers:
        refuse("V4.D", f"{name} has signed the report of {contest.id} already", name)
    digest = report_digest(state, contest.id)
    if body.digest != digest:
        refuse("V11.B", f"{name} signs the report {short(body.digest)} of {contest.id}; it is {short(digest)}", name)
    return with_contest(state, replace(contest, signers=contest.signers | {index}))


def _publish(state: State, entry: Entry, body: ResultPublished) -> State:
    contest = contest_in(state, entry.type, body.contest, Status.COUNTED, Status.DECIDED)
    if contest.outcome is None:
        refuse("V11.C", f"{contest.id} is published after its outcome is declared", contest.id)
    threshold = state.facts.threshold
    if len(contest.signers) < threshold:
        refuse("V11.C", f"{contest.id}: {len(contest.signers)} trustees have signed the report, {threshold} are needed")
    return with_contest(state, replace(contest, status=Status.PUBLISHED, scope=body.scope))


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.OUTCOME_DECLARED: rule(OutcomeDeclared, signers.two_officials, _declare),
    EntryType.REPORT_SIGNED: rule(ReportSigned, signers.trustee, _sign),
    EntryType.RESULT_PUBLISHED: rule(ResultPublished, signers.two_officials, _publish),
}
"""The rules of these types."""
