"""Cases about elections: from the counts of lines, from the symbols on ballots, and run-offs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ballots.matrix import WRITE_IN
from tally.decide.case_answer import Answer, texts_of, void
from tally.decide.case_fields import SittingNumbers, box_over_issue, check_lines, read_sitting
from tally.decide.case_file import Case, number
from tally.decide.case_paper import read_ballots, sitting_of, totals_json
from tally.decide.case_prose import prose
from tally.decide.case_sheets import body_of, lines_of, read_sheet, stage_of
from tally.decide.election import decide_election
from tally.decide.election_sheet import PRESELECTION, RUNOFF, Candidate, ElectionSheet, WriteIn
from tally.decide.ordering import stroke_places
from tally.decide.outcome import ElectionOutcome, Results
from tally.decide.paper_election import count_election
from tally.rules.election import ALTERNATE_BODY, ElectionRules, Shortfall
from tally.rules.ruleset import RuleSet
from voting_core.errors import InputError


def election_tally(case: Case) -> Answer:
    """An election from the counts of its lines."""
    return _counted(case, "")


def runoff(case: Case) -> Answer:
    """A run-off among the tied."""
    return _counted(case, RUNOFF)


def election_ballots(case: Case) -> Answer:
    """An election from the symbols on its ballots."""
    rules, fields = case.rules(), case.input()
    family = election_family(rules)
    people = tuple(texts_of(fields, "candidates"))
    seats = number(fields, "seats")
    ballots = read_ballots(fields)
    stage = stage_of(case, fields)
    count = count_election(ballots, people, seats, rules.blank_mark_means, family, writing=stage != RUNOFF)
    numbers = sitting_of(fields, ballots, count)
    sheet = ElectionSheet(
        seats=seats,
        candidates=tuple(
            Candidate(str(place), name, total["approve"], total["disapprove"], total["abstain"], total["item_invalid"])
            for place, (name, total) in enumerate(zip(people, count.totals, strict=True))
        ),
        write_ins=tuple(WriteIn(name, votes) for name, votes in count.write_ins.items()),
        stage=stage,
        body=body_of(case, fields),
    )
    fields.done()
    outcome = _decide(case, sheet, numbers, rules, family)
    blocked = box_over_issue(outcome.sitting, numbers.boxes)
    if blocked is not None:
        return blocked
    result: Results = {
        "invalid_ballot_numbers": list(count.invalid_numbers),
        "valid": numbers.attendance.valid,
        "invalid": numbers.attendance.invalid,
        "totals": totals_json(people, count),
        "write_in_totals": dict(count.write_ins),
        **_results(outcome, sheet, family),
    }
    return result, (*outcome.steps, *count.steps)


def election_family(rules: RuleSet) -> ElectionRules:
    """The election parameters of a rule set."""
    if not isinstance(rules.family, ElectionRules):
        raise InputError("rule_set", f"{rules.id} does not decide elections", "Name one that does")
    return rules.family


def _counted(case: Case, stage: str) -> Answer:
    """An election from the counts of its lines; `stage` where the kind of the case says it."""
    rules, fields = case.rules(), case.input()
    family = election_family(rules)
    numbers = read_sitting(fields)
    sheet = read_sheet(case, fields, family, stage)
    fields.done()
    check_lines(numbers.boxes, lines_of(sheet))
    outcome = _decide(case, sheet, numbers, rules, family)
    blocked = box_over_issue(outcome.sitting, numbers.boxes)
    if blocked is not None:
        return blocked
    if outcome.sitting.outcome == "void_revote":
        return void(outcome.sitting), outcome.steps
    return _results(outcome, sheet, family), outcome.steps


def _decide(
    case: Case, sheet: ElectionSheet, numbers: SittingNumbers, rules: RuleSet, family: ElectionRules
) -> ElectionOutcome:
    places = stroke_places(sheet.people, family.naming.name_order, case.names)
    return decide_election(sheet, numbers.attendance, rules, family, places)


def _results(outcome: ElectionOutcome, sheet: ElectionSheet, family: ElectionRules) -> Results:
    name = _names(sheet)
    elected = [name(i) for i in outcome.elected_by_votes]
    result: Results = {
        **outcome.results(name),
        "ballots_in_order": outcome.sitting.ballots_in_order,
        "elected": elected,
        **prose(outcome, sheet, name),
    }
    if not outcome.sitting.decides:
        result["outcome"] = outcome.sitting.outcome
    if sheet.stage == RUNOFF:
        result["still_tied"] = bool(outcome.runoff_candidates)
    if outcome.next_options:
        result["next_options"] = list(outcome.next_options)
    if Shortfall.REDUCE_SEATS.value in outcome.next_options:
        result["reduce_seats_needs"] = family.reduce_seats_needs.value
    if outcome.manual_checks:
        result["manual_checks"] = list(outcome.manual_checks)
    if sheet.body == ALTERNATE_BODY and sheet.stage != PRESELECTION and elected:
        result["succession_order"] = elected
    return result


def _names(sheet: ElectionSheet) -> Callable[[str], str]:
    names: Mapping[str, str] = dict(sheet.people)
    return lambda identity: names.get(identity, identity.removeprefix(WRITE_IN))
