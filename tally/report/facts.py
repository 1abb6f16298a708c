"""What reports read from a session: the only module of this package that knows the shape of states and contests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ballots.contest import Contest, Purpose, Row, Stage
from ballots.crockford import fingerprint_text
from tally.decide.attendance import Attendance
from tally.decide.outcome import Outcome
from tally.entries.counting import CountedCell
from tally.entries.outcome import SeatsReduced
from tally.replay.expected import attendance_of, outcome_of, report_digest
from tally.report.code import report_code
from tally.report.model import Provenance
from tally.rules.election import AnnounceNumbers, ElectionRules, PreselectionReport, RunoffWinner
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Threshold
from tally.state import State
from tally.state.sheets import Sheets

SEX: Final = "性别"
ETHNICITY: Final = "民族"
UNITS: Final = ("单位", "乡镇")
_UNREMARKED: Final = ("", "男", "汉", "汉族")

NO_SHEETS: Final = Sheets()
"""Nothing was counted by hand."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What `session.created` says of a session, in words."""

    title: str
    place: str
    day: str
    simulated: bool

    @property
    def occasion(self) -> str:
        """Date and place: 2026年12月8日　青岚县大礼堂."""
        return day_words(date.fromisoformat(self.day)) + (f"　{self.place}" if self.place else "")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A row of a contest: a person, or what else is voted on.

    `label` is the name as a table shows it: where two rows have one name, with what tells them apart. `note` stands
    after it in a list: （女，苗族）, empty for men and 汉族, and the same. `details` are the table's other columns.
    """

    id: str
    name: str
    label: str
    note: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestFacts:
    """A counted contest with its outcome. `counts` and `item_invalid` have one element a row.

    `threshold` is what the outcome's votes needed come from, None where the larger number wins or nothing is passed;
    `point` is its name in the rule set. `write_ins` are names with their approvals, `cells` the counts by category
    of evaluators, empty for counts by hand.
    `reduced` is how an election ended with fewer seats, None where it did not. `sheets` are all count sheets of the
    `boxes` that are counted by hand, those of ballots or that of slips.
    """

    contest: Contest
    people: tuple[PersonFacts, ...]
    attendance: Attendance
    counts: tuple[tuple[int, ...], ...]
    item_invalid: tuple[int, ...]
    write_ins: tuple[tuple[str, int], ...]
    cells: tuple[CountedCell, ...]
    reduced: SeatsReduced | None
    sheets: Sheets
    boxes: tuple[str, ...]
    outcome: Outcome
    rules: RuleSet
    threshold: Threshold | None
    point: str

    @property
    def title(self) -> str:
        """The title in Chinese."""
        return self.contest.title.zh

    @property
    def stage(self) -> Stage:
        """The stage of an election."""
        return self.contest.stage

    @property
    def purpose(self) -> Purpose:
        """What a ticket vote is for."""
        return self.contest.purpose

    def count(self, row: int, mark: str) -> int:
        """The ballots with a mark on a row."""
        return self.counts[row][self.contest.mark_index(mark)]


def day_words(day: date) -> str:
    """A day as documents write it: 2026年12月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def session_facts(state: State) -> SessionFacts:
    """The facts of a session that has begun."""
    session = state.facts
    return SessionFacts(session.title, session.place, session.date, session.simulated)


def counted(state: State) -> tuple[str, ...]:
    """The ids of the contests with all counts, in the order of their slots."""
    found = [contest for contest in state.contests.values() if contest.is_decidable]
    return tuple(contest.id for contest in sorted(found, key=lambda contest: contest.contest.slot))


def contest_facts(state: State, contest_id: str) -> ContestFacts:
    """The facts of a counted contest."""
    held = state.contest(contest_id)
    return facts_of(
        held.contest,
        attendance_of(state, contest_id),
        held.totals,
        outcome_of(state, contest_id),
        state.rules[held.contest.rules.id].rules,
        item_invalid=held.item_invalid,
        write_ins=tuple((line.name, line.approve) for line in held.written_in),
        cells=held.cells,
        reduced=held.reduced,
        sheets=held.sheets,
        boxes=held.boxes,
    )


def facts_of(
    contest: Contest,
    attendance: Attendance,
    counts: Sequence[Sequence[int]],
    outcome: Outcome,
    rules: RuleSet,
    *,
    item_invalid: tuple[int, ...] = (),
    write_ins: tuple[tuple[str, int], ...] = (),
    cells: tuple[CountedCell, ...] = (),
    reduced: SeatsReduced | None = None,
    sheets: Sheets = NO_SHEETS,
    boxes: tuple[str, ...] = (),
) -> ContestFacts:
    """The facts of a contest from its parts; `write_ins` are names with their approvals."""
    threshold, point = _threshold(contest, rules)
    return ContestFacts(
        contest=contest,
        people=people_of(contest),
        attendance=attendance,
        counts=tuple(tuple(row) for row in counts),
        item_invalid=item_invalid,
        write_ins=write_ins,
        cells=cells,
        reduced=reduced,
        sheets=sheets,
        boxes=boxes,
        outcome=outcome,
        rules=rules,
        threshold=threshold,
        point=point,
    )


def people_of(contest: Contest) -> tuple[PersonFacts, ...]:
    """The rows of a contest as reports show them."""
    repeated = {name for name, times in Counter(row.name for row in contest.rows).items() if times > 1}
    return tuple(_person(row, row.name in repeated) for row in contest.rows)


def provenance(state: State, contest_id: str = "") -> Provenance:
    """Where a document about a contest, or about the whole session, comes from."""
    held = state.contest(contest_id) if contest_id else None
    closing = held.closing if held else None
    size, root = (closing.size, closing.root) if closing else (state.size, state.root)
    declared = held is not None and held.outcome is not None
    digest = report_digest(state, contest_id).hex() if declared else ""
    session = state.session_id.hex()
    return Provenance(
        session=session,
        fingerprint=fingerprint_text(state.fingerprint) if state.fingerprint else "",
        contest=contest_id,
        digest=digest,
        size=size,
        root=root.hex(),
        closed=closing is not None,
        code=report_code(session, contest_id, digest, size, root.hex()),
    )


def announces_votes(facts: ContestFacts) -> bool:
    """Whether the rule set has the numbers of votes told where the elected are announced."""
    family = facts.rules.family
    return isinstance(family, ElectionRules) and family.announce_numbers is AnnounceNumbers.FULL


def is_for_presidium(facts: ContestFacts) -> bool:
    """Whether the list goes to the presidium alone: that of a pre-selection, where the rule set says so."""
    family = facts.rules.family
    presidium = isinstance(family, ElectionRules) and family.preselection_reports_to is PreselectionReport.PRESIDIUM
    return presidium and facts.stage is Stage.PRESELECTION


def election_rules(facts: ContestFacts) -> ElectionRules:
    """The rule set's parameters of an election."""
    if not isinstance(facts.rules.family, ElectionRules):
        raise ValueError(f"{facts.contest.id} is no election")
    return facts.rules.family


def _threshold(contest: Contest, rules: RuleSet) -> tuple[Threshold | None, str]:
    family = rules.family
    if isinstance(family, ElectionRules):
        if contest.stage is Stage.PRESELECTION:
            return family.preselect, "preselect"
        if contest.stage is Stage.RUNOFF and family.runoff_wins_by is RunoffWinner.PLURALITY:
            return None, "runoff"
        return family.elect, "elect"
    return rules.passing, "pass"


def _person(row: Row, repeated: bool) -> PersonFacts:
    details = {detail.label: detail.text for detail in row.details}
    apart = next((details[unit] for unit in UNITS if details.get(unit)), row.id) if repeated else ""
    remarks = [text for text in (details.get(SEX, ""), details.get(ETHNICITY, ""), apart) if text not in _UNREMARKED]
    return PersonFacts(
        id=row.id,
        name=row.name,
        label=f"{row.name}（{apart}）" if apart else row.name,
        note=f"（{'，'.join(remarks)}）" if remarks else "",
        details=tuple((detail.label, detail.text) for detail in row.details),
    )
