"""The pages of docs/rules that follow from the packaged rule sets: one each, an index, questions, disagreements.

Text in, text out; `build_pages` writes them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from tally.entries.contests import rules_hash
from tally.rules.explain import Explained, explain, other_articles, value_at, value_words
from tally.rules.parameters import all_parameters
from tally.rules.ruleset import Certainty, RuleSet
from tally.rules.words import CERTAINTY_WORDS, KIND_WORDS, USE_WORDS, Words
from tools.rules.disagreements import DISAGREEMENTS
from tools.rules.questions import QUESTIONS

SETS_FOLDER: Final = "sets"
_MADE: Final = "<!-- Made by `python -m tools.rules.build_pages` from tally/rules. Change those, not this page. -->"
_ENGLISH: Final = "\n---\n\n## English\n"
_Language: TypeAlias = Callable[[Words], str]


def _zh(words: Words) -> str:
    return words.zh


def _en(words: Words) -> str:
    return words.en


def set_page(rules: RuleSet, parent: str) -> str:
    """The page of one rule set; `parent` is the set that it inherits from, "" for none."""
    lines = explain(rules)
    return "\n".join(
        (
            f"# {rules.name_zh} · {rules.name_en}",
            "",
            _MADE,
            "",
            "[English below](#english) · [各套规则 all rule sets](../index.md)",
            "",
            *_identity(rules, parent, _zh),
            "",
            "## 各项规定",
            "",
            *_table(
                ("项目", "规定", "可改为", "条文", "依据"),
                [*(_row(line, _zh) for line in lines), *_other_rows(rules, _zh)],
            ),
            "",
            "## 不确定之处",
            "",
            *_doubts(rules, _zh, "各项条文均据所读原文；仍须与县里的正式文本核对。"),
            "",
            "## 使用前县里须答",
            "",
            *_questions(rules, _zh),
            "",
            f"复制来改：`plenum rules copy {rules.id} 文件.toml`（[办法](../../input-files.md#本县自己的规则)）。",
            _ENGLISH,
            *_identity(rules, parent, _en),
            "",
            "### Parameters",
            "",
            *_table(
                ("parameter", "rule", "may be", "article", "attested"),
                [*(_row(line, _en) for line in lines), *_other_rows(rules, _en)],
            ),
            "",
            "### What is uncertain",
            "",
            *_doubts(rules, _en, "Every article was read; compare it with the county's official text all the same."),
            "",
            "### What the county must answer first",
            "",
            *_questions(rules, _en),
            "",
            f"To change it: `plenum rules copy {rules.id} FILE.toml` "
            "([how](../../input-files.md#the-countys-own-rule-sets)).",
            "",
        )
    )


def list_lines(sets: Sequence[RuleSet], in_language: _Language) -> list[str]:
    """The rows of the index: what each set is for."""
    rows = []
    for rules in sets:
        uses = [in_language(USE_WORDS.get(use, Words(use, use))) for use in rules.use_for]
        name = in_language(Words(rules.name_zh, rules.name_en))
        decides = ", ".join(in_language(KIND_WORDS[kind]) for kind in rules.decides)
        mark = in_language(CERTAINTY_WORDS[rules.certainty.value])
        link = f"[`{rules.id}`]({SETS_FOLDER}/{rules.id}.md)"
        rows.append((link, name, decides, "；".join(uses) if in_language is _zh else "; ".join(uses), mark))
    head = ("id", "名称", "种类", "用于", "依据") if in_language is _zh else ("id", "name", "kind", "for", "attested")
    return _table(head, rows)


def index_page(sets: Sequence[RuleSet], chinese: str, english: str) -> str:
    """The index; `chinese` and `english` are the texts on how to choose."""
    return "\n".join(
        (
            "# 规则 · Rule sets",
            "",
            _MADE,
            "",
            "[English below](#english)",
            "",
            chinese.strip(),
            "",
            *list_lines(sets, _zh),
            _ENGLISH,
            english.strip(),
            "",
            *list_lines(sets, _en),
            "",
        )
    )


def questions_page() -> str:
    """The blocking questions as a checklist for each kind of contest."""
    parts = [
        "# 使用前县里须答 · Questions for the county",
        "",
        _MADE,
        "",
        "[English below](#english)",
        "",
        "下列问题没有答案，就不要使用相应的规则。答案写在所指的地方，写好后运行 `plenum rules check`。",
    ]
    for in_language, lead in (
        (_zh, ""),
        (
            _en,
            "Do not use a rule set before these are answered. Write the answer where "
            "the line says, then run `plenum rules check`.",
        ),
    ):
        depth = "##" if in_language is _zh else "###"
        parts += [_ENGLISH, lead] if lead else []
        for kind, words in KIND_WORDS.items():
            parts += ["", f"{depth} {in_language(words)}", ""]
            for question in QUESTIONS:
                if kind in question.kinds:
                    only = f" ({', '.join(f'`{name}`' for name in question.sets)})" if question.sets else ""
                    parts.append(f"- [ ] {in_language(question.text)}{only} → {in_language(question.where)}")
    return "\n".join((*parts, ""))


def disagreements_page(sets: Sequence[RuleSet]) -> str:
    """Where instruments disagree, and which packaged set has which value."""
    parts = [
        "# 各文件不一致之处 · Where the instruments disagree",
        "",
        _MADE,
        "",
        "[English below](#english)",
        "",
        "这些地方由参数决定，不由程序代为解释。最后一列由随产品的各套规则得出，取值相同的不列。",
        "",
    ]
    for in_language in (_zh, _en):
        if in_language is _en:
            lead = "These points are parameters; no program decides between texts. The last column follows from the "
            parts += [_ENGLISH, f"{lead}packaged sets; it is empty where all agree.", ""]
        rows = []
        for number, one in enumerate(DISAGREEMENTS, 1):
            keys = ", ".join(f"`{key}`" for key in one.keys)
            values = "<br>".join(
                text for key in one.keys for text in _values(key, sets, in_language, labelled=len(one.keys) > 1)
            )
            cells = [in_language(words) for words in (one.point, one.variants, one.default)]
            rows.append((str(number), *cells, keys, values))
        zh, en = (
            ("", "事项", "各种规定", "默认", "参数", "不同的规则"),
            ("", "point", "variants", "default", "parameter", "sets"),
        )
        parts += _table(zh if in_language is _zh else en, rows)
    return "\n".join((*parts, ""))


def _values(key: str, sets: Sequence[RuleSet], in_language: _Language, *, labelled: bool) -> list[str]:
    (parameter,) = (one for one in all_parameters() if one.key == key)
    found: dict[str, list[str]] = {}
    for rules in sets:
        value = value_at(rules.to_json(), key)
        if value is not None:
            found.setdefault(in_language(value_words(parameter, value)), []).append(f"`{rules.id}`")
    if len(found) < 2:
        return []
    # The value that most sets have is not followed by all their names.
    by_number = sorted(found.items(), key=lambda item: len(item[1]))
    rest = in_language(Words("其余各套", "all others"))
    named = [f"{value}: {', '.join(names)}" for value, names in by_number[:-1]]
    lead = f"`{key}` " if labelled else ""
    return [lead + text for text in (*named, f"{by_number[-1][0]}: {rest}")]


def _identity(rules: RuleSet, parent: str, in_language: _Language) -> list[str]:
    uses = [in_language(USE_WORDS.get(use, Words(use, use))) for use in rules.use_for]
    in_force = f"{rules.effective_from or '…'} – {rules.effective_until or '…'}"
    pairs: Mapping[Words, str] = {
        Words("编号", "id"): f"`{rules.id}`",
        Words("用于", "for"): "；".join(uses) if in_language is _zh else "; ".join(uses),
        Words("依据", "instrument"): rules.instrument,
        Words("版本，施行", "version, in force"): f"{rules.version}, {in_force}",
        Words("可信程度", "attested"): in_language(CERTAINTY_WORDS[rules.certainty.value]),
        Words("承接", "inherits"): f"[`{parent}`]({parent}.md)" if parent else "—",
        Words("哈希", "hash"): f"`{rules_hash(rules.to_json()).hex()}`",
    }
    return [f"* {in_language(label)}: {value}" for label, value in pairs.items()]


def _row(line: Explained, in_language: _Language) -> tuple[str, ...]:
    values = [in_language(words) for words in line.parameter.values.values()]
    separator = "；" if in_language is _zh else "; "
    others = separator.join(value for value in values if value != in_language(line.value))
    article = line.article
    words = "" if article is None else in_language(Words(article.zh, article.en))
    mark = "" if article is None else in_language(CERTAINTY_WORDS[article.certainty.value])
    label = f"{in_language(line.parameter.label)} `{line.parameter.key}`"
    return label, in_language(line.value), others, words, mark


def _other_rows(rules: RuleSet, in_language: _Language) -> list[tuple[str, ...]]:
    """Articles of single flags and the like, below the parameters."""
    return [
        (
            f"`{one.point}`",
            "",
            "",
            in_language(Words(one.zh, one.en)),
            in_language(CERTAINTY_WORDS[one.certainty.value]),
        )
        for one in other_articles(rules)
    ]


def _doubts(rules: RuleSet, in_language: _Language, none: str) -> list[str]:
    doubts = [one for one in rules.articles if one.certainty is not Certainty.QUOTED]
    if not doubts:
        return [none]
    return [
        f"* {in_language(Words(one.zh, one.en))} ({in_language(CERTAINTY_WORDS[one.certainty.value])})"
        for one in doubts
    ]


def _questions(rules: RuleSet, in_language: _Language) -> list[str]:
    asked = [question for question in QUESTIONS if question.blocks(rules)]
    return [f"- [ ] {in_language(question.text)} → {in_language(question.where)}" for question in asked]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return [f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *cells)]
