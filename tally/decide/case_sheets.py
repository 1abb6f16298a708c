"""The sheet of an election in a file of cases: its lines, persons written in, stage, body, and the approved order."""

from __future__ import annotations

from typing import Final

from tally.decide.case_answer import texts_of
from tally.decide.case_fields import APPROVE, Counts, read_counts, votes
from tally.decide.case_file import Case, number
from tally.decide.election_sheet import PRESELECTION, RUNOFF, Candidate, ElectionSheet, WriteIn
from tally.decide.paper_lines import UNTOUCHED
from tally.rules.election import ElectionRules, Unmarked
from voting_core.codec import Fields
from voting_core.errors import EncodingError

STAGES: Final = ("formal", PRESELECTION, RUNOFF, "supplementary")
_APPROVED_ORDER: Final = ("approved_order", "superior_approved_order")
# Cases name bodies in full; rule sets by the short words of SPEC §4.1.
_BODIES: Final = {
    "county_committee_member": "committee_member",
    "discipline_commission_member": "discipline_member",
    "delegate_to_higher_congress": "higher_congress_delegate",
}


def read_sheet(case: Case, fields: Fields, family: ElectionRules, stage: str = "") -> ElectionSheet:
    """The sheet of a case that gives counts; `stage` where the kind of the case says it."""
    candidates = tuple(_candidate(row, str(place)) for place, row in enumerate(fields.rows("candidates")))
    written = fields.rows("write_ins") if fields.has("write_ins") else ()
    return ElectionSheet(
        seats=number(fields, "seats"),
        candidates=candidates,
        write_ins=tuple(line for row in written if (line := _write_in(row, family)) is not None),
        stage=stage or stage_of(case, fields),
        body=body_of(case, fields),
        approved_order=_approved_order(fields, candidates),
    )


def stage_of(case: Case, fields: Fields) -> str:
    """The stage, which stands beside the input or in it."""
    stage = fields.text("stage") if fields.has("stage") else case.text("stage", STAGES[0])
    if stage not in STAGES:
        raise EncodingError("stage", f"is none of {', '.join(STAGES)}")
    return stage


def body_of(case: Case, fields: Fields) -> str:
    """The body elected, which stands beside the input or in it, as rule sets name it."""
    return named_body(fields.text("body") if fields.has("body") else case.text("body", ""))


def named_body(body: str) -> str:
    """A body as rule sets name it."""
    return _BODIES.get(body, body)


def lines_of(sheet: ElectionSheet) -> tuple[tuple[str, Counts], ...]:
    """The names of the candidates with their counts."""
    return tuple((c.name, (c.approve, c.disapprove, c.abstain, c.item_invalid)) for c in sheet.candidates)


def _candidate(row: Fields, identity: str) -> Candidate:
    candidate = Candidate(identity, row.text("name"), *read_counts(row))
    row.done()
    return candidate


def _write_in(row: Fields, family: ElectionRules) -> WriteIn | None:
    """A written line; None where its names bear no mark, which then count as abstentions."""
    name, approve = row.text("name"), votes(row, (*APPROVE, "votes"))
    mark = row.text("mark", max=8) if row.has("mark") else ""
    row.done()
    if mark != UNTOUCHED:
        return WriteIn(name, approve)
    if family.write_in is not None and family.write_in.unmarked is Unmarked.INVALIDATE_BALLOT:
        raise EncodingError(row.where, "is written without a mark, and by this rule set such ballots are void")
    return None


def _approved_order(fields: Fields, candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    given = [key for key in _APPROVED_ORDER if fields.has(key)]
    if not given:
        return ()
    if len(given) > 1:
        raise EncodingError(fields.path(given[1]), f"says again what {given[0]} says")
    names = texts_of(fields, given[0])
    ids = {candidate.name: candidate.id for candidate in candidates}
    if sorted(names) != sorted(ids) or len(ids) != len(candidates):
        raise EncodingError(fields.path(given[0]), "does not name every candidate once")
    return tuple(ids[name] for name in names)
