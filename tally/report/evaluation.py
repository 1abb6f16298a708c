"""测评结果: one sheet a person, one table of all rows, and one sheet for the whole.

* The sheet of a person is for the person and for who may know; the table is restricted; the sheet for the whole has
  sums over all rows alone.
* Every rate names its denominator. The index is called 指数 and never a rate.
* A flag asks the organisation to verify (待核实). No sheet has a consequence for anybody.
* What is withheld is shown as such, and never as zero.
* Where the rule set has `scopes`, the sheet of a person and that for the whole leave out what their readers may not
  know, and with it the distribution of opinions, from which it could be computed.
"""

from __future__ import annotations

from typing import Final

from tally.decide.outcome import EvaluationOutcome
from tally.decide.rounding import percent
from tally.indicator_words import rate_words
from tally.report.count import COUNTING_SIGNATURES
from tally.report.evaluated import (
    EVERYBODY,
    ONESELF,
    CountedRate,
    EvaluatedPerson,
    delays,
    evaluated,
    evaluation_rules,
    may_be_told,
)
from tally.report.facts import ETHNICITY, SEX, ContestFacts
from tally.report.model import NONE, Block, Cell, Column, ColumnKind, Facts, Notes, Sheet, Statement, Table
from tally.report.words import articles, checks, validity
from tally.rules.evaluation import FLAGS, INDEX, Scope

CONFIDENTIAL: Final = "内部资料　注意保密"
WITHHELD: Final = "有效票少于规定张数，结果不予显示。"
LEAST_ROWS: Final = 3
"""Sums over fewer rows would be the result of one of them, or close to it."""

_SELF: Final = "对本人一行，测评时提示选择“弃权”；表决卡不记名，无法排除本人投票。"
_FLAGS: Final = "“待核实”只表示票数达到所列界限，须经组织核实；本表不作任何人事结论。"


def person_sheets(facts: ContestFacts) -> tuple[Sheet, ...]:
    """One sheet for each row."""
    return tuple(_person(facts, person) for person in evaluated(facts))


def rows_sheet(facts: ContestFacts, outcome: EvaluationOutcome) -> Sheet:
    """The table of all rows, for those who may see them."""
    rules = evaluation_rules(facts)
    people = evaluated(facts)
    flagged = bool(rules.flags)
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column("姓名" if _are_people(facts) else "名称", ColumnKind.NAME),
        *(Column(mark, ColumnKind.NUMBER) for mark in facts.contest.marks),
        *(Column(f"{rate_words(rate.marks).zh}%", ColumnKind.NUMBER) for rate in rules.indicators),
        Column("指数", ColumnKind.NUMBER),
        *((Column("标记", ColumnKind.TEXT),) if flagged else ()),
    )
    rows = tuple((number, *_row(person, len(columns) - 1)) for number, person in enumerate(people, 1))
    blocks: list[Block] = [_facts(facts), Statement(validity(facts, "测评", "测评票"), strong=True)]
    if any(person.withheld for person in people):
        blocks.append(Statement(WITHHELD))
    blocks.append(Table(columns, rows))
    blocks.append(Notes(_notes(facts, outcome, (), flagged=flagged)))
    return Sheet(f"{facts.title}结果（全部对象）", tuple(blocks), COUNTING_SIGNATURES)


def overall_sheet(facts: ContestFacts, outcome: EvaluationOutcome) -> Sheet:
    """Sums over all rows, which say nothing of a single one."""
    people = [person for person in evaluated(facts) if not person.withheld]
    blocks: list[Block] = [_facts(facts), Statement(validity(facts, "测评", "测评票"), strong=True)]
    if not people:
        blocks.append(Statement(WITHHELD))
    elif len(people) < LEAST_ROWS:
        blocks.append(Statement(f"测评对象不足 {LEAST_ROWS} 个，总体数字会显示个人结果，不予显示。"))
    else:
        sums = [sum(person.counts[number] for person in people) for number in range(len(facts.contest.marks))]
        told = _told(facts, _summed(people), EVERYBODY)
        if len(told) == len(people[0].rates):
            blocks.append(_distribution(facts, sums, sum(sums), "评价总数（各对象之和）"))
        blocks += _rates(facts, told)
    blocks.append(Notes(_notes(facts, outcome, _told_items(facts, EVERYBODY), flagged=False)))
    return Sheet(f"{facts.title}总体情况", tuple(blocks), COUNTING_SIGNATURES)


def _person(facts: ContestFacts, person: EvaluatedPerson) -> Sheet:
    details = [(label, text) for label, text in person.person.details if text and label not in (SEX, ETHNICITY)]
    who: tuple[tuple[str, Cell], ...] = (("姓名" if _are_people(facts) else "名称", person.person.name), *details)
    blocks: list[Block] = [Facts(who), _facts(facts), Statement(validity(facts, "测评", "测评票"), strong=True)]
    items = _told_items(facts, ONESELF)
    flagged = bool(person.flags) and FLAGS in items
    if person.withheld:
        blocks.append(Statement(WITHHELD, strong=True))
    else:
        told = _told(facts, person.rates, ONESELF)
        if len(told) == len(person.rates):
            blocks.append(_distribution(facts, list(person.counts), sum(person.counts), "有效票"))
        blocks += _rates(facts, told)
        if INDEX in items:
            blocks.append(Statement(f"指数：{person.index or NONE}"))
        if flagged:
            blocks.append(_flag_table(person))
    notes = _notes(facts, facts.outcome, items, flagged=flagged)
    return Sheet(f"{facts.title}结果", (*blocks, Notes(notes)))


def _facts(facts: ContestFacts) -> Facts:
    attendance = facts.attendance
    return Facts(
        (
            ("应到会", attendance.should_attend),
            ("实到会", attendance.present),
            ("测评对象", len(facts.people)),
            ("发出测评票", attendance.issued),
            ("收回测评票", attendance.returned),
            ("有效票", attendance.valid),
        )
    )


def _distribution(facts: ContestFacts, counts: list[int], total: int, word: str) -> Table:
    rows = tuple((mark, count, _percent(count, total)) for mark, count in zip(facts.contest.marks, counts, strict=True))
    columns = (
        Column("意见", ColumnKind.TEXT),
        Column("票数", ColumnKind.NUMBER),
        Column(f"占{word} {total} 的%", ColumnKind.NUMBER),
    )
    return Table(columns, rows, "意见分布")


def _told(facts: ContestFacts, rates: tuple[CountedRate, ...], audience: frozenset[Scope]) -> tuple[CountedRate, ...]:
    """The rates that some of the audience may know."""
    rules = evaluation_rules(facts)
    return tuple(rate for rate in rates if may_be_told(rules, rate[0], audience))


def _told_items(facts: ContestFacts, audience: frozenset[Scope]) -> tuple[str, ...]:
    """Everything that some of the audience may know."""
    rules = evaluation_rules(facts)
    items = (*(rate.id for rate in rules.indicators), INDEX, FLAGS)
    return tuple(item for item in items if may_be_told(rules, item, audience))


def _rates(facts: ContestFacts, rates: tuple[CountedRate, ...]) -> list[Table]:
    """A table of rates with their denominator, none where there is nothing to tell."""
    if not rates:
        return []
    base = evaluation_rules(facts).denominator.zh
    columns = (
        Column("指标", ColumnKind.TEXT),
        Column("分子", ColumnKind.NUMBER),
        Column(f"分母（{base}）", ColumnKind.NUMBER),
        Column("比率%", ColumnKind.NUMBER),
    )
    rows = tuple(
        (f"{rate_words(marks).zh}（{'＋'.join(marks)}）", over, under, _percent(over, under))
        for _, marks, over, under in rates
    )
    return [Table(columns, rows, "指标")]


def _flag_table(person: EvaluatedPerson) -> Table:
    columns = (
        Column("界限", ColumnKind.TEXT),
        Column("票数", ColumnKind.NUMBER),
        Column("分母", ColumnKind.NUMBER),
        Column("标记", ColumnKind.TEXT),
    )
    rows = tuple(
        (f"{'＋'.join(marks)}{ratio}", over, under, "待核实" if tripped else "未达到")
        for marks, ratio, over, under, tripped in person.flags
    )
    return Table(columns, rows, "标记")


def _row(person: EvaluatedPerson, width: int) -> tuple[Cell, ...]:
    if person.withheld:
        return (person.person.label, *(NONE,) * (width - 1))
    cells: list[Cell] = [person.person.label, *person.counts]
    cells += [_percent(over, under) for _, _, over, under in person.rates]
    cells.append(person.index or NONE)
    if person.flags:
        cells.append("待核实" if any(tripped for *_, tripped in person.flags) else "")
    return tuple(cells)


def _summed(people: list[EvaluatedPerson]) -> tuple[CountedRate, ...]:
    return tuple(
        (identity, marks, sum(one.rates[at][2] for one in people), sum(one.rates[at][3] for one in people))
        for at, (identity, marks, _, _) in enumerate(people[0].rates)
    )


def _notes(facts: ContestFacts, outcome: object, items: tuple[str, ...], *, flagged: bool) -> tuple[str, ...]:
    rules = evaluation_rules(facts)
    weights = "，".join(f"{mark} {weight}" for mark, weight in rules.weights)
    left_out = f"，{'、'.join(rules.excluded_from_index)}不计入" if rules.excluded_from_index else ""
    days = delays(rules, items)
    codes = outcome.manual_checks if isinstance(outcome, EvaluationOutcome) else ()
    return (
        f"各比率以{rules.denominator.zh}为分母。指数为加权平均（{weights}{left_out}），是指数，不是比率。",
        *((_FLAGS,) if flagged else ()),
        *((f"本表内容须在结果公布 {days} 日后方可告知。",) if days else ()),
        _SELF,
        *checks(codes),
        *articles(facts.rules, ("denominator",)),
    )


def _percent(over: int, under: int) -> str:
    return percent(over, under) if under else NONE


def _are_people(facts: ContestFacts) -> bool:
    return any(label == SEX for person in facts.people for label, _ in person.details)
