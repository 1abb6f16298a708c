"""The tables of an evaluation: all rows, categories of evaluators, the comparison with the earlier result, one row.

A rate is told as the publication says: in percent, or near a threshold as a fraction. A flag is always a fraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from tally.decide.rates import Flag, Rate
from tally.decide.rounding import percent, two_decimals
from tally.indicator_words import INDEX, rate_words
from tally.publication.shown import ShownCategory, ShownRow
from tally.report.facts import SEX
from tally.report.model import NONE, Cell, Column, ColumnKind, Table
from tally.report.told import Told, ToldRow

NOT_BY_ITSELF: Final = "（未单独公布）"
"""Stands for a category that is kept back in company."""

AWAITING: Final = "待核实"
CATEGORIES: Final = "各类测评人分别计分"
CATEGORY_RATES: Final = "各类测评人的比率"
COMPARISON: Final = "与上次测评比较"
OVERALL: Final = "总体（各对象之和）"
_EARLIER: Final = "上次"


def rows_table(told: Told, *, counts: bool) -> Table:
    """All rows with what is shown of them; with `counts` also how often each mark was given."""
    contest = told.contest
    marks = contest.contest.marks if counts else ()
    columns = (
        *_heading(told),
        *(Column(mark, ColumnKind.NUMBER) for mark in marks),
        *(Column(rate_words(one.marks).zh, ColumnKind.NUMBER) for one in _indicators(told)),
        *((Column(INDEX.zh, ColumnKind.NUMBER),) if told.has_index else ()),
        *((Column("标记", ColumnKind.TEXT),) if told.has_flags else ()),
        *((Column(f"考核等次（{AWAITING}）", ColumnKind.TEXT),) if told.has_bands else ()),
    )
    return Table(columns, tuple(_row(told, number, counts=counts) for number in range(len(told.rows))))


def categories_table(told: Told) -> Table:
    """The score of each category of evaluators with its weight, a line for each row."""
    scored = tuple(_categories(told, told.rows[0].shown))
    columns = (
        *_heading(told),
        *(Column(f"{_named(names)}得分（权重 {weight}%）", ColumnKind.TEXT) for names, weight, _ in scored),
        Column(f"合成{INDEX.zh}", ColumnKind.NUMBER),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            number,
            row.person.label,
            *(_score(shown) for _, _, shown in _categories(told, row.shown)),
            row.shown.index or NONE,
        )
        for number, row in enumerate(told.rows, 1)
    )
    return Table(columns, rows, CATEGORIES)


def category_rates_table(told: Told) -> Table | None:
    """The rates of each category that has rates of its own, None where none are shown."""
    first = _with_rates(told.rows[0].shown)
    if not first:
        return None
    columns = tuple(
        Column(f"{_named(category.categories)}{rate_words(one.rate.marks).zh}", ColumnKind.NUMBER)
        for category in first
        for one in category.rates
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            number,
            row.person.label,
            *(one.text or NONE for category in _with_rates(row.shown) for one in category.rates),
        )
        for number, row in enumerate(told.rows, 1)
    )
    return Table((*_heading(told), *columns), rows, CATEGORY_RATES)


def comparison_table(told: Told) -> Table | None:
    """The rates and the index beside those of the earlier evaluation, None where nobody has an earlier one."""
    if not any(row.earlier for row in told.rows):
        return None
    pairs = [*(rate_words(one.marks).zh for one in _indicators(told)), *((INDEX.zh,) if told.has_index else ())]
    columns = tuple(Column(title, ColumnKind.NUMBER) for word in pairs for title in (word, f"{_EARLIER}{word}"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (number, row.person.label, *_compared(told, row)) for number, row in enumerate(told.rows, 1)
    )
    return Table((*_heading(told), *columns), rows, COMPARISON)


def rates_table(told: Told, row: ToldRow) -> Table:
    """The rates of one row with their numerators and denominators, and the earlier ones where there are any."""
    columns = (
        Column("指标", ColumnKind.TEXT),
        Column("分子", ColumnKind.NUMBER),
        Column(f"分母（{told.rules.denominator.zh}）", ColumnKind.NUMBER),
        Column("比率", ColumnKind.NUMBER),
        *((Column(f"{_EARLIER}比率", ColumnKind.NUMBER),) if row.earlier else ()),
    )
    rows = tuple(
        (
            f"{rate_words(one.rate.marks).zh}（{'＋'.join(one.rate.marks)}）",
            one.rate.numerator,
            one.rate.denominator,
            one.text or NONE,
            *((_earlier_rate(row, one.rate),) if row.earlier else ()),
        )
        for one in row.shown.rates
    )
    return Table(columns, rows, "指标")


def own_categories_table(told: Told, row: ToldRow) -> Table:
    """The categories of one row, a line for each: weight, score and rates."""
    scored = tuple(_categories(told, row.shown))
    columns = (
        Column("测评人类别", ColumnKind.TEXT),
        Column("权重", ColumnKind.NUMBER),
        *((Column("得分", ColumnKind.TEXT),) if told.has_index else ()),
        *(Column(rate_words(one.marks).zh, ColumnKind.NUMBER) for one in _indicators(told)),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _named(names),
            f"{weight}%",
            *((_score(shown),) if told.has_index else ()),
            *((one.text or NONE for one in shown.rates) if shown and shown.rates else (NONE,) * len(row.shown.rates)),
        )
        for names, weight, shown in scored
    )
    return Table(columns, rows, CATEGORIES)


def flags_table(row: ToldRow) -> Table:
    """The flags of one row, each as a fraction."""
    columns = (
        Column("界限", ColumnKind.TEXT),
        Column("票数／分母", ColumnKind.NUMBER),
        Column("标记", ColumnKind.TEXT),
    )
    rows = tuple(
        (f"{_marks(flag)}{flag.ratio.zh}", flag.fraction, AWAITING if flag.tripped else "未达到")
        for flag in row.shown.flags
    )
    return Table(columns, rows, "标记")


def _heading(told: Told) -> tuple[Column, ...]:
    return (Column("序号", ColumnKind.ORDINAL), Column(subject_word(told), ColumnKind.NAME))


def subject_word(told: Told) -> str:
    """姓名 where people are evaluated, 名称 for departments."""
    people = any(label == SEX for person in told.contest.people for label, _ in person.details)
    return "姓名" if people else "名称"


def _indicators(told: Told) -> Sequence[Rate]:
    return tuple(one.rate for one in told.rows[0].shown.rates) if told.rows else ()


def _row(told: Told, number: int, *, counts: bool) -> tuple[Cell, ...]:
    row = told.rows[number]
    shown = row.shown
    cells: list[Cell] = [number + 1, row.person.label]
    if counts:
        at = told.contest.contest.row_index(shown.row)
        cells += told.contest.counts[at]
    cells += [one.text or NONE for one in shown.rates]
    if told.has_index:
        cells.append(shown.index or NONE)
    if told.has_flags:
        cells.append("；".join(f"{_marks(flag)} {flag.fraction} {AWAITING}" for flag in shown.flags if flag.tripped))
    if told.has_bands:
        cells.append(shown.band or NONE)
    return tuple(cells)


def _categories(told: Told, row: ShownRow) -> Iterator[tuple[tuple[str, ...], int, ShownCategory | None]]:
    """The categories of a row in the order of the rule set, those counted as one once; None for those kept back."""
    done: set[str] = set()
    for category in told.rules.categories:
        if category.id in done:
            continue
        shown = next((one for one in row.categories if category.id in one.categories), None)
        names = shown.categories if shown else (category.id,)
        done.update(names)
        yield names, shown.weight if shown else category.weight, shown


def _with_rates(row: ShownRow) -> tuple[ShownCategory, ...]:
    return tuple(category for category in row.categories if category.rates)


def _named(categories: Sequence[str]) -> str:
    return f"{'＋'.join(name.upper() for name in categories)} 类"


def _score(category: ShownCategory | None) -> str:
    return NOT_BY_ITSELF if category is None else _decimals(category.score)


def _decimals(score: Fraction | None) -> str:
    return NONE if score is None else two_decimals(score)


def _compared(told: Told, row: ToldRow) -> Iterator[str]:
    for one in row.shown.rates:
        yield from (one.text or NONE, _earlier_rate(row, one.rate))
    if told.has_index:
        yield from (row.shown.index or NONE, (row.earlier.index if row.earlier else None) or NONE)


def _earlier_rate(row: ToldRow, rate: Rate) -> str:
    found = row.earlier.rate(rate.id) if row.earlier else None
    return f"{percent(found.numerator, found.denominator)}%" if found and found.denominator else NONE


def overall_table(told: Told) -> Table | None:
    """The rates over all rows together, None for a single row. Rows are told on the same sheet."""
    if len(told.rows) < 2 or not _indicators(told):
        return None
    columns = (
        Column("指标", ColumnKind.TEXT),
        Column("分子之和", ColumnKind.NUMBER),
        Column("分母之和", ColumnKind.NUMBER),
        Column("比率", ColumnKind.NUMBER),
    )
    rows: list[tuple[Cell, ...]] = []
    for at, rate in enumerate(_indicators(told)):
        over = sum(row.shown.rates[at].rate.numerator for row in told.rows)
        under = sum(row.shown.rates[at].rate.denominator for row in told.rows)
        rows.append((rate_words(rate.marks).zh, over, under, f"{percent(over, under)}%" if under else NONE))
    return Table(columns, tuple(rows), OVERALL)


def _marks(flag: Flag) -> str:
    return "＋".join(flag.marks)
