"""The steps of an evaluation in words: what rates are of, categories, each tripped flag, bands, the selection.

A flag is told as a fraction and with what it waits for; nothing here says what follows for a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tally.decide.attendance import Attendance
from tally.decide.categories import Part
from tally.decide.evaluation import RowEvaluation
from tally.decide.quota import Selection
from tally.decide.rates import Flag
from tally.decide.steps import Step, step
from tally.indicator_words import grade_words, rate_words
from tally.rules.evaluation import EmptyCategory, EvaluationRules, SelectionRules
from tally.rules.ruleset import RuleSet

_EMPTY: Final = {
    EmptyCategory.REFUSE: ("不计算指数，由人工处理", "there is no index, people have to decide"),
    EmptyCategory.RENORMALISE: ("按其余各类权重折算", "the other weights are scaled up"),
    EmptyCategory.ZERO: ("该类按零分计", "it counts as zero"),
}


def evaluation_steps(
    rows: Sequence[RowEvaluation],
    selection: Selection | None,
    names: Mapping[str, str],
    attendance: Attendance,
    rules: RuleSet,
    family: EvaluationRules,
) -> tuple[Step, ...]:
    """All steps after those of the sitting, in the order in which they are taken."""
    steps = [
        step(
            rules,
            "denominator",
            f"比率以{family.denominator.zh}为分母；指数为加权平均，不是比率",
            f"rates are of {family.denominator.en}; the index is a weighted mean and no rate",
        )
    ]
    if attendance.valid < family.smallest_cell:
        zh = f"有效票 {attendance.valid} 张，少于 {family.smallest_cell} 张，不宜单独公布"
        en = f"{attendance.valid} valid ballots are fewer than {family.smallest_cell}: not to be published by itself"
        steps.append(step(rules, "smallest_cell", zh, en))
    steps += _categories(rows, names, rules, family)
    for row in rows:
        steps += (flag_step(rules, flag, names[row.row]) for flag in row.flags if flag.tripped)
    steps += _bands(rows, names, rules, family)
    if selection is not None and family.selection is not None:  # pragma: no mutate: both are there, or neither
        steps += _selection(selection, family.selection, names, attendance, rules)
    return tuple(steps)


def flag_step(rules: RuleSet, flag: Flag, name: str) -> Step:
    """A flag that is tripped: its marks, the fraction, the comparison, and that the organisation has to verify it."""
    marks_zh = "、".join(flag.marks)
    marks_en = " or ".join(grade_words(mark).en for mark in flag.marks)
    zh = f"{name}：{marks_zh} {flag.fraction}，{flag.ratio.zh}，待组织考核认定"
    en = f"{name}: {marks_en} {flag.fraction}, {flag.ratio.en}: awaiting verification by the organisation"
    return step(rules, flag.id if rules.article(flag.id) else "flags", zh, en)


def _categories(
    rows: Sequence[RowEvaluation], names: Mapping[str, str], rules: RuleSet, family: EvaluationRules
) -> Iterator[Step]:
    """The weights and what was merged, once; then every row in which a category gave no answer."""
    if not family.categories:
        return
    weights = ", ".join(f"{category.id.upper()} {category.weight}%" for category in family.categories)
    yield step(
        rules,
        "categories",
        f"各类测评人分别计分，按权重合成：{weights}",
        f"each category of evaluators is scored by itself and combined by weight: {weights}",
    )
    merged = [part for part in _parts(rows) if len(part.categories) > 1]
    for part in merged:
        together = "+".join(name.upper() for name in part.categories)
        yield step(
            rules,
            "categories",
            f"{together} 类人数过少，合并计分，权重 {part.weight}%",
            f"{together} are too few by themselves and are scored as one, weight {part.weight}%",
        )
    zh, en = _EMPTY[family.empty_category]
    for row in rows:
        if row.empty_categories:
            together = "+".join(name.upper() for name in row.empty_categories)
            yield step(
                rules,
                "categories",
                f"{names[row.row]}：{together} 类没有有效评价，{zh}",
                f"{names[row.row]}: {together} gave no answer, {en}",
            )


def _parts(rows: Sequence[RowEvaluation]) -> tuple[Part, ...]:
    combined = rows[0].combined if rows else None
    return () if combined is None else combined.parts


def _bands(
    rows: Sequence[RowEvaluation], names: Mapping[str, str], rules: RuleSet, family: EvaluationRules
) -> Iterator[Step]:
    if family.bands is None:
        return
    for row in rows:
        if row.band:
            rate = row.rate(family.bands.indicator)
            words = rate_words(rate.marks)
            yield step(
                rules,
                "bands",
                f"{names[row.row]}：{words.zh} {rate.fraction}，等次为“{row.band}”，待组织认定",
                f"{names[row.row]}: {words.en} {rate.fraction}, band {row.band}, to be confirmed by the organisation",
            )


def _selection(
    selection: Selection, family: SelectionRules, names: Mapping[str, str], attendance: Attendance, rules: RuleSet
) -> Iterator[Step]:
    """Quota, turnout, the least rate, who is selected, and the tie at the cut."""
    share = f"{family.quota[0]}/{family.quota[1]}"
    yield step(
        rules,
        "selection",
        f"名额为参加考核的 {len(names)} 个的 {share}，只舍不入：{selection.quota} 名",
        f"the quota is {share} of the {len(names)} assessed, rounded down: {selection.quota}",
    )
    if family.turnout is not None:
        base = attendance.base(family.turnout.base)
        met_zh, met_en = ("达到", "reached") if selection.turnout_met else ("未达到，不产生人选", "not reached: nobody")
        yield step(
            rules,
            "turnout",
            f"收回 {attendance.returned} 票，须{family.turnout.ratio.zh}（{family.turnout.base.zh} {base}），{met_zh}",
            f"{attendance.returned} returned, {family.turnout.ratio.en} of {family.turnout.base.en} ({base}): {met_en}",
        )
    if family.least is not None:
        yield step(
            rules,
            "least",
            f"入选者的比率须{family.least.zh}",
            f"a row is selected with a rate of {family.least.en}",
        )
    chosen = "、".join(names[i] for i in selection.selected)
    yield step(
        rules,
        "selected",
        f"按比率由高到低入选 {len(selection.selected)} 名：{chosen}" if chosen else "没有入选",
        f"selected by rate: {len(selection.selected)}" + (f" ({chosen})" if chosen else ""),
    )
    if selection.undecided_seats:
        tied = "、".join(names[i] for i in selection.undecided)
        yield step(
            rules,
            "selection",
            f"余下 {selection.undecided_seats} 名，{tied} 比率相等，不得突破名额，由大会主席团决定",
            f"{selection.undecided_seats} places are left and {tied} have the same rate: "
            "the quota is not exceeded, the presidium decides",
        )
