"""Reading a rule set strictly: every field is asked for, unknown ones are refused (SPEC §8.4).

The same reader serves the packaged TOML files (after inheritance), the ``rules`` of ``rules.adopted``, and the rule
sets of a file of cases. An error names the path of the field and what is wrong with it.
"""

from __future__ import annotations

import re
from typing import Final

from tally.rules.families import (
    AfterTwoFailures,
    ElectionRules,
    EvaluationRules,
    Family,
    FlagRule,
    Indicator,
    MotionRules,
    NameOrder,
    OnViolation,
    Order,
    OverSelected,
    Recusal,
    ReturnedBallots,
    RunoffWinner,
    SecondTry,
    Shortfall,
    TicketRules,
    TieAtLastSeat,
    Unmarked,
    WriteInMax,
    WriteInRequires,
    WriteInRules,
)
from tally.rules.ruleset import Article, Certainty, RuleSet
from tally.rules.threshold import Base, Threshold, read_ratio, read_threshold
from tally.strokes.table import TABLE_ID
from voting_core.codec import Fields, JsonValue
from voting_core.errors import EncodingError

MAX_WEIGHT: Final = 1000
KINDS: Final = ("election", "ticket_vote", "motion", "evaluation")
"""The contest kinds that a rule set may decide."""

ELECTION_MARKS: Final = ("approve", "disapprove", "abstain")
_PEOPLE: Final = (Base.SHOULD_ATTEND, Base.PRESENT)
_VOTING: Final = (Base.SHOULD_ATTEND, Base.PRESENT, Base.ISSUED, Base.RETURNED, Base.VALID)
_RATING: Final = (Base.ISSUED, Base.RETURNED, Base.VALID, Base.ANSWERED)
_ID: Final = re.compile("[a-z0-9_]{1,48}")
_DATE: Final = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")


def rule_set_from_json(value: JsonValue, where: str = "rules") -> RuleSet:
    """Read what :meth:`RuleSet.to_json` writes.

    Raises:
        EncodingError: a field is missing, unknown, of another type, or its value is none that the engine knows.
    """
    fields = Fields(value, where)
    names = fields.fields("name")
    family = _read_family(fields)
    rules = RuleSet(
        id=fields.text("id", pattern=_ID),
        name_zh=names.text("zh"),
        name_en=names.text("en"),
        instrument=fields.text("instrument"),
        version=fields.text("version", max=32),
        effective_from=fields.text("effective_from", pattern=_DATE),
        certainty=Certainty(fields.choice("certainty", tuple(Certainty))),
        articles=tuple(_read_article(row) for row in fields.rows("articles", max=40)),
        use_for=_texts(fields, "use_for"),
        decides=_read_decides(fields, family),
        quorum=read_threshold(fields.fields("quorum"), _PEOPLE) if fields.has("quorum") else None,
        blank_mark_means=_read_blank(fields, family),
        family=family,
    )
    names.done()
    fields.done()
    return rules


def _read_family(fields: Fields) -> Family:
    """The family is told by the fields that only it has."""
    if fields.has("elect"):
        return _read_election(fields)
    if fields.has("scale"):
        return _read_evaluation(fields)
    if fields.has("options"):
        return _read_ticket(fields)
    return MotionRules(passing=_threshold(fields, "pass"))


def _read_election(fields: Fields) -> ElectionRules:
    shortfall = fields.fields("shortfall")
    options = shortfall.array("options", max=len(Shortfall))
    rules = ElectionRules(
        elect=_threshold(fields, "elect"),
        preselect=_threshold(fields, "preselect"),
        returned_must_be=ReturnedBallots(fields.choice("returned_must_be", tuple(ReturnedBallots))),
        write_in=_read_write_in(fields.fields("write_in")),
        over_selected=OverSelected(fields.choice("over_selected", tuple(OverSelected))),
        tie_at_last_seat=TieAtLastSeat(fields.choice("tie_at_last_seat", tuple(TieAtLastSeat))),
        runoff_wins_by=RunoffWinner(fields.choice("runoff_wins_by", tuple(RunoffWinner))),
        shortfall_options=tuple(_shortfall(option, shortfall.path("options")) for option in options),
        reduce_seats_needs=shortfall.text("reduce_seats_needs", pattern=_ID),
        order_members=Order(fields.choice("order_members", tuple(Order))),
        order_alternates=Order(fields.choice("order_alternates", tuple(Order))),
        name_order=NameOrder(fields.choice("name_order", tuple(NameOrder))),
        stroke_table=fields.choice("stroke_table", (TABLE_ID,)),
        mark_legend=_read_legend(fields),
    )
    shortfall.done()
    return rules


def _read_write_in(fields: Fields) -> WriteInRules | None:
    rules = None
    if fields.boolean("allowed"):
        rules = WriteInRules(
            requires=WriteInRequires(fields.choice("requires", tuple(WriteInRequires))),
            max=WriteInMax(fields.choice("max", tuple(WriteInMax))),
            unmarked=Unmarked(fields.choice("unmarked", tuple(Unmarked))),
            without_disapprove=OnViolation(fields.choice("without_disapprove", tuple(OnViolation))),
        )
    fields.done()
    return rules


def _read_legend(fields: Fields) -> tuple[tuple[str, str], ...]:
    legend = []
    for row in fields.rows("mark_legend", max=8):
        legend.append((row.text("symbol", max=8), row.choice("mark", ELECTION_MARKS)))
        row.done()
    _distinct(tuple(symbol for symbol, _ in legend), fields.path("mark_legend"))
    return tuple(legend)


def _read_ticket(fields: Fields) -> TicketRules:
    renomination = fields.fields("renomination")
    if _read_write_in(fields.fields("write_in")) is not None:
        raise EncodingError(fields.path("write_in"), "allows write-ins, and a ticket vote has none")
    rules = TicketRules(
        passing=_threshold(fields, "pass"),
        options=_texts(fields, "options"),
        recusal=Recusal(fields.choice("recusal", tuple(Recusal))),
        alternates_vote=fields.boolean("alternates_vote"),
        proxy=fields.boolean("proxy"),
        second_try=SecondTry(renomination.choice("second_try", tuple(SecondTry))),
        after_two_failures=AfterTwoFailures(renomination.choice("after_two_failures", tuple(AfterTwoFailures))),
    )
    if "agree" not in rules.options:
        raise EncodingError(fields.path("options"), "has no option agree")
    renomination.done()
    return rules


def _read_evaluation(fields: Fields) -> EvaluationRules:
    scale = fields.fields("scale")
    marks = _texts(scale, "marks")
    weights = _read_weights(fields)
    excluded = _some_of(fields, "excluded_from_index", marks)
    weighted = tuple(mark for mark, _ in weights)
    if sorted((*weighted, *excluded)) != sorted(marks):
        raise EncodingError(
            fields.path("weights"), "and excluded_from_index do not name every mark of the scale exactly once"
        )
    rules = EvaluationRules(
        scale=scale.text("id", pattern=_ID),
        marks=marks,
        denominator=Base(fields.choice("denominator", _RATING)),
        not_answered=_some_of(fields, "not_answered", marks),
        weights=weights,
        excluded_from_index=excluded,
        indicators=tuple(_read_indicator(row, marks) for row in fields.rows("indicators", max=16)),
        flags=tuple(_read_flag(row, marks) for row in fields.rows("flags", max=16)),
        smallest_cell=fields.integer("smallest_cell", 1, 1000),
    )
    scale.done()
    return rules


def _read_weights(fields: Fields) -> tuple[tuple[str, int], ...]:
    weights = []
    for row in fields.rows("weights", max=16):
        weights.append((row.text("mark"), row.integer("weight", 0, MAX_WEIGHT)))
        row.done()
    return tuple(weights)


def _read_indicator(row: Fields, marks: tuple[str, ...]) -> Indicator:
    indicator = Indicator(id=row.text("id", pattern=_ID), marks=_some_of(row, "marks", marks))
    row.done()
    return indicator


def _read_flag(row: Fields, marks: tuple[str, ...]) -> FlagRule:
    flag = FlagRule(id=row.text("id", pattern=_ID), marks=_some_of(row, "marks", marks), ratio=read_ratio(row))
    row.done()
    return flag


def _read_article(row: Fields) -> Article:
    article = Article(
        point=row.text("point", pattern=_ID),
        zh=row.text("zh"),
        en=row.text("en"),
        certainty=Certainty(row.choice("certainty", tuple(Certainty))),
    )
    row.done()
    return article


def _read_decides(fields: Fields, family: Family) -> tuple[str, ...]:
    kinds = _texts(fields, "decides")
    match family:
        case ElectionRules():
            own = "election"
        case TicketRules():
            own = "ticket_vote"
        case MotionRules():
            own = "motion"
        case EvaluationRules():
            own = "evaluation"
    if kinds != (own,):
        raise EncodingError(fields.path("decides"), f'is not ["{own}"], the kind that these parameters can decide')
    return kinds


def _read_blank(fields: Fields, family: Family) -> str:
    match family:
        case TicketRules():
            allowed = family.options
        case EvaluationRules():
            allowed = family.marks
        case _:
            allowed = ELECTION_MARKS
    return fields.choice("blank_mark_means", ("", *allowed))


def _threshold(fields: Fields, key: str) -> Threshold:
    return read_threshold(fields.fields(key), _VOTING)


def _shortfall(option: JsonValue, where: str) -> Shortfall:
    if option not in tuple(Shortfall):
        raise EncodingError(where, f"holds a value that is none of {', '.join(Shortfall)}")
    return Shortfall(str(option))


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    texts = []
    for text in fields.array(key, max=16):
        if not isinstance(text, str):
            raise EncodingError(fields.path(key), "holds a value that is not text")
        texts.append(text)
    _distinct(tuple(texts), fields.path(key))
    return tuple(texts)


def _some_of(fields: Fields, key: str, marks: tuple[str, ...]) -> tuple[str, ...]:
    chosen = _texts(fields, key)
    for mark in chosen:
        if mark not in marks:
            raise EncodingError(fields.path(key), f"names {mark!r}, which is no mark of the scale")
    return chosen


def _distinct(values: tuple[str, ...], where: str) -> None:
    if len(set(values)) != len(values):
        raise EncodingError(where, "names something twice")
