"""Cases about evaluations: rates and indexes, thresholds, bands, categories, quotas."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from tally.decide.attendance import Attendance, check_row, contradiction
from tally.decide.bands import band_of
from tally.decide.case_answer import Answer
from tally.decide.case_file import Case, counts_of, number, number_or
from tally.decide.case_methods import check_marks, marks_of, rules_of, weights_of
from tally.decide.categories import Part, combine
from tally.decide.evaluation import evaluate
from tally.decide.evaluation_contest import EMPTY_CATEGORY
from tally.decide.evaluation_steps import evaluation_steps
from tally.decide.outcome import Results
from tally.decide.quota import QuotaSelection, quota_of, select_within
from tally.decide.rates import Rate, weigh
from tally.decide.rounding import two_decimals
from tally.decide.steps import Step
from tally.indicator_words import SCORE, label_to_refuse, rate_words
from tally.publication.small_cells import publishable
from tally.rules.evaluation import BandRule, EmptyCategory
from tally.rules.threshold import read_ratio
from voting_core.codec import Fields, JsonObject
from voting_core.errors import EncodingError

_ROW: Final = "row"
_DENOMINATOR: Final = "denominator"


def evaluation_single(case: Case) -> Answer:
    """The rates, index, flags and band of one row."""
    fields = case.input()
    counts = counts_of(fields.value("counts"), "input.counts")
    issued, returned = number(fields, "issued"), number(fields, "returned")
    people = number_or(fields, "should_attend", max(issued, 1))
    present = number_or(fields, "present", min(issued, people))
    attendance = Attendance(people, present, issued, returned, number_or(fields, "invalid", 0))
    fields.done()
    attendance.check()
    rules, family = rules_of(case, counts)
    if not attendance.in_order(family.returned_must_be):
        zh = f"发出 {issued} 票，收回 {returned} 票，收回多于发出，本次测评无效"
        step = Step("returned", zh, f"{issued} issued, {returned} returned: more than issued, the evaluation is void")
        return {"ballots_in_order": False, "outcome": "void_revote"}, (step,)
    counts = {mark: counts.get(mark, 0) for mark in family.marks} if set(counts) <= set(family.marks) else counts
    check_row("the row", tuple(counts.values()), 0, attendance.valid)
    row = evaluate(_ROW, counts, attendance, family)
    steps = evaluation_steps((row,), None, {_ROW: "测评对象 the row"}, attendance, rules, family)
    scored = Step(
        "index",
        f"指数：加权和 {row.weighted} ÷ 计入指数的 {row.weighing} 票 = {row.index or '无'}",
        f"index: weighted sum {row.weighted} over {row.weighing} ballots that carry a weight = {row.index or 'none'}",
    )
    return row.results(), (steps[0], *(_rate_step(rate) for rate in row.rates), scored, *steps[1:])


def _rate_step(rate: Rate) -> Step:
    words, text = rate_words(rate.marks), "无" if rate.text is None else f"{rate.text}%"
    return Step("rate", f"{words.zh}：{rate.fraction} = {text}", f"{words.en}: {rate.fraction} = {rate.text or 'none'}")


def evaluation_score(case: Case) -> Answer:
    """A weighted score; marks that are left out neither score nor count."""
    params, counts = case.params(), counts_of(case.fields.get("input", ""), "input")
    weights = weights_of(params, "weights")
    excluded = (*marks_of(params, "excluded"), *marks_of(params, "excluded_from_index"))
    params.done()
    check_marks(counts, weights, excluded)
    weighted, weighing = weigh(counts, weights)
    score = _score(weighted, weighing)
    result: Results = {"score": score}
    left_out = f"，{'、'.join(excluded)}不计入" if excluded else ""
    steps = [
        Step(
            "index",
            f"{SCORE.zh}：加权和 {weighted} ÷ {weighing} 票 = {score or '无'}{left_out}；{SCORE.zh}不是比率",
            f"{SCORE.en}: weighted sum {weighted} over {weighing} ballots = {score or 'none'}; a score is no rate",
        )
    ]
    if excluded:
        result["score_if_unknown_counted_as_zero"] = _score(weighted, sum(counts.values()))
    label = label_to_refuse(tuple(counts))
    if label:
        result["label_must_not_be"] = label
        steps.append(Step("label", f"不得称为“{label}”", f"it must not be called {label}, which is a rate"))
    return result, tuple(steps)


def evaluation_weighted(case: Case) -> Answer:
    """Categories of evaluators, combined exactly and rounded at the end."""
    params, fields = case.params(), case.input()
    weights = weights_of(params, "weights")
    excluded = marks_of(params, "excluded_from_index")
    shares = counts_of(params.value("category_weights"), "params.category_weights")
    empty = EmptyCategory.REFUSE
    if params.has("empty_category"):
        empty = EmptyCategory(params.choice("empty_category", tuple(EmptyCategory)))
    params.done()
    parts = []
    for category, share in shares.items():
        counts = counts_of(fields.value(category), f"input.{category}")
        check_marks(counts, weights, excluded)
        parts.append(Part(category, (category,), share, *weigh(counts, weights)))
    fields.done()
    if not parts:
        raise EncodingError("params.category_weights", "names no category")
    combined = combine(parts, empty)
    texts = {part.cell: None if part.score is None else two_decimals(part.score) for part in parts}
    index = None if combined.index is None else two_decimals(combined.index)
    result: Results = {**texts, "index": index}
    if combined.empty:
        result["manual_checks"] = [EMPTY_CATEGORY]
    steps = [
        Step(
            "categories",
            f"{part.cell} 类：{part.weighted} ÷ {part.weighing} = {texts[part.cell] or '无'}，权重 {part.weight}%",
            f"{part.cell}: {part.weighted} over {part.weighing} = {texts[part.cell] or 'none'}, weight {part.weight}%",
        )
        for part in parts
    ]
    zh = f"合成指数 {index or '无'}：按精确分数合成，除以权重 {combined.share}，最后四舍五入"
    en = f"index {index or 'none'}: exact fractions combined and divided by the weight {combined.share}, rounded last"
    return result, (*steps, Step("index", zh, en))


def evaluation_threshold(case: Case) -> Answer:
    """Whether a flag is tripped: the marks of a row together, against a fraction of the denominator."""
    rows: list[Results] = []
    steps = []
    for row, own in zip(case.rows(), case.row_objects(), strict=True):
        rule = row.fields("rule")
        ratio = read_ratio(rule)
        chosen = marks_of(rule, "marks")
        rule.done()
        numerator, denominator = _rate(row, own, chosen)
        tripped = ratio.holds(numerator, denominator)
        rows.append({"tripped": tripped})
        zh, en = ("触发，待组织考核认定", "tripped, awaiting verification") if tripped else ("未触发", "not tripped")
        fraction = f"{numerator}/{denominator}"
        steps.append(Step("flags", f"{fraction}，{ratio.zh}：{zh}", f"{fraction}, {ratio.en}: {en}"))
    return {"rows": rows}, tuple(steps)


def evaluation_band(case: Case) -> Answer:
    """The band of each row."""
    params = case.params()
    bands = tuple(_band(row) for row in params.rows("bands"))
    params.done()
    rows: list[Results] = []
    steps = []
    for row, own in zip(case.rows(), case.row_objects(), strict=True):
        numerator, denominator = _rate(row, own, ())
        band = band_of(numerator, denominator, bands)
        rows.append({"band": band})
        fraction = f"{numerator}/{denominator}"
        steps.append(Step("bands", f"{fraction}，等次为“{band}”，界限归高一等", f"{fraction}: band {band}"))
    return {"rows": rows}, tuple(steps)


def quota_selection(case: Case) -> Answer:
    """A selection under a quota, with or without a tie at the cut."""
    fields = case.input()
    quota = quota_of(number(fields, "assessed"), fields.integer("quota_pct", 0, 100), 100)
    selection = _selected(fields, quota)
    fields.done()
    left, tied = selection.undecided_seats, selection.undecided_candidates
    zh = f"名额 {quota}，只舍不入；入选 {selection.selected}"
    en = f"the quota is {quota}, rounded down; {selection.selected} are selected"
    if left:
        zh += f"；余 {left} 名，{tied} 人票数相等，由大会主席团决定"
        en += f"; {tied} are tied for the {left} places left, the presidium decides"
    return {
        "quota": quota,
        "selected": selection.selected,
        "undecided_seats": left,
        "undecided_candidates": tied,
    }, (Step("selection", zh, en),)


def small_group(case: Case) -> Answer:
    """The categories that may be published by themselves."""
    params, fields = case.params(), case.input()
    sizes = counts_of(fields.value("categories"), "input.categories")
    fields.done()
    smallest = params.integer("min_category_size", 1, 1000)
    published, withheld = publishable(sizes, smallest)
    params.done()
    shown, hidden = ", ".join(published) or "—", ", ".join(withheld) or "—"
    step = Step(
        "smallest_cell",
        f"少于 {smallest} 人的类别不单独公布，并使其不能由总数减出：公布 {shown}，不公布或合并 {hidden}",
        f"below {smallest} a category is withheld, and none can be found by subtraction: {shown} shown, {hidden} not",
    )
    return {"publish_separately": list(published), "suppressed_or_merged": list(withheld)}, (step,)


def _rate(row: Fields, own: JsonObject, chosen: tuple[str, ...]) -> tuple[int, int]:
    """The marks of a row together, and the denominator; without one it is the sum of the row's ``counts``.

    The marks that form the indicator are data: those that the rule names, otherwise every number of the row (or of its
    ``counts``) but the denominator.
    """
    counts = counts_of(own["counts"], row.path("counts")) if "counts" in own else {}
    numbers = counts or {key: number(row, key) for key, item in own.items() if type(item) is int}
    denominator = number(row, _DENOMINATOR) if _DENOMINATOR in own else sum(counts.values())
    marks = chosen or tuple(key for key in numbers if key != _DENOMINATOR)
    if not marks or not set(marks) <= set(numbers):
        raise EncodingError(row.where, "has no number to compare with the denominator")
    numerator = sum(numbers[mark] for mark in marks)
    if numerator > denominator or denominator == 0:
        contradiction(f"{numerator} of {denominator} is no rate")
    return numerator, denominator


def _selected(fields: Fields, quota: int) -> QuotaSelection:
    """The ranking as numbers above and at the tie, or as the votes themselves."""
    if not isinstance(fields.value("ranked_votes_descending"), list):
        ranked = fields.fields("ranked_votes_descending")
        selection = select_within(quota, number(ranked, "above_tie"), number(ranked, "tied"))
        ranked.done()
        return selection
    votes = [value for value in fields.array("ranked_votes_descending") if type(value) is int and value >= 0]
    if len(votes) != len(fields.array("ranked_votes_descending")) or votes != sorted(votes, reverse=True):
        raise EncodingError("input.ranked_votes_descending", "is not a list of numbers of votes, highest first")
    if len(votes) <= quota or not quota:
        return select_within(quota, min(len(votes), quota), 0)
    cut = votes[quota - 1]
    return select_within(quota, sum(vote > cut for vote in votes), votes.count(cut))


def _band(row: Fields) -> BandRule:
    name = row.text("name")
    ratio = None if row.has("otherwise") and row.boolean("otherwise") else read_ratio(row)
    row.done()
    return BandRule(name, ratio)


def _score(weighted: int, weighing: int) -> str | None:
    return two_decimals(Fraction(weighted, weighing)) if weighing else None
