"""A result as its page shows it: figures, rows with bars, the elected, and the articles behind it.

Values only; the page draws them, the tables and the file for programs hold the same (:mod:`tally.board.tables`). What
an audience may not see is not in here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ballots.contest import Kind
from ballots.matrix import WRITE_IN
from ballots.screen.words import Bilingual, Said
from tally.board.audience import EVALUATIONS, Shown, kept_back
from tally.board.verdicts import NOTHING, PLAIN, conclusion, selection_verdict, verdict
from tally.decide.outcome import ElectionOutcome, MotionOutcome, QuestionnaireOutcome, TicketVoteOutcome, namer
from tally.indicator_words import INDEX, grade_words, rate_words
from tally.publication.shown import Reason, Withheld
from tally.report.facts import ContestFacts
from tally.report.told import Told, ToldRow
from tally.rules.evaluation import FLAGS
from tally.rules.evaluation import INDEX as INDEX_ITEM
from tally.rules.words import CERTAINTY_WORDS, KIND_WORDS, MARK_WORDS
from tally.tables import mark_word

BAR: Final = 1_000
"""The whole width of a bar."""

_AGAINST: Final = ("disapprove", "不信任", "不满意", "不称职", "不胜任", "较差", "差", "不认同")
_NEITHER: Final = ("abstain", "弃权", "不了解", "not_chosen")
_BETWEEN: Final = ("act",)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar: how its mark is coloured, where it begins, how wide it is."""

    tone: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `cells` stand under the columns of the result, `bar` is empty where no number may be seen."""

    number: int
    id: str
    name: str
    cells: tuple[str, ...]
    bar: tuple[Piece, ...]
    verdict: Said
    tone: str


@dataclass(frozen=True, slots=True)
class Cited:
    """An article behind the result, with how sure we are of its words."""

    said: Said
    certainty: Said
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One contest. `marks` are the colours and names of the pieces of bars; `notes` say what is kept back and why."""

    id: str
    title: Bilingual
    kind: Bilingual
    conclusion: Said
    tone: str
    figures: tuple[tuple[Said, int], ...]
    marks: tuple[tuple[str, Bilingual], ...]
    columns: tuple[Bilingual, ...]
    lines: tuple[Line, ...]
    has_verdicts: bool
    elected: tuple[str, ...]
    steps: tuple[Cited, ...]
    rules: Said
    articles: tuple[Cited, ...]
    notes: tuple[Said, ...]


NUMBERS_KEPT: Final = Said(
    "按采用的规则，各人得票数不在此公布，只载入监票人签字的得票情况报告单。",
    "Under the adopted rules the votes of each person are not told here, but in the count report of the scrutineers.",
)
SMALL: Final = Said(
    "有效票太少，不予显示，以免看出个人意见。", "Too few valid ballots: nothing is shown, so that no opinion is seen."
)


def result_of(shown: Shown) -> Result:
    """The result as it is shown."""
    facts, outcome = shown.facts, shown.facts.outcome
    said, tone = conclusion(outcome, facts.stage, namer(facts.contest))
    evaluation = facts.contest.kind in EVALUATIONS
    rules = facts.rules
    plain = shown.numbers or evaluation
    steps = outcome.steps if shown.numbers else outcome.sitting.steps
    return Result(
        id=facts.contest.id,
        title=facts.contest.title,
        kind=_kind(facts.contest.kind),
        conclusion=said,
        tone=tone,
        figures=tuple(_figures(facts)),
        marks=tuple(zip(mark_tones(facts.contest.marks), _marks(facts), strict=True)) if shown.numbers else (),
        columns=_columns(shown),
        lines=tuple(_lines(shown)),
        has_verdicts=(shown.numbers and any(verdict(row.id, outcome, facts.stage)[0].zh for row in facts.contest.rows))
        or (shown.told is not None and shown.told.publication.selection is not None),
        elected=_elected(shown),
        steps=tuple(
            Cited(
                Said(step.cited_zh, step.cited_en),
                _certainty(step.certainty.value) if step.certainty else NOTHING,
                step.unverified,
            )
            for step in steps
        ),
        rules=Said(f"{rules.name_zh}（第 {rules.version} 版）", f"{rules.name_en} (version {rules.version})"),
        articles=tuple(
            Cited(Said(one.zh, one.en), _certainty(one.certainty.value), one.certainty.unverified)
            for one in rules.articles
        ),
        notes=(*(() if plain else (NUMBERS_KEPT,)), *_withheld(shown.told)),
    )


def own_result(shown: Shown, row: str) -> Result:
    """The same for the person of one row: nothing that speaks of others."""
    whole = result_of(shown)
    return replace(whole, lines=tuple(line for line in whole.lines if line.id == row), steps=(), figures=())


def _kind(kind: Kind) -> Bilingual:
    if kind is Kind.MOTION:
        # One contest, not all that a rule set may be for.
        return Said("表决", "motion")
    words = KIND_WORDS[kind.value]
    return Said(words.zh, words.en)


def _certainty(value: str) -> Said:
    words = CERTAINTY_WORDS[value]
    return Said(words.zh, words.en)


def _figures(facts: ContestFacts) -> Iterator[tuple[Said, int]]:
    attendance, outcome = facts.attendance, facts.outcome
    yield Said("应到会", "Should attend"), attendance.should_attend
    yield Said("实到会", "Present"), attendance.present
    yield Said("发出票", "Ballots issued"), attendance.issued
    yield Said("收回票", "Ballots returned"), attendance.returned
    yield Said("有效票", "Valid ballots"), attendance.valid
    if attendance.invalid:
        yield Said("无效票", "Invalid ballots"), attendance.invalid
    if facts.contest.kind is Kind.ELECTION:
        yield Said("应选名额", "Seats"), facts.contest.seats
    if isinstance(outcome, ElectionOutcome | TicketVoteOutcome | MotionOutcome) and facts.threshold is not None:
        yield Said("所需票数", "Votes needed"), outcome.votes_needed


def _marks(facts: ContestFacts) -> tuple[Bilingual, ...]:
    return tuple(_mark(facts, mark) for mark in facts.contest.marks)


def _mark(facts: ContestFacts, mark: str) -> Said:
    english = MARK_WORDS[mark].en if mark in MARK_WORDS else grade_words(mark).en
    chinese = MARK_WORDS[mark].zh if mark in ("chosen", "not_chosen") else mark_word(facts.contest, mark)
    return Said(chinese, english)


def _columns(shown: Shown) -> tuple[Bilingual, ...]:
    marks = _marks(shown.facts) if shown.numbers else ()
    told = shown.told
    if told is None:
        return marks
    rates = tuple(Said(*_words(one.rate.marks)) for one in told.rows[0].shown.rates) if told.rows else ()
    index = (Said(INDEX.zh, INDEX.en),) if told.has_index else ()
    bands = (Said("等次", "Band"),) if told.has_bands else ()
    flags = (Said("待核实的标记", "Flags to be verified"),) if told.has_flags else ()
    return (*marks, *rates, *index, *bands, *flags)


def _words(marks: tuple[str, ...]) -> tuple[str, str]:
    words = rate_words(marks)
    return words.zh, words.en


def _lines(shown: Shown) -> Iterator[Line]:
    facts, outcome = shown.facts, shown.facts.outcome
    if shown.told is not None:
        yield from (_told_line(row, shown.told, shown) for row in shown.told.rows)
        return
    if not shown.numbers:
        # Who was over the threshold and not elected would tell of votes; the list of the elected stands by itself.
        return
    order = [row.id for row in facts.contest.rows]
    if isinstance(outcome, QuestionnaireOutcome) and outcome.options:
        order = [option.row for option in outcome.options]
    people = {person.id: person for person in facts.people}
    tones = mark_tones(facts.contest.marks)
    for number, identity in enumerate(order, 1):
        at = facts.contest.row_index(identity)
        counts = facts.counts[at]
        said, tone = verdict(identity, outcome, facts.stage)
        yield Line(number, identity, people[identity].label, tuple(map(str, counts)), _bar(counts, tones), said, tone)
    for name, approvals in facts.write_ins:
        said, tone = verdict(WRITE_IN + name, outcome, facts.stage)
        cells = (str(approvals), *("—",) * (len(facts.contest.marks) - 1))
        yield Line(len(order) + 1, WRITE_IN + name, name, cells, (), said, tone)
        order.append(name)


def _told_line(row: ToldRow, told: Told, shown: Shown) -> Line:
    facts = shown.facts
    at = facts.contest.row_index(row.shown.row)
    counts = facts.counts[at] if shown.numbers and not told.is_too_small else ()
    cells = [str(count) for count in counts] or ["—"] * (len(facts.contest.marks) if shown.numbers else 0)
    cells += [one.text or "—" for one in row.shown.rates]
    cells += [row.shown.index or "—"] if told.has_index else []
    cells += [row.shown.band or "—"] if told.has_bands else []
    if told.has_flags:
        tripped = [f"{'＋'.join(flag.marks)} {flag.fraction}" for flag in row.shown.flags if flag.tripped]
        cells.append("；".join(tripped) or "—")
    selection = told.publication.selection
    said, tone = NOTHING, PLAIN
    if selection is not None:
        said, tone = selection_verdict(row.shown.row, selection.selected, selection.undecided)
    bar = _bar(counts, mark_tones(facts.contest.marks))
    return Line(at + 1, row.person.id, row.person.label, tuple(cells), bar, said, tone)


def mark_tones(marks: Sequence[str]) -> tuple[str, ...]:
    """How each mark is coloured: the first green, refusals red, what takes no side yellow, what lies between blue."""
    rest = iter((*_BETWEEN, *("neutral",) * len(marks)))
    return tuple(
        "disapprove"
        if mark in _AGAINST
        else "abstain"
        if mark in _NEITHER
        else "approve"
        if number == 0
        else next(rest)
        for number, mark in enumerate(marks)
    )


def _bar(counts: tuple[int, ...], tones: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces of a bar; they meet without a gap because their ends are rounded, not their widths."""
    total = sum(counts)
    if not total:
        return ()
    pieces, done = [], 0
    for mark, count in enumerate(counts):
        start = BAR * done // total
        done += count
        if count:
            pieces.append(Piece(tones[mark], start, BAR * done // total - start))
    return tuple(pieces)


def _elected(shown: Shown) -> tuple[str, ...]:
    outcome, facts = shown.facts.outcome, shown.facts
    if not isinstance(outcome, ElectionOutcome) or not outcome.sitting.decides:
        return ()
    people = {person.id: person.name + person.note for person in facts.people}
    return tuple(people.get(one, one.removeprefix(WRITE_IN)) for one in outcome.announced)


def _withheld(told: Told | None) -> Iterator[Said]:
    if told is None:
        return
    if told.is_too_small:
        yield SMALL
        return
    for one in kept_back(told):
        yield _kept(one, told)
    if any(row.shown.withheld for row in told.rows):
        yield Said(
            "人数太少的类别不单列，以免看出个人意见。",
            "Categories with too few people are not shown by themselves, so that no opinion is seen.",
        )


def _kept(one: Withheld, told: Told) -> Said:
    item = _item(one.item, told)
    if one.reason is Reason.LATER:
        return Said(f"{item.zh}自 {one.from_day} 起告知。", f"{item.en}: told from {one.from_day} on.")
    return Said(f"{item.zh}不在本范围告知。", f"{item.en}: not told to this audience.")


def _item(item: str, told: Told) -> Said:
    if item == INDEX_ITEM:
        return Said(INDEX.zh, INDEX.en)
    if item == FLAGS:
        return Said("标记", "Flags")
    marks = next((rate.marks for rate in told.rules.indicators if rate.id == item), (item,))
    return Said(*_words(marks))
