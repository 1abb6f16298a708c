"""测评结果: the table that those who declare the result sign, what each audience is told, and one sheet a person.

* What may be told to whom, from which day, and which categories are kept back, is what :mod:`tally.publication` says.
* Every rate names its denominator. The index is called 指数 and never a rate.
* Flags and bands ask the organisation to verify (待核实). No sheet has a consequence for anybody.
* What is withheld is shown as such, and never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from tally.decide.outcome import EvaluationOutcome
from tally.indicator_words import INDEX as INDEX_WORDS
from tally.indicator_words import rate_words
from tally.publication.shown import Reason
from tally.report.count import COUNTING_SIGNATURES
from tally.report.evaluation_tables import (
    NOT_BY_ITSELF,
    categories_table,
    category_rates_table,
    comparison_table,
    flags_table,
    overall_table,
    own_categories_table,
    rates_table,
    rows_table,
    subject_word,
)
from tally.report.facts import ETHNICITY, SEX, ContestFacts, day_words
from tally.report.model import NONE, Block, Cell, Facts, Notes, Sheet, Statement, Table
from tally.report.selection import selection_blocks
from tally.report.told import AUDIENCES, Told, ToldRow, evaluation_rules, is_told
from tally.report.words import articles, checks, validity
from tally.rules.evaluation import FLAGS, INDEX, Scope

CONFIDENTIAL: Final = "内部资料　注意保密"
WITHHELD: Final = "有效票少于规定张数，结果不予显示。"

AUDIENCE_WORDS: Final = {
    Scope.SELF: "本人",
    Scope.COMMITTEE: "县委",
    Scope.SUPERIOR: "上级党委",
    Scope.DELEGATES: "代表",
    Scope.PUBLIC: "公开",
}
_TOLD_NOBODY: Final = "采用的规则没有写明向谁告知结果，不制作告知用的结果单；告知范围须由县里办法规定。"
_SELF: Final = "对本人一行，测评时提示选择“弃权”；表决卡不记名，无法排除本人投票。"
_FLAGS: Final = "“待核实”只表示票数达到所列界限，须经组织核实；本表不作任何人事结论。"
_BANDS: Final = "“考核等次”只按票数划分，待组织考核认定后才有效力；本表不作任何人事结论。"
_NEAR: Final = "接近界限的比率以分数表示，不作四舍五入。"
_KEPT_BACK: Final = f"{NOT_BY_ITSELF}：某类人数过少的，连同其他类别都不单独公布，合成指数也不公布，以免推算。"


def rows_sheet(told: Told, outcome: EvaluationOutcome) -> Sheet:
    """The table of all rows with the counts, for those who declare the result and sign it."""
    facts = told.contest
    blocks = [*_opening(told), *_tables(told, counts=True)]
    nobody = not any(is_told(facts, audience) for audience in (Scope.SELF, *AUDIENCES))
    lines = ((_TOLD_NOBODY,) if nobody else ()) + _notes(told, checks(outcome.manual_checks))
    return Sheet(f"{facts.title}结果（全部对象）", (*blocks, Notes(lines)), COUNTING_SIGNATURES)


def told_sheet(told: Told, audience: Scope) -> Sheet:
    """What one audience is told of all rows."""
    blocks = [*_opening(told), *_later(told), *_tables(told, counts=False)]
    blocks += selection_blocks(told)
    return Sheet(f"{told.contest.title}结果（{told_word(audience)}）", (*blocks, Notes(_notes(told))))


def told_word(audience: Scope) -> str:
    """告知县委, or 公开."""
    word = AUDIENCE_WORDS[audience]
    return word if audience is Scope.PUBLIC else f"告知{word}"


def person_sheet(told: Told) -> Sheet:
    """The sheet of the one row of which its person is told."""
    (row,), rules = told.rows, told.rules
    person = row.person
    details = [(label, text) for label, text in person.details if text and label not in (SEX, ETHNICITY)]
    who: tuple[tuple[str, Cell], ...] = ((subject_word(told), person.name), *details)
    blocks: list[Block] = [Facts(who), *_opening(told), *_later(told)]
    if row.shown.rates:
        blocks.append(rates_table(told, row))
    if told.has_index:
        blocks.append(Statement(f"{INDEX_WORDS.zh}：{_index(row)}"))
    if told.has_flags:
        blocks.append(flags_table(row))
    if told.has_bands:
        blocks.append(Statement(f"考核等次（待核实）：{row.shown.band or NONE}"))
    if rules.categories and not told.is_too_small:
        blocks.append(own_categories_table(told, row))
    blocks += selection_blocks(told)
    return Sheet(f"{told.contest.title}结果", (*blocks, Notes(_notes(told))))


def _index(row: ToldRow) -> str:
    earlier = f"（上次 {row.earlier.index}）" if row.earlier and row.earlier.index else ""
    return (row.shown.index or NONE) + earlier


def _opening(told: Told) -> list[Block]:
    facts, attendance = told.contest, told.contest.attendance
    numbers = Facts(
        (
            ("应到会", attendance.should_attend),
            ("实到会", attendance.present),
            ("测评对象", len(facts.people)),
            ("发出测评票", attendance.issued),
            ("收回测评票", attendance.returned),
            ("有效票", attendance.valid),
        )
    )
    blocks: list[Block] = [numbers, Statement(validity(facts, "测评", "测评票"), strong=True)]
    if told.is_too_small:
        blocks.append(Statement(WITHHELD, strong=True))
    return blocks


def _later(told: Told) -> Iterable[Block]:
    """What is told only from a later day on, one sentence for each day."""
    days: dict[date, list[str]] = {}
    for one in told.publication.withheld:
        if one.reason is Reason.LATER and one.from_day is not None:
            days.setdefault(one.from_day, []).append(_item_word(told.contest, one.item))
    for day, items in sorted(days.items()):
        yield Statement(f"{'、'.join(items)}自 {day_words(day)}起告知，此前不予告知。")


def _item_word(facts: ContestFacts, item: str) -> str:
    words = {INDEX: INDEX_WORDS.zh, FLAGS: "标记"}
    rates = {rate.id: rate_words(rate.marks).zh for rate in evaluation_rules(facts).indicators}
    return {**words, **rates}[item]


def _tables(told: Told, *, counts: bool) -> list[Table]:
    """The tables of all rows; none where nothing at all is shown."""
    if told.is_too_small or not told.rows:
        return []
    shows = counts or told.rows[0].shown.rates or told.has_index or told.has_flags
    comparison, overall = comparison_table(told), overall_table(told)
    return [
        *((rows_table(told, counts=counts),) if shows else ()),
        *_category_tables(told),
        *((overall,) if overall else ()),
        *((comparison,) if comparison else ()),
    ]


def _category_tables(told: Told) -> list[Table]:
    """The categories of evaluators, as far as they may be known."""
    if not told.rows or not told.rules.categories or told.is_too_small:
        return []
    rates = category_rates_table(told)
    return [*((categories_table(told),) if told.has_index else ()), *((rates,) if rates else ())]


def _notes(told: Told, first: tuple[str, ...] = ()) -> tuple[str, ...]:
    rules = told.rules
    points = ["denominator"]
    lines = [f"各比率以{rules.denominator.zh}为分母。"]
    if told.has_index:
        weights = "，".join(f"{mark} {weight}" for mark, weight in rules.weights)
        left_out = f"，{'、'.join(rules.excluded_from_index)}不计入" if rules.excluded_from_index else ""
        lines[0] += f"{INDEX_WORDS.zh}为加权平均（{weights}{left_out}），是指数，不是比率。"
        points.append("weights")
    if any(one.near for row in told.rows for one in row.shown.rates):
        lines.append(_NEAR)
    if told.has_flags:
        lines.append(_FLAGS)
        points.append("flags")
    if told.has_bands:
        lines.append(_BANDS)
        points.append("bands")
    if rules.categories:
        points.append("categories")
    if any(row.shown.withheld for row in told.rows):
        lines.append(_KEPT_BACK)
    earlier = sorted({row.earlier.session for row in told.rows if row.earlier})
    if earlier:
        lines.append(f"上次测评见会议 {'、'.join(earlier)} 的记录，以当时的分母计算。")
    if told.publication.audience is not None:
        lines.append("本单只列采用的规则允许告知的项目。")
        points.append("scopes")
    return (*lines, _SELF, *first, *articles(told.contest.rules, points))
