"""Rule sets as lines for people, Chinese first, and as JSON for programs."""

from collections.abc import Sequence

from tally.entries.contests import rules_hash
from tally.rules.difference import Difference
from tally.rules.explain import explain, other_articles
from tally.rules.ruleset import Article, RuleSet
from tally.rules.words import CERTAINTY_WORDS, KIND_WORDS, Words
from voting_core.codec import JsonObject, JsonValue


def list_lines(sets: Sequence[RuleSet]) -> list[str]:
    """Two lines for each rule set, and where it comes from."""
    lines = []
    for rules in sets:
        zh = "、".join(KIND_WORDS[kind].zh for kind in rules.decides)
        en = ", ".join(KIND_WORDS[kind].en for kind in rules.decides)
        mark = CERTAINTY_WORDS[rules.certainty.value]
        lines += [
            rules.id,
            f"  {rules.name_zh}  {rules.name_en}",
            f"  {zh} {en}{_dates(rules)}",
            f"  {mark.zh} {mark.en}",
            f"  {rules.instrument}",
            "",
        ]
    return lines[:-1]


def rules_lines(rules: RuleSet) -> list[str]:
    """A whole rule set: what identifies it, then every parameter with its article."""
    mark = CERTAINTY_WORDS[rules.certainty.value]
    lines = [
        f"{rules.name_zh}  {rules.name_en}",
        f"  id {rules.id}　版本 version {rules.version}{_dates(rules)}",
        f"  依据 instrument: {rules.instrument}",
        f"  {mark.zh} {mark.en}",
    ]
    if rules.adopted_by:
        lines.append(f"  通过 adopted by: {rules.adopted_by}")
    lines += [f"  hash {rules_hash(rules.to_json()).hex()}", ""]
    cited: set[str] = set()
    for line in explain(rules):
        lines += [
            f"{line.parameter.label.zh} {line.parameter.label.en} ({line.parameter.key})",
            *_both("    ", line.value),
        ]
        article = line.article
        if article is None:
            lines += ["    ⚠ 无条文 no article"] if line.unattested else []
        elif article.point in cited:
            lines.append(f"    〔{article.point}〕同上 as above")
        else:
            cited.add(article.point)
            lines += _article(article)
    for article in other_articles(rules):
        lines += _article(article)
    return lines


def rules_json(rules: RuleSet) -> JsonObject:
    """The rule set object with its hash, and its parameters in words."""
    return {
        "rules": rules.to_json(),
        "hash": rules_hash(rules.to_json()).hex(),
        "parameters": [
            {
                "key": line.parameter.key,
                "label": words_json(line.parameter.label),
                "value": words_json(line.value),
                **({"article": line.article.to_json()} if line.article is not None else {}),
            }
            for line in explain(rules)
        ],
    }


def difference_lines(first: RuleSet, second: RuleSet, found: Sequence[Difference]) -> list[str]:
    """What differs between two rule sets."""
    if not found:
        return [f"{first.id} 与 {second.id} 各项相同  {first.id} and {second.id} have the same parameters"]
    lines = [f"{len(found)} 项不同  {len(found)} parameters differ"]
    for item in found:
        lines.append(f"{item.parameter.label.zh} {item.parameter.label.en} ({item.parameter.key})")
        for rules, words in ((first, item.first), (second, item.second)):
            shown = words or Words("无此项", "no such parameter")
            lines.append(f"    {rules.id}: {shown.zh}" + (f"  {shown.en}" if shown.en != shown.zh else ""))
    return lines


def words_json(words: Words | None) -> JsonValue:
    """Both languages; an absent value is an empty object, as JSON of this product has no null."""
    return {} if words is None else {"zh": words.zh, "en": words.en}


def _article(article: Article) -> list[str]:
    mark = CERTAINTY_WORDS[article.certainty.value]
    warn = "⚠ " if article.certainty.unverified else ""
    return [f"    〔{article.point}〕{article.zh}", f"      {article.en}", f"      {warn}{mark.zh} {mark.en}"]


def _both(indent: str, words: Words) -> list[str]:
    return [f"{indent}{words.zh}"] + ([f"{indent}{words.en}"] if words.en != words.zh else [])


def _dates(rules: RuleSet) -> str:
    if not rules.effective_from and not rules.effective_until:
        return ""
    return f"　施行 in force {rules.effective_from or '…'} – {rules.effective_until or '…'}"
