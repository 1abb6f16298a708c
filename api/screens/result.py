"""The parts of a published result, as the hall sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from ballots.contest import Stage
from ballots.screen.words import Said
from tally.decide.outcome import (
    ElectionOutcome,
    EvaluationOutcome,
    MotionOutcome,
    QuestionnaireOutcome,
    TicketVoteOutcome,
    namer,
)
from tally.indicator_words import INDEX, rate_words
from tally.publication.publish import publish
from tally.report.facts import ContestFacts, announces_votes, contest_facts, election_rules
from tally.rules.common import NameOrder
from tally.rules.election import Order
from tally.rules.evaluation import EvaluationRules, Scope
from tally.state import ContestState, State
from tally.tables import mark_word

MARKS: Final = {
    "approve": Said("赞成", "approve"),
    "agree": Said("同意", "agree"),
    "disapprove": Said("不赞成", "disapprove"),
    "abstain": Said("弃权", "abstain"),
}

NOT_CAST: Final = Said("未投票", "not cast")


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number; `kind` is its colour: approve, disapprove, abstain or neutral."""

    kind: str
    said: Said
    value: int
    permille: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a motion, and what follows from them."""

    verdict: Said
    holds: bool
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: a name, its pieces (kind, width in thousandths, number) and a mark such as 当选, or None."""

    name: str
    pieces: tuple[tuple[str, int, int], ...]
    value: str
    verdict: Said | None = None
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of people or options, with the words of their colours."""

    rows: tuple[BarRow, ...]
    marks: tuple[tuple[str, Said], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A name in a list, with the number before it where that has a meaning, and words after it."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names in its lawful order."""

    people: tuple[Listed, ...]
    heading: Said
    order: Said | None


@dataclass(frozen=True, slots=True)
class Note:
    """A result that is one sentence."""

    said: Said


Part: TypeAlias = Figures | Bars | NameList | Note

_STROKES: Final = {
    NameOrder.SURNAME_STROKES: Said("按姓氏笔画为序", "in the order of strokes of surnames"),
    NameOrder.FULL_NAME_STROKES: Said("按姓名笔画为序", "in the order of strokes of names"),
}

_OTHER_ORDERS: Final = {
    Order.VOTES_THEN_STROKE: Said("按得票多少为序", "in the order of votes"),
    Order.SUPERIOR_APPROVED: Said("按上级党委批准的次序", "in the order approved above"),
}


def result_parts(state: State, held: ContestState, today: date) -> tuple[Part, ...]:
    """Everything that the hall may see of a published result; at least one part."""
    facts = contest_facts(state, held.id)
    if not facts.outcome.sitting.decides:
        return (Note(Said("本次投票不产生结果，须重新投票", "This vote has no result; it is held again")),)
    match facts.outcome:
        case MotionOutcome() as outcome:
            return (_motion(facts, outcome),)
        case ElectionOutcome() as outcome:
            bars = (_bars(facts, {one: _elected(facts) for one in outcome.elected_by_votes}),)
            return (_elected_list(facts, outcome), *(bars if announces_votes(facts) else ()))
        case TicketVoteOutcome() as outcome:
            verdicts = {one: (Said("通过", "passed"), True) for one in outcome.passed}
            verdicts |= {one: (Said("未通过", "not passed"), False) for one in outcome.failed}
            return (_bars(facts, verdicts),)
        case QuestionnaireOutcome() as outcome:
            return (_options(facts, outcome),)
        case EvaluationOutcome() as outcome:
            return (_evaluation(facts, outcome, today),)


def _motion(facts: ContestFacts, outcome: MotionOutcome) -> Figures:
    counts, issued = facts.counts[0], facts.attendance.issued
    figures = [
        Figure(mark, _word(facts, mark), counts[number], _permille(counts[number], issued))
        for number, mark in enumerate(facts.contest.marks)
    ]
    left = max(0, issued - facts.attendance.returned)
    figures.append(Figure("neutral", NOT_CAST, left, _permille(left, issued)))
    passed = Said("通过", "Passed") if outcome.passed else Said("未通过", "Not passed")
    return Figures(passed, outcome.passed, tuple(figures))


def _elected(facts: ContestFacts) -> tuple[Said, bool]:
    if facts.stage is Stage.PRESELECTION:
        return Said("入选", "chosen"), True
    return Said("当选", "elected"), True


def _elected_list(facts: ContestFacts, outcome: ElectionOutcome) -> NameList:
    name, family = namer(facts.contest), election_rules(facts)
    people = tuple(Listed(name(one), _note(facts, one)) for one in outcome.announced)
    chosen = facts.stage is Stage.PRESELECTION
    heading = Said("正式候选人", "Formal candidates") if chosen else Said("当选名单", "Elected")
    order = _OTHER_ORDERS.get(family.order_of(facts.contest.body)) or _STROKES[family.naming.name_order]
    return NameList(people, heading, order)


def _note(facts: ContestFacts, identity: str) -> str:
    row = facts.contest.find_row(identity)
    return "" if row is None else facts.people[row].note


def _bars(facts: ContestFacts, verdicts: dict[str, tuple[Said, bool]]) -> Bars:
    marks = facts.contest.marks
    total = max(1, facts.attendance.valid)
    rows = []
    for number, row in enumerate(facts.contest.rows):
        counts = facts.counts[number]
        pieces = tuple((_kind(mark), _permille(counts[at], total), counts[at]) for at, mark in enumerate(marks))
        verdict = verdicts.get(row.id)
        said, holds = verdict if verdict else (None, True)
        rows.append(BarRow(facts.people[number].label, pieces, str(counts[0]), said, holds))
    return Bars(tuple(rows), tuple((_kind(mark), _word(facts, mark)) for mark in marks))


def _options(facts: ContestFacts, outcome: QuestionnaireOutcome) -> Bars:
    name, total = namer(facts.contest), max(1, facts.attendance.valid)
    rows = tuple(
        BarRow(name(option.row), (("act", _permille(option.chosen, total), option.chosen),), str(option.chosen))
        for option in outcome.options
    )
    return Bars(rows, (("act", Said("选择", "chosen")),))


def _evaluation(facts: ContestFacts, outcome: EvaluationOutcome, today: date) -> Part:
    """The first rate that delegates may be told today, or the index; usually nothing is told in the hall."""
    rules = facts.rules.family
    if not isinstance(rules, EvaluationRules):
        raise TypeError("an evaluation is decided by rules of evaluations")
    shown = publish(outcome, rules, facts.cells, Scope.DELEGATES, published=today, today=today)
    name = namer(facts.contest)
    rows = []
    words = Said(INDEX.zh, INDEX.en)
    for row in shown.rows:
        rate = row.rates[0] if row.rates else None
        if rate is not None and rate.rate.denominator and rate.text is not None:
            indicator = next(one for one in rules.indicators if one.id == rate.rate.id)
            said = rate_words(indicator.marks)
            words = Said(said.zh, said.en)
            wide = _permille(rate.rate.numerator, rate.rate.denominator)
            rows.append(BarRow(name(row.row), (("approve", wide, rate.rate.numerator),), rate.text))
        elif row.index is not None:
            rows.append(BarRow(name(row.row), (), row.index))
    if not rows:
        return Note(
            Said("测评已完成，结果按规定范围告知", "The evaluation is done; its result is told as the rules say")
        )
    return Bars(tuple(rows), (("approve", words),))


def _word(facts: ContestFacts, mark: str) -> Said:
    found = MARKS.get(mark)
    return Said(mark_word(facts.contest, mark), found.en if found else mark)


def _kind(mark: str) -> str:
    return {"approve": "approve", "agree": "approve", "disapprove": "disapprove", "abstain": "abstain"}.get(
        mark, "neutral"
    )


def _permille(part: int, whole: int) -> int:
    return 0 if whole <= 0 else min(1000, part * 1000 // whole)


def pieces_at(pieces: tuple[tuple[str, int, int], ...]) -> Iterator[tuple[str, int, int]]:
    """The pieces of a bar with where each begins: kind, start and width in thousandths."""
    at = 0
    for kind, wide, _ in pieces:
        yield kind, at, wide
        at += wide
