"""Reading a rule set strictly: every field is asked for, unknown ones are refused (SPEC §8.4, §13.1).

The same reader serves the packaged TOML files (after inheritance), those of a county, the ``rules`` of
``rules.adopted``, and the rule sets of a file of cases. An error names the path of the field and what is wrong with it.
"""

from __future__ import annotations

import re
from typing import Final

from tally.rules.common import ID_FORM, PEOPLE, read_retention, read_texts
from tally.rules.families import Family, kinds_of, marks_of, read_family
from tally.rules.ruleset import Article, Certainty, RuleSet
from tally.rules.threshold import read_threshold
from voting_core.codec import Fields, JsonValue
from voting_core.errors import EncodingError

_MAX_ARTICLES: Final = 40
_DATE: Final = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")


def rule_set_from_json(value: JsonValue, where: str = "rules") -> RuleSet:
    """Read what :meth:`RuleSet.to_json` writes.

    Raises:
        EncodingError: a field is missing, unknown, of another type, or its value is none that the engine knows.
    """
    fields = Fields(value, where)
    names = fields.fields("name")
    family = read_family(fields)
    rules = RuleSet(
        id=fields.text("id", pattern=ID_FORM),
        name_zh=names.text("zh"),
        name_en=names.text("en"),
        instrument=fields.text("instrument"),
        version=fields.text("version", max=32),
        effective_from=fields.text("effective_from", pattern=_DATE),
        effective_until=fields.text("effective_until", pattern=_DATE),
        adopted_by=fields.text("adopted_by"),
        certainty=Certainty(fields.choice("certainty", tuple(Certainty))),
        articles=tuple(_read_article(row) for row in fields.rows("articles", max=_MAX_ARTICLES)),
        use_for=read_texts(fields, "use_for"),
        decides=_read_decides(fields, family),
        quorum=read_threshold(fields.fields("quorum"), PEOPLE) if fields.has("quorum") else None,
        blank_mark_means=fields.choice("blank_mark_means", ("", *marks_of(family))),
        retention=read_retention(fields.fields("retention")),
        family=family,
    )
    names.done()
    fields.done()
    _check_dates(rules, fields)
    return rules


def _read_article(row: Fields) -> Article:
    article = Article(
        point=row.text("point", pattern=ID_FORM),
        zh=row.text("zh"),
        en=row.text("en"),
        certainty=Certainty(row.choice("certainty", tuple(Certainty))),
    )
    row.done()
    return article


def _read_decides(fields: Fields, family: Family) -> tuple[str, ...]:
    kinds, able = read_texts(fields, "decides"), kinds_of(family)
    if not kinds or not set(kinds) <= set(able):
        raise EncodingError(fields.path("decides"), f"does not name some of {', '.join(able)}, which these can decide")
    return kinds


def _check_dates(rules: RuleSet, fields: Fields) -> None:
    """A year counts from its first to its last day, so the shorter of two dates decides nothing here."""
    since, until = rules.effective_from, rules.effective_until
    length = min(len(since), len(until))
    if length and until[:length] < since[:length]:
        raise EncodingError(fields.path("effective_until"), "is before effective_from")
