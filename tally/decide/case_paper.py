"""Cases that list paper ballots one by one: how they are read, and votes other than elections decided from them."""

from __future__ import annotations

from collections.abc import Sequence

from ballots.void_reasons import VoidReason
from tally.decide.attendance import Attendance, contradiction
from tally.decide.case_answer import Answer, texts_of, void
from tally.decide.case_fields import SittingNumbers, box_over_issue, read_sitting
from tally.decide.case_file import Case
from tally.decide.motion import decide_motion
from tally.decide.outcome import Results
from tally.decide.paper import PaperBallot, PaperCount
from tally.decide.paper_lines import UNTOUCHED
from tally.decide.paper_votes import count_votes
from tally.decide.steps import open_sitting
from tally.decide.ticket_vote import Nominee, decide_ticket_vote
from tally.rules.evaluation import EvaluationRules
from tally.rules.motion import MotionRules
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import TicketRules
from voting_core.codec import Fields
from voting_core.errors import InputError


def vote_ballots(case: Case) -> Answer:
    """A ticket vote, a motion or an evaluation from the marks on its ballots."""
    rules, fields = case.rules(), case.input()
    if not isinstance(rules.family, TicketRules | MotionRules | EvaluationRules):
        problem = f"{rules.id} decides neither ticket votes, motions nor evaluations"
        raise InputError("rule_set", problem, "Name another")
    rows = tuple(texts_of(fields, "rows"))
    if isinstance(rules.family, MotionRules) and len(rows) != 1:
        raise InputError("rows", f"has {len(rows)} rows", "A motion has one")
    ballots = read_ballots(fields)
    count = count_votes(ballots, len(rows), rules)
    numbers = sitting_of(fields, ballots, count)
    fields.done()
    attendance = numbers.attendance
    blocked = box_over_issue(open_sitting(attendance, rules), numbers.boxes)
    if blocked is not None:
        return blocked
    result: Results = {
        "invalid_ballot_numbers": list(count.invalid_numbers),
        "valid": attendance.valid,
        "invalid": attendance.invalid,
        "totals": totals_json(rows, count),
    }
    decided, steps = _decided(rows, count, attendance, rules)
    return {**result, **decided}, (*steps, *count.steps)


def read_ballots(fields: Fields) -> tuple[PaperBallot, ...]:
    """The ballots of an input."""
    return tuple(_ballot(row) for row in fields.rows("ballots"))


def sitting_of(fields: Fields, ballots: Sequence[PaperBallot], count: PaperCount) -> SittingNumbers:
    """The numbers of people and ballots, of which the void ones are counted and not given.

    Raises:
        VerificationError: V11.D, another number of ballots than were returned.
    """
    numbers = read_sitting(fields, len(count.void))
    if len(ballots) != numbers.attendance.returned:
        contradiction(f"{len(ballots)} ballots are listed, and {numbers.attendance.returned} were returned")
    return numbers


def totals_json(rows: Sequence[str], count: PaperCount) -> Results:
    """The counts of every row by its name."""
    return {row: dict(total) for row, total in zip(rows, count.totals, strict=True)}


def _decided(rows: Sequence[str], count: PaperCount, attendance: Attendance, rules: RuleSet) -> Answer:
    """What follows from the counts; an evaluation's rates are a case of their own."""
    if isinstance(rules.family, MotionRules):
        (total,) = count.totals
        votes = (total["approve"], total["disapprove"], total["abstain"])
        motion = decide_motion(votes, attendance, rules, rules.family, total["item_invalid"])
        irregular = {} if motion.sitting.ballots_in_order else void(motion.sitting)
        result = {"can_hold": motion.sitting.can_hold, "votes_needed": motion.votes_needed, "passed": motion.passed}
        return {**result, **irregular}, motion.steps
    if isinstance(rules.family, TicketRules):
        nominees = tuple(
            Nominee(str(place), name, total["agree"], total["disapprove"], total["abstain"], total["item_invalid"])
            for place, (name, total) in enumerate(zip(rows, count.totals, strict=True))
        )
        names = {nominee.id: nominee.name for nominee in nominees}
        ticket = decide_ticket_vote(nominees, attendance, rules, rules.family)
        return ticket.results(names.__getitem__), ticket.steps
    return {}, ()


def _ballot(row: Fields) -> PaperBallot:
    write_ins = []
    for written in row.array("write_ins") if row.has("write_ins") else ():
        if isinstance(written, str):
            write_ins.append((written, UNTOUCHED))
            continue
        line = Fields(written, row.path("write_ins"))
        write_ins.append((line.text("name"), line.text("mark", max=40) if line.has("mark") else UNTOUCHED))
        line.done()
    void = VoidReason(row.choice("void", tuple(VoidReason))) if row.has("void") else None
    ballot = PaperBallot(tuple(texts_of(row, "marks")), tuple(write_ins), void)
    row.done()
    return ballot
