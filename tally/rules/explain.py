"""A rule set in words: every parameter with its value, the article behind it, and how sure that article is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tally.rules.parameters import Parameter, parameters_of
from tally.rules.ruleset import Article, RuleSet
from tally.rules.threshold import Base, Op, Ratio, Threshold
from tally.rules.words import BODY_WORDS, KIND_WORDS, MARK_WORDS, Words
from voting_core.codec import JsonObject, JsonValue

NONE: Final = Words("无", "none")


@dataclass(frozen=True, slots=True)
class Explained:
    """One parameter of one rule set. `article` is None where the rule set names none for its point."""

    parameter: Parameter
    value: Words
    article: Article | None
    given: bool

    @property
    def unattested(self) -> bool:
        """Whether nothing is said about where this value comes from, though it is one that somebody decided."""
        return self.article is None and self.given and bool(self.parameter.point)


def explain(rules: RuleSet) -> tuple[Explained, ...]:
    """Every parameter of a rule set, in the order in which people read them."""
    document = rules.to_json()
    lines = []
    for one in parameters_of(rules.family):
        value = value_at(document, one.key)
        # What says how to write in means nothing where nobody may.
        if value is None and one.field == "write_in":
            continue
        lines.append(Explained(one, value_words(one, value), rules.article(one.point), value is not None))
    return tuple(lines)


def other_articles(rules: RuleSet) -> tuple[Article, ...]:
    """The articles that are behind no parameter as a whole, such as those of single flags."""
    points = {one.point for one in parameters_of(rules.family)}
    return tuple(article for article in rules.articles if article.point not in points)


def value_words(parameter: Parameter, value: JsonValue | None) -> Words:
    """The words of a value that a rule set has at this parameter; None where it has none."""
    formatter = _FORMATTERS.get(parameter.key)
    if value is None:
        return Words("不设", "none is asked for") if parameter.key == "quorum" else NONE
    if formatter is not None:
        return formatter(value)
    if parameter.values:
        return _joined([parameter.values[str(item)] for item in _items(value)])
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _joined([mark_words(str(item)) for item in value])
    return Words(str(value), str(value))


def mark_words(mark: str) -> Words:
    """The words of a mark; grades of scales are Chinese words in both languages."""
    return MARK_WORDS.get(mark, Words(mark, mark))


def value_at(document: JsonObject, key: str) -> JsonValue | None:
    """The value at a path of a rule set object, None where there is none."""
    value: JsonValue | None = document
    for step in key.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _items(value: JsonValue) -> tuple[JsonValue, ...]:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def _rows(value: JsonValue) -> tuple[JsonObject, ...]:
    return tuple(row for row in _items(value) if isinstance(row, Mapping))


def _joined(words: Sequence[Words]) -> Words:
    if not words:
        return NONE
    return Words("；".join(word.zh for word in words), "; ".join(word.en for word in words))


def _ratio(value: JsonObject) -> Ratio:
    numerator, denominator = _pair(value["frac"])
    return Ratio(Op(str(value["op"])), numerator, denominator)


def _pair(value: JsonValue) -> tuple[int, int]:
    first, second = _items(value)
    return int(str(first)), int(str(second))


def _threshold(value: JsonValue) -> Words:
    (row,) = _rows(value)
    threshold = Threshold(Base(str(row["base"])), _ratio(row))
    return Words(threshold.zh, threshold.en)


def _kinds(value: JsonValue) -> Words:
    return _joined([KIND_WORDS[str(kind)] for kind in _items(value)])


def _blank(value: JsonValue) -> Words:
    if not value:
        return Words("不可不填，每行必填", "nothing: every line must be marked")
    return mark_words(str(value))


def _days(value: JsonValue) -> Words:
    if not value:
        return Words("无文规定，由县里定", "no text says; for the county")
    return Words(f"{value} 天", f"{value} days")


def _surplus(value: JsonValue) -> Words:
    return _joined([_surplus_row(row) for row in _rows(value)])


def _surplus_row(row: JsonObject) -> Words:
    name = str(row["body"])
    body = BODY_WORDS.get(name, Words(name, name))
    percent, least, most = row["percent"], row["least"], row.get("most")
    if most == 0:
        return Words(f"{body.zh}：等额", f"{body.en}: as many candidates as seats")
    zh = ([f"不少于名额的 {percent}%（零数进一）"] if percent else []) + [f"至少多 {least} 名"]
    en = ([f"{percent}% of the seats, rounded up"] if percent else []) + [f"at least {least} more"]
    if most is not None:
        zh, en = [*zh, f"至多多 {most} 名"], [*en, f"at most {most} more"]
    return Words(f"{body.zh}：{'，'.join(zh)}", f"{body.en}: {', '.join(en)}")


def _legend(value: JsonValue) -> Words:
    signs = [(str(row["symbol"]), mark_words(str(row["mark"]))) for row in _rows(value)]
    return _joined([Words(f"“{sign}”{mark.zh}", f'"{sign}" {mark.en}') for sign, mark in signs])


def _scale(value: JsonValue) -> Words:
    (row,) = _rows(value)
    marks = [str(mark) for mark in _items(row["marks"])]
    text = f"{' / '.join(marks)} ({row['id']})"
    return Words(text, text)


def _weights(value: JsonValue) -> Words:
    return _joined([Words(f"{row['mark']} {row['weight']}", f"{row['mark']} {row['weight']}") for row in _rows(value)])


def _indicators(value: JsonValue) -> Words:
    return _joined([_indicator(row) for row in _rows(value)])


def _indicator(row: JsonObject) -> Words:
    text = f"{row['id']} = {' + '.join(str(mark) for mark in _items(row['marks']))}"
    return Words(text, text)


def _flags(value: JsonValue) -> Words:
    flags = [(_indicator(row), _ratio(row)) for row in _rows(value)]
    return _joined([Words(f"{rate.zh} {ratio.zh}", f"{rate.en} {ratio.en}") for rate, ratio in flags])


def _categories(value: JsonValue) -> Words:
    return _joined([Words(f"{row['id']} {row['weight']}%", f"{row['id']} {row['weight']}%") for row in _rows(value)])


def _bands(value: JsonValue) -> Words:
    (rules,) = _rows(value)
    parts = [_band(row) for row in _rows(rules["list"])]
    bands = _joined(parts)
    return Words(f"按 {rules['indicator']}：{bands.zh}", f"by {rules['indicator']}: {bands.en}")


def _band(row: JsonObject) -> Words:
    if "otherwise" in row:
        return Words(f"其余为{row['name']}", f"the rest {row['name']}")
    ratio = _ratio(row)
    return Words(f"{ratio.zh}为{row['name']}", f"{ratio.en} {row['name']}")


def _selection(value: JsonValue) -> Words:
    (row,) = _rows(value)
    numerator, denominator = _pair(row["quota"])
    share = f"{numerator}/{denominator}"
    zh = [f"按 {row['indicator']} 取，不超过 {share}（只舍不入）"]
    en = [f"by {row['indicator']}, at most {share}, rounded down"]
    if "turnout" in row:
        turnout = _threshold(row["turnout"])
        zh, en = [*zh, f"收回票须{turnout.zh}"], [*en, f"returned ballots {turnout.en}"]
    if "least" in row:
        least = _ratio(_rows(row["least"])[0])
        zh, en = [*zh, f"比率须{least.zh}"], [*en, f"a rate of {least.en}"]
    return Words("，".join(zh), ", ".join(en))


_SCOPE_WORDS: Final[Mapping[str, Words]] = {
    "self": Words("本人", "the person"),
    "committee": Words("委员会", "the committee"),
    "superior": Words("上级", "the superior body"),
    "delegates": Words("代表", "delegates"),
    "public": Words("公开", "the public"),
}


def _scopes(value: JsonValue) -> Words:
    lines = []
    for row in _rows(value):
        who = [_SCOPE_WORDS[str(scope)] for scope in _items(row["scopes"])]
        zh, en = "、".join(word.zh for word in who) or "无人", ", ".join(word.en for word in who) or "nobody"
        delay = row["delay_days"]
        lines.append(
            Words(
                f"{row['item']}：{zh}" + (f"（{delay} 天后）" if delay else ""),
                f"{row['item']}: {en}" + (f" after {delay} days" if delay else ""),
            )
        )
    return _joined(lines)


_FORMATTERS: Final[Mapping[str, Callable[[JsonValue], Words]]] = {
    "decides": _kinds,
    "quorum": _threshold,
    "elect": _threshold,
    "preselect": _threshold,
    "pass": _threshold,
    "blank_mark_means": _blank,
    "retention.days": _days,
    "surplus": _surplus,
    "mark_legend": _legend,
    "scale": _scale,
    "weights": _weights,
    "indicators": _indicators,
    "flags": _flags,
    "categories": _categories,
    "bands": _bands,
    "selection": _selection,
    "scopes": _scopes,
}
