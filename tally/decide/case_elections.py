"""Cases about elections: from the counts of lines, from the symbols on ballots, and run-offs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tally.decide.attendance import Attendance
from tally.decide.case_answer import Answer, read_attendance, texts_of, void
from tally.decide.case_file import Case, number, number_or
from tally.decide.case_paper import attendance_of, read_ballots, totals_json
from tally.decide.election import ALTERNATE_BODY, decide_election
from tally.decide.election_sheet import PRESELECTION, RUNOFF, Candidate, ElectionSheet, WriteIn
from tally.decide.ordering import stroke_places
from tally.decide.outcome import WRITE_IN, ElectionOutcome, Results
from tally.decide.paper_election import count_election
from tally.decide.steps import Sitting
from tally.rules.election import ElectionRules
from tally.rules.ruleset import RuleSet
from voting_core.codec import Fields
from voting_core.errors import EncodingError, InputError

STAGES: Final = ("formal", PRESELECTION, RUNOFF, "supplementary")


def election_tally(case: Case) -> Answer:
    """An election from the counts of its lines."""
    rules, fields = case.rules(), case.input()
    family = election_family(rules)
    attendance = read_attendance(fields)
    candidates = tuple(_candidate(row, str(place)) for place, row in enumerate(fields.rows("candidates")))
    sheet = ElectionSheet(
        seats=number(fields, "seats"),
        candidates=candidates,
        write_ins=tuple(_write_in(row) for row in fields.rows("write_ins")) if fields.has("write_ins") else (),
        stage=_stage(case),
        body=case.text("body", ""),
        approved_order=_approved_order(fields, candidates),
    )
    fields.done()
    outcome = _decide(case, sheet, attendance, rules, family)
    return _election_results(outcome, sheet), outcome.steps


def runoff(case: Case) -> Answer:
    """A run-off among the tied."""
    rules, fields = case.rules(), case.input()
    family = election_family(rules)
    attendance = read_attendance(fields)
    candidates = tuple(_candidate(row, str(place)) for place, row in enumerate(fields.rows("candidates")))
    sheet = ElectionSheet(seats=number(fields, "seats"), candidates=candidates, stage=RUNOFF)
    fields.done()
    outcome = _decide(case, sheet, attendance, rules, family)
    name = _names(sheet)
    result: Results = {
        "elected": [name(i) for i in outcome.elected_by_votes],
        "still_tied": bool(outcome.runoff_candidates),
        **_irregular(outcome.sitting),
    }
    if outcome.runoff_candidates:
        result["runoff"] = outcome.results(name)["runoff"]
    return result, outcome.steps


def election_ballots(case: Case) -> Answer:
    """An election from the symbols on its ballots."""
    rules, fields = case.rules(), case.input()
    family = election_family(rules)
    people = tuple(texts_of(fields, "candidates"))
    seats = number(fields, "seats")
    ballots = read_ballots(fields)
    stage = _stage(case)
    count = count_election(ballots, people, seats, rules.blank_mark_means, family, writing=stage != RUNOFF)
    attendance = attendance_of(fields, ballots, count)
    fields.done()
    sheet = ElectionSheet(
        seats=seats,
        candidates=tuple(
            Candidate(str(place), name, total["approve"], total["disapprove"], total["abstain"], total["item_invalid"])
            for place, (name, total) in enumerate(zip(people, count.totals, strict=True))
        ),
        write_ins=tuple(WriteIn(name, votes) for name, votes in count.write_ins.items()),
        stage=stage,
        body=case.text("body", ""),
    )
    outcome = _decide(case, sheet, attendance, rules, family)
    name = _names(sheet)
    result: Results = {
        "invalid_ballot_numbers": list(count.invalid_numbers),
        "valid": attendance.valid,
        "invalid": attendance.invalid,
        "totals": totals_json(people, count),
        "write_in_totals": dict(count.write_ins),
        "votes_needed": outcome.votes_needed,
        "elected": [name(i) for i in outcome.elected_by_votes],
        "shortfall": outcome.shortfall,
        **_irregular(outcome.sitting),
    }
    if outcome.runoff_candidates:
        result["runoff"] = outcome.results(name)["runoff"]
    return result, (*outcome.steps, *count.steps)


def election_family(rules: RuleSet) -> ElectionRules:
    """The election parameters of a rule set."""
    if not isinstance(rules.family, ElectionRules):
        raise InputError("rule_set", f"{rules.id} does not decide elections", "Name one that does")
    return rules.family


def _decide(
    case: Case, sheet: ElectionSheet, attendance: Attendance, rules: RuleSet, family: ElectionRules
) -> ElectionOutcome:
    places = stroke_places(sheet.people, family.naming.name_order, case.names)
    return decide_election(sheet, attendance, rules, family, places)


def _election_results(outcome: ElectionOutcome, sheet: ElectionSheet) -> Results:
    if outcome.sitting.outcome == "void_revote":
        return void(outcome.sitting)
    name = _names(sheet)
    result = {**outcome.results(name), "ballots_in_order": outcome.sitting.ballots_in_order}
    if outcome.next_options:
        result["next_options"] = list(outcome.next_options)
    if outcome.manual_checks:
        result["manual_checks"] = list(outcome.manual_checks)
    if sheet.body == ALTERNATE_BODY and sheet.stage != PRESELECTION and outcome.elected_by_votes:
        result["succession_order"] = [name(i) for i in outcome.elected_by_votes]
    if sheet.stage == PRESELECTION:
        result["report_to"] = "presidium_only"
    return result


def _irregular(sitting: Sitting) -> Results:
    """Why a vote has no result, for kinds whose results do not always say it."""
    if sitting.decides:
        return {}
    return {
        "can_hold": sitting.can_hold,
        "ballots_in_order": sitting.ballots_in_order,
        "outcome": sitting.outcome,
    }


def _names(sheet: ElectionSheet) -> Callable[[str], str]:
    names: Mapping[str, str] = dict(sheet.people)
    return lambda identity: names.get(identity, identity.removeprefix(WRITE_IN))


def _stage(case: Case) -> str:
    stage = case.text("stage", STAGES[0])
    if stage not in STAGES:
        raise EncodingError("stage", f"is none of {', '.join(STAGES)}")
    return stage


def _candidate(row: Fields, identity: str) -> Candidate:
    candidate = Candidate(
        identity,
        row.text("name"),
        number(row, "approve"),
        number(row, "disapprove"),
        number(row, "abstain"),
        number_or(row, "item_invalid", 0),
    )
    row.done()
    return candidate


def _write_in(row: Fields) -> WriteIn:
    line = WriteIn(row.text("name"), number(row, "approve"))
    row.done()
    return line


def _approved_order(fields: Fields, candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    if not fields.has("approved_order"):
        return ()
    names = texts_of(fields, "approved_order")
    ids = {candidate.name: candidate.id for candidate in candidates}
    if sorted(names) != sorted(ids) or len(ids) != len(candidates):
        raise EncodingError(fields.path("approved_order"), "does not name every candidate once")
    return tuple(ids[name] for name in names)
