"""The file that a county starts from: it inherits a packaged rule set and has every parameter commented out.

A line that begins with ``#`` and a letter is a setting that is not in use; with ``# `` begins an explanation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from tally.rules.explain import explain
from tally.rules.parameters import Parameter
from tally.rules.ruleset import RuleSet
from tally.rules.words import CERTAINTY_WORDS, Words
from voting_core.codec import JsonObject, JsonValue

_HEAD: Final = """\
# 本文件由 {id} 复制而来，写本县自己的规则。以“#”紧接字母开头的行是未启用的设置：去掉“#”再改。
# 未启用的，从 {id}。县里改动的各项，请在文件末尾写明条文。写好后运行 plenum rules check。
# Copied from {id}, for the county's own rules. A line that begins with # and a letter is a setting that is not in
# use: remove the # and change it. What is not in use is as in {id}. Then run plenum rules check.
"""
_THRESHOLD_HELP: Final = """\
# 比例的写法 how to write a threshold
#   base 基数: "should_attend" 应到 those who should attend, "present" 实到 those present, "issued" 发出 issued,
#     "returned" 收回 returned, "valid" 有效 valid (quorum 到会: "should_attend", "present")
#   op: "gt" 超过 more than, "ge" 以上（含本数） at least; frac = [1, 2] 二分之一 one half
"""
_ARTICLES: Final = """\
# 本县条文 the county's own articles: point 是哪一项 which point, certainty = "quoted" 据原文.
# 改了设置而不写条文的，以 adopted_by 为据。Where a changed setting has no article, adopted_by stands behind it.
#articles = [
#  { point = "%s", zh = "《本县办法》第…条：…", en = "the county's method, Art. …", certainty = "quoted" },
#]
"""


def template(rules: RuleSet, own_id: str) -> str:
    """The text of a county's file that inherits `rules`, with the id `own_id` and no adopting resolution yet."""
    document = rules.to_json()
    blocks: dict[str, list[Parameter]] = {}
    for line in explain(rules):
        blocks.setdefault(line.parameter.field, []).append(line.parameter)
    parts = [_HEAD.format(id=rules.id), _identity(rules, own_id), _THRESHOLD_HELP]
    parts += [_block(rules, field, parameters, document) for field, parameters in blocks.items()]
    parts.append(_ARTICLES % next(iter(rules.articles)).point)
    return "\n".join(parts)


def toml_value(value: JsonValue) -> str:
    """A value on one line of TOML."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    # What JSON writes for texts, whole numbers and truth values is TOML too.
    return json.dumps(value, ensure_ascii=False)


def _identity(rules: RuleSet, own_id: str) -> str:
    names = {"zh": f"{rules.name_zh}（本县）", "en": f"{rules.name_en} (county)"}
    return (
        f"inherits = {toml_value(rules.id)}\n"
        f"id = {toml_value(own_id)}\n"
        f"name = {toml_value(names)}\n"
        f"# 依据的本县办法 the county's own method\n"
        f"instrument = {toml_value(f'本县办法，参照{rules.instrument}')}\n"
        f'version = "1"\n'
        f"# 必填：通过本规则的机关、日期、文号 required: who adopted these rules, and the number\n"
        f'adopted_by = ""\n'
        f"# 施行日期；废止日期可空 in force from, and until (may stay empty): 2026-12-01\n"
        f'effective_from = ""\n'
        f'effective_until = ""\n'
        "# 有何依据 how well it is attested\n"
        + "".join(f"{line}\n" for line in _choices(CERTAINTY_WORDS))
        + f"certainty = {toml_value(rules.certainty.value)}\n"
    )


def _choices(values: Mapping[str, Words]) -> list[str]:
    return [f'#     "{value}" {words.zh} {words.en}' for value, words in values.items()]


def _block(rules: RuleSet, field: str, parameters: Sequence[Parameter], document: JsonObject) -> str:
    lines = []
    for one in parameters:
        step = one.key.rpartition(".")[2]
        lines += [f"# {one.label.zh} {one.label.en}" + (f" ({step})" if step != one.key else ""), *_choices(one.values)]
    for point in dict.fromkeys(one.point for one in parameters):
        article = rules.article(point)
        if article is not None:
            mark = CERTAINTY_WORDS[article.certainty.value]
            lines += [f"#   〔{article.point}〕{article.zh}（{mark.zh}）", f"#     {article.en} ({mark.en})"]
    value = document.get(field)
    setting = [f"#   {rules.id} 无此项 has none"] if value is None else _setting(field, value)
    return "\n".join((*lines, *setting, ""))


def _setting(field: str, value: JsonValue) -> list[str]:
    rows = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    if not any(isinstance(row, Mapping) for row in rows):
        return [f"#{field} = {toml_value(value)}"]
    return [f"#{field} = [", *(f"#  {toml_value(row)}," for row in rows), "#]"]
