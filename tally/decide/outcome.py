"""What was decided, one type for each kind of contest (SPEC §9.7).

* ``to_log_json`` is the ``outcome`` of ``outcome.declared``: ids of rows, integers, texts and booleans, no null.
* ``to_results_json`` is for people and files of results: names as in the table, rates with two decimals, null where
  there is no run-off or nothing to divide by.
* A person written in has no row; its id is ``write_in/`` and the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ballots.matrix import WRITE_IN
from tally.decide.evaluation import RowEvaluation
from tally.decide.quota import Selection
from tally.decide.steps import Sitting, Step
from voting_core.codec import JsonObject

Results: TypeAlias = dict[str, object]
"""A value of results.json. Unlike canonical JSON it may hold null."""


class NamedRow(Protocol):
    """A row of a contest, as far as names go."""

    @property
    def id(self) -> str:
        """The id of the row."""

    @property
    def name(self) -> str:
        """The name as in the table."""


class RowsOfContest(Protocol):
    """A contest, as far as names go."""

    @property
    def rows(self) -> Iterable[NamedRow]:
        """The rows in the order of display."""


def namer(contest: RowsOfContest) -> Callable[[str], str]:
    """The names of a contest's rows by id, and of persons written in."""
    names = {row.id: row.name for row in contest.rows}
    return lambda identity: names[identity] if identity in names else identity.removeprefix(WRITE_IN)


def _opening(sitting: Sitting) -> JsonObject:
    return {
        "can_hold": sitting.can_hold,
        "ballots_in_order": sitting.ballots_in_order,
        "outcome": sitting.outcome,
    }


def _void(sitting: Sitting) -> Results:
    """The keys that only a void vote has."""
    if sitting.outcome != "void_revote":
        return {}
    return {"ballots_in_order": False, "outcome": sitting.outcome}


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionOutcome:
    """The outcome of an election, pre-selection, run-off or supplementary vote; ids throughout.

    `runoff_candidates` are those tied for the last `runoff_seats`; `runoff_follows` is False where the presidium
    decides between them without a vote. `announce_numbers` and `report_to` (empty but for a pre-selection) are what
    the rules say of telling the result; they and `runoff_follows` are not in the log, where the rule set stands.
    """

    sitting: Sitting
    votes_needed: int
    elected_by_votes: tuple[str, ...]
    announced: tuple[str, ...]
    passed_but_not_elected: tuple[str, ...]
    runoff_seats: int
    runoff_candidates: tuple[str, ...]
    shortfall: int
    next_options: tuple[str, ...]
    manual_checks: tuple[str, ...]
    runoff_follows: bool
    announce_numbers: str
    report_to: str
    steps: tuple[Step, ...]

    def to_log_json(self) -> JsonObject:
        """The ``outcome`` of the log."""
        return {
            "kind": "election",
            **_opening(self.sitting),
            "votes_needed": self.votes_needed,
            "elected_by_votes": list(self.elected_by_votes),
            "announced": list(self.announced),
            "passed_but_not_elected": list(self.passed_but_not_elected),
            "runoff_seats": self.runoff_seats,
            "runoff_candidates": list(self.runoff_candidates),
            "shortfall": self.shortfall,
            "next_options": list(self.next_options),
            "manual_checks": list(self.manual_checks),
        }

    def to_results_json(self, contest: RowsOfContest) -> Results:
        """The ``outcome`` of results.json."""
        return self.results(namer(contest))

    def results(self, name: Callable[[str], str]) -> Results:
        """The same with any way of naming ids."""
        tied: Results | None = None
        if self.runoff_candidates:
            tied = {"seats": self.runoff_seats, "candidates": [name(i) for i in self.runoff_candidates]}
        return {
            "can_hold": self.sitting.can_hold,
            "votes_needed": self.votes_needed,
            "elected_by_votes": [name(i) for i in self.elected_by_votes],
            "announced": [name(i) for i in self.announced],
            "passed_but_not_elected": [name(i) for i in self.passed_but_not_elected],
            "runoff": tied if self.runoff_follows else None,
            "shortfall": self.shortfall,
            "announce_numbers": self.announce_numbers,
            **({"tied": tied} if tied is not None and not self.runoff_follows else {}),
            **({"report_to": self.report_to} if self.report_to else {}),
            **_void(self.sitting),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketVoteOutcome:
    """The outcome of a ticket vote: which nominees passed, each decided by itself."""

    sitting: Sitting
    votes_needed: int
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    manual_checks: tuple[str, ...]
    steps: tuple[Step, ...]

    def to_log_json(self) -> JsonObject:
        """The ``outcome`` of the log."""
        return {
            "kind": "ticket_vote",
            **_opening(self.sitting),
            "votes_needed": self.votes_needed,
            "passed": list(self.passed),
            "failed": list(self.failed),
            "manual_checks": list(self.manual_checks),
        }

    def to_results_json(self, contest: RowsOfContest) -> Results:
        """The ``outcome`` of results.json."""
        return self.results(namer(contest))

    def results(self, name: Callable[[str], str]) -> Results:
        """The same with any way of naming ids."""
        return {
            "can_hold": self.sitting.can_hold,
            "votes_needed": self.votes_needed,
            "passed": [name(i) for i in self.passed],
            "failed": [name(i) for i in self.failed],
            **_void(self.sitting),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionOutcome:
    """The outcome of a motion. `exact_half`: exactly half of the base, where readings of 半数以上 part."""

    sitting: Sitting
    votes_needed: int
    passed: bool
    exact_half: bool
    manual_checks: tuple[str, ...]
    steps: tuple[Step, ...]

    def to_log_json(self) -> JsonObject:
        """The ``outcome`` of the log."""
        return {
            "kind": "motion",
            **_opening(self.sitting),
            "votes_needed": self.votes_needed,
            "passed": self.passed,
            "exact_half": self.exact_half,
            "manual_checks": list(self.manual_checks),
        }

    def to_results_json(self, _contest: RowsOfContest) -> Results:
        """The ``outcome`` of results.json."""
        return {
            "can_hold": self.sitting.can_hold,
            "votes_needed": self.votes_needed,
            "passed": self.passed,
            "exact_half": self.exact_half,
            **_void(self.sitting),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationOutcome:
    """The outcome of an evaluation or assessment: rates, index, flags and band of every row; no row without a quorum.

    `selection` is None where the rule set selects nobody.
    """

    sitting: Sitting
    rows: tuple[RowEvaluation, ...]
    selection: Selection | None
    manual_checks: tuple[str, ...]
    steps: tuple[Step, ...]

    def to_log_json(self) -> JsonObject:
        """The ``outcome`` of the log: exact fractions, so that nothing depends on rounding."""
        return {
            "kind": "evaluation",
            **_opening(self.sitting),
            "rows": [row.to_log_json() for row in self.rows],
            **({} if self.selection is None else {"selection": self.selection.to_log_json()}),
            "manual_checks": list(self.manual_checks),
        }

    def to_results_json(self, contest: RowsOfContest) -> Results:
        """The ``outcome`` of results.json."""
        return {
            "can_hold": self.sitting.can_hold,
            "rows": {row.row: row.results() for row in self.rows},
            **({} if self.selection is None else {"selection": _selected(self.selection, namer(contest))}),
            **_void(self.sitting),
        }


def _selected(selection: Selection, name: Callable[[str], str]) -> Results:
    return {
        "quota": selection.quota,
        "turnout_met": selection.turnout_met,
        "selected": [name(i) for i in selection.selected],
        "selected_ids": list(selection.selected),
        "undecided_seats": selection.undecided_seats,
        "undecided_candidates": [name(i) for i in selection.undecided],
        "undecided_ids": list(selection.undecided),
    }


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """How often an option was chosen."""

    row: str
    chosen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireOutcome:
    """What a questionnaire shows: its options in the order in which they are reported. It decides nothing."""

    sitting: Sitting
    options: tuple[ChosenOption, ...]
    manual_checks: tuple[str, ...]
    steps: tuple[Step, ...]

    def to_log_json(self) -> JsonObject:
        """The ``outcome`` of the log."""
        return {
            "kind": "questionnaire",
            **_opening(self.sitting),
            "options": [{"chosen": option.chosen, "row": option.row} for option in self.options],
            "manual_checks": list(self.manual_checks),
        }

    def to_results_json(self, _contest: RowsOfContest) -> Results:
        """The ``outcome`` of results.json."""
        return {
            "can_hold": self.sitting.can_hold,
            "options": {option.row: option.chosen for option in self.options},
            **_void(self.sitting),
        }


Outcome: TypeAlias = ElectionOutcome | TicketVoteOutcome | MotionOutcome | EvaluationOutcome | QuestionnaireOutcome
