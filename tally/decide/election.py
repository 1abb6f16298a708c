"""Elections: formal, pre-selection, run-off, supplementary (rules of 2020 and their variants).

* Elected is who reaches the threshold and has more votes than there are others for the seats. More than the threshold
  is not enough when the seats are taken; being high in the ranking is not enough below the threshold.
* A tie at the last seat leaves the seats to a run-off among the tied, or to the presidium where the rules say so; a
  run-off that is tied again is the presidium's to decide, who may order another round. Ties elsewhere change nothing
  but the order.
* A person written in is elected like a candidate, and eligibility and identity are then checked by people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ballots.matrix import WRITE_IN
from tally.decide.attendance import Attendance
from tally.decide.election_sheet import PRESELECTION, RUNOFF, ElectionSheet, check_sheet
from tally.decide.election_steps import Decided, election_steps
from tally.decide.ordering import Places
from tally.decide.outcome import ElectionOutcome
from tally.decide.seats import Polled, Seated, fill_seats
from tally.decide.steps import open_sitting
from tally.rules.election import ElectionRules, Order, RunoffWinner, TieAtLastSeat
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Threshold

ELIGIBILITY: Final = ("eligibility_of_written_in_person", "same_name_identity")
STROKE_ORDER: Final = "stroke_order"
PRESIDIUM_DECIDES: Final = "tie_decided_by_presidium"
APPROVED_ORDER: Final = "superior_approved_order"


def decide_election(
    sheet: ElectionSheet, attendance: Attendance, rules: RuleSet, family: ElectionRules, places: Places
) -> ElectionOutcome:
    """Decide an election; `places` order the people of the sheet by strokes.

    Raises:
        VerificationError: V11.D, numbers that contradict each other.
    """
    sitting = open_sitting(attendance, rules)
    check_sheet(sheet, attendance, family)
    needed = votes_needed(sheet.stage, attendance, family)
    polled = [Polled(c.id, c.approve, places.by_id[c.id]) for c in sheet.candidates]
    polled += [Polled(w.id, w.approve, places.by_id[w.id]) for w in sheet.write_ins]
    nobody = Seated((), (), 0, (), sheet.seats)
    seated = fill_seats(polled, sheet.seats, needed) if sitting.decides else nobody
    checks = _manual_checks(sheet, seated, family, places)
    decided = Decided(
        sheet=sheet,
        family=family,
        attendance=attendance,
        rules=rules,
        threshold=threshold_of(sheet.stage, family),
        needed=needed,
        decides=sitting.decides,
        seated=seated,
        doubtful=places.doubts_about((*seated.elected, *seated.tied)),
        checks=checks,
    )
    options = family.shortfall_options if seated.empty and sitting.decides else ()
    return ElectionOutcome(
        sitting=sitting,
        votes_needed=needed,
        elected_by_votes=seated.elected,
        announced=announced(sheet, seated.elected, family, places),
        passed_but_not_elected=seated.passed_over,
        runoff_seats=seated.tied_seats,
        runoff_candidates=seated.tied,
        shortfall=seated.empty,
        next_options=tuple(option.value for option in options),
        manual_checks=checks,
        runoff_follows=bool(seated.tied) and family.tie_at_last_seat is TieAtLastSeat.RUNOFF,
        announce_numbers=family.announce_numbers.value,
        report_to=family.preselection_reports_to.value if sheet.stage == PRESELECTION else "",
        steps=(*sitting.steps, *election_steps(decided)),
    )


def votes_needed(stage: str, attendance: Attendance, family: ElectionRules) -> int:
    """The votes that a seat asks for. A run-off by plurality asks for one: nobody is elected by nobody."""
    threshold = threshold_of(stage, family)
    return 1 if threshold is None else threshold.ratio.needed(attendance.base(threshold.base))


def threshold_of(stage: str, family: ElectionRules) -> Threshold | None:
    """The threshold of a stage, None for a run-off that the larger number wins."""
    if stage == RUNOFF and family.runoff_wins_by is RunoffWinner.PLURALITY:
        return None
    return family.preselect if stage == PRESELECTION else family.elect


def announced(sheet: ElectionSheet, elected: Sequence[str], family: ElectionRules, places: Places) -> tuple[str, ...]:
    """The elected in the order in which they are announced; `elected` comes by votes, then strokes."""
    match family.order_of(sheet.body):
        case Order.STROKE:
            return places.ordered(elected)
        case Order.VOTES_THEN_STROKE:
            return tuple(elected)
        case Order.SUPERIOR_APPROVED:
            approved = sheet.approved_order or tuple(c.id for c in sheet.candidates)
            # Who is not in the approved order (a person written in) follows it by strokes.
            late = len(approved)
            ranks = {identity: rank for rank, identity in enumerate(approved)}
            return tuple(sorted(elected, key=lambda i: (ranks.get(i, late), places.by_id[i])))


def _manual_checks(sheet: ElectionSheet, seated: Seated, family: ElectionRules, places: Places) -> tuple[str, ...]:
    """What people must check before anything is announced."""
    checks: list[str] = []
    if any(identity.startswith(WRITE_IN) for identity in (*seated.elected, *seated.tied, *seated.passed_over)):
        checks += ELIGIBILITY
    if places.doubts_about((*seated.elected, *seated.tied)):
        checks.append(STROKE_ORDER)
    if seated.tied and (sheet.stage == RUNOFF or family.tie_at_last_seat is TieAtLastSeat.PRESIDIUM):
        checks.append(PRESIDIUM_DECIDES)
    if seated.elected and family.order_of(sheet.body) is Order.SUPERIOR_APPROVED and not sheet.approved_order:
        checks.append(APPROVED_ORDER)
    return tuple(checks)
