"""decide: from a contest, its attendance, its counts and its rule set to an outcome (SPEC §9.7).

A pure function. Everything it uses is in the log, so that every verifier comes to the same outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from ballots.contest import Capture, Contest, Row, Stage, WriteInWay
from tally.decide.attendance import Attendance, contradiction
from tally.decide.election import decide_election
from tally.decide.election_sheet import Candidate, ElectionSheet, WriteIn
from tally.decide.evaluation_contest import CellCounts, decide_evaluation
from tally.decide.motion import decide_motion
from tally.decide.ordering import fixed_places
from tally.decide.outcome import Outcome
from tally.decide.questionnaire import Option, count_questionnaire
from tally.decide.ticket_vote import Nominee, decide_ticket_vote
from tally.rules.election import ElectionRules
from tally.rules.evaluation import EvaluationRules
from tally.rules.families import marks_of
from tally.rules.motion import MotionRules
from tally.rules.questionnaire import QuestionnaireRules
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import TicketRules
from voting_core.errors import VerificationError

__all__ = ["Attendance", "Outcome", "check_decidable", "check_fit", "decide"]

Counts: TypeAlias = Sequence[Sequence[int]]
"""For each row, in the order of display, one count for each mark in the order of the contest."""


MAX_NUMBERS: Final = 4000
"""How many rates, flags and parts of categories an evaluation can have in all its rows together (SPEC §13.3)."""

_Line: TypeAlias = tuple[Row, Mapping[str, int], int]
"""A row with its counts by mark and its unreadable lines."""


class WrittenIn(Protocol):
    """A line of a sheet for a person written in."""

    @property
    def name(self) -> str:
        """The name as written."""

    @property
    def approve(self) -> int:
        """How many wrote it in."""


def decide(
    contest: Contest,
    attendance: Attendance,
    counts: Counts,
    rules: RuleSet,
    *,
    item_invalid: Sequence[int] = (),
    write_ins: Sequence[WrittenIn] = (),
    cells: Sequence[CellCounts] = (),
) -> Outcome:
    """Decide a contest. `item_invalid` (one number for each row) and `write_ins` come with counts entered by hand,
    `cells` with counts decrypted cell by cell; they are needed where the rule set has categories of evaluators.

    Raises:
        VerificationError: V6.B, the rule set does not decide such a contest; V11.D, numbers that contradict each other.
    """
    check_decidable(contest, rules)
    if len(counts) != len(contest.rows) or any(len(row) != len(contest.marks) for row in counts):
        contradiction(f"{contest.id}: the counts are not one number for each row and mark", contest.id)
    unreadable = tuple(item_invalid) or (0,) * len(contest.rows)
    if len(unreadable) != len(contest.rows):
        contradiction(f"{contest.id}: unreadable lines are not one number for each row", contest.id)
    if write_ins and contest.write_ins.way not in (WriteInWay.PAPER, WriteInWay.SLIPS):
        contradiction(f"{contest.id}: nobody can be written in at this vote", contest.id)
    by_mark = tuple(
        dict(zip(contest.marks, row, strict=True))  # pragma: no mutate: the lengths were compared above
        for row in counts
    )
    lines = tuple(
        zip(contest.rows, by_mark, unreadable, strict=True)  # pragma: no mutate: the lengths were compared above
    )
    family = rules.family
    match family:
        case ElectionRules():
            sheet = _election_sheet(contest, lines, write_ins)
            names = {row.id: row.name for row in contest.rows}
            written = [(line.id, line.name) for line in sheet.write_ins]
            places = fixed_places(contest.order, names, written, family.naming.name_order)
            return decide_election(sheet, attendance, rules, family, places)
        case TicketRules():
            return decide_ticket_vote(_nominees(lines), attendance, rules, family)
        case MotionRules():
            marks = by_mark[0]
            votes = (marks["approve"], marks["disapprove"], marks["abstain"])
            return decide_motion(votes, attendance, rules, family, unreadable[0])
        case EvaluationRules():
            return decide_evaluation(contest, by_mark, unreadable, attendance, rules, family, cells)
        case QuestionnaireRules():
            return count_questionnaire(_options(lines), attendance, rules, family)


def check_fit(contest: Contest, rules: RuleSet) -> None:
    """Accept a contest that the rule set can decide and that counts an untouched row as the rule set says.

    It is for the moment a contest is defined; :func:`decide` asks only for :func:`check_decidable`.

    Raises:
        VerificationError: V6.B.
    """
    check_decidable(contest, rules)
    _check_write_ins(contest, rules)
    _check_size(contest, rules)
    if contest.blank != rules.blank_mark_means:
        _misfit(contest, f'counts an untouched row as "{contest.blank}", and {rules.id} as "{rules.blank_mark_means}"')


def check_decidable(contest: Contest, rules: RuleSet) -> None:
    """Accept a contest whose kind, marks and rows the rule set can decide.

    Raises:
        VerificationError: V6.B.
    """
    if contest.kind.value not in rules.decides:
        _misfit(contest, f"is of kind {contest.kind.value}, and {rules.id} decides {', '.join(rules.decides)}")
    marks = marks_of(rules.family)
    if sorted(contest.marks) != sorted(marks):
        _misfit(contest, f"has the marks {', '.join(contest.marks)}, and {rules.id} counts {', '.join(marks)}")
    if isinstance(rules.family, ElectionRules) and contest.seats < 1:
        _misfit(contest, "has no seat, and an election fills at least one")
    if isinstance(rules.family, MotionRules) and len(contest.rows) != 1:
        _misfit(contest, f"has {len(contest.rows)} rows, and a motion has one")
    if isinstance(rules.family, EvaluationRules) and rules.family.categories:
        _check_categories(contest, rules, [category.id for category in rules.family.categories])


def _check_categories(contest: Contest, rules: RuleSet, categories: Sequence[str]) -> None:
    """Categories of evaluators are the classes of the credentials; a count by hand does not tell them apart."""
    if sorted(contest.classes) != sorted(categories):
        classes = ", ".join(contest.classes)
        _misfit(contest, f"has the classes {classes}, and {rules.id} has the categories {', '.join(categories)}")
    if contest.capture is Capture.HAND:
        _misfit(contest, f"is counted by hand, and {rules.id} weighs categories, which a sheet does not tell apart")


def _check_size(contest: Contest, rules: RuleSet) -> None:
    """The outcome fits into an entry of the log, or the contest could be counted and never be declared."""
    family = rules.family
    if not isinstance(family, EvaluationRules):
        return
    rates, categories = len(family.indicators), len(family.categories)
    numbers = len(contest.rows) * (rates * (1 + categories) + len(family.flags) + 2 * categories)
    if numbers > MAX_NUMBERS:
        problem = f"has {len(contest.rows)} rows, for which {rules.id} asks for {numbers} numbers"
        _misfit(contest, f"{problem}; at most {MAX_NUMBERS} fit into an outcome: make two contests of it")


def _check_write_ins(contest: Contest, rules: RuleSet) -> None:
    """Where the rules let people be written in, the contest says how, or which decision does without."""
    way = contest.write_ins.way
    allowed = isinstance(rules.family, ElectionRules) and rules.family.write_in is not None
    if not allowed or contest.stage is Stage.RUNOFF:
        fitting: tuple[WriteInWay, ...] = (WriteInWay.NONE,)
    elif contest.capture is Capture.HAND:
        fitting = (WriteInWay.PAPER, WriteInWay.WAIVED)
    else:
        fitting = (WriteInWay.SLIPS, WriteInWay.WAIVED)
    if way not in fitting:
        _misfit(contest, f'has write-ins by "{way}", and by {rules.id} it can have {" or ".join(fitting)}')


def _misfit(contest: Contest, problem: str) -> None:
    raise VerificationError("V6.B", f"{contest.id} {problem}", (contest.id,))


def _election_sheet(contest: Contest, lines: Sequence[_Line], write_ins: Sequence[WrittenIn]) -> ElectionSheet:
    return ElectionSheet(
        seats=contest.seats,
        candidates=tuple(
            Candidate(row.id, row.name, marks["approve"], marks["disapprove"], marks["abstain"], lost)
            for row, marks, lost in lines
        ),
        write_ins=tuple(WriteIn(line.name, line.approve) for line in write_ins),
        stage=contest.stage.value,
        body=contest.body,
        approved_order=contest.order,
    )


def _nominees(lines: Sequence[_Line]) -> tuple[Nominee, ...]:
    return tuple(
        Nominee(row.id, row.name, marks["agree"], marks["disapprove"], marks["abstain"], lost)
        for row, marks, lost in lines
    )


def _options(lines: Sequence[_Line]) -> tuple[Option, ...]:
    return tuple(Option(row.id, row.name, marks["chosen"], marks["not_chosen"], lost) for row, marks, lost in lines)
