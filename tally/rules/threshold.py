"""A threshold: which number of people or ballots, which comparison, which fraction (SPEC §9.7).

* Number words decide outcomes: 超过半数 is more than 1/2, 半数以上 is 1/2 or more. Only integers are compared.
* The base is named and never inferred from another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from voting_core.codec import Fields, JsonObject, read_integer
from voting_core.errors import EncodingError

_MAX_FRACTION: Final = 1000


class Base(StrEnum):
    """The denominators in use. Each is a number of its own."""

    SHOULD_ATTEND = "should_attend"
    PRESENT = "present"
    ISSUED = "issued"
    RETURNED = "returned"
    VALID = "valid"
    ANSWERED = "answered"

    @property
    def zh(self) -> str:
        """The word of the instruments."""
        return _BASE_WORDS[self][0]

    @property
    def en(self) -> str:
        """The same in English."""
        return _BASE_WORDS[self][1]


_BASE_WORDS: Final = {
    Base.SHOULD_ATTEND: ("应到会有表决权人数", "those who should attend"),
    Base.PRESENT: ("实到会有表决权人数", "those present"),
    Base.ISSUED: ("发出票数", "the ballots issued"),
    Base.RETURNED: ("收回票数", "the ballots returned"),
    Base.VALID: ("有效票数", "the valid ballots"),
    Base.ANSWERED: ("有效评价数", "the answers given"),
}

_ZH_DIGITS: Final = "零一二三四五六七八九十"


class Op(StrEnum):
    """Strictly more, at least, or fewer than the fraction of the base."""

    GT = "gt"
    GE = "ge"
    LT = "lt"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A comparison with a fraction, without a base: ``numerator/denominator`` is between 0 and 1."""

    op: Op
    numerator: int
    denominator: int

    def holds(self, value: int, base: int) -> bool:
        """Whether `value` is more than, at least, or less than the fraction of `base`; by multiplication only."""
        left, right = value * self.denominator, base * self.numerator
        match self.op:
            case Op.GT:
                return left > right
            case Op.GE:
                return left >= right
            case Op.LT:
                return left < right

    def needed(self, base: int) -> int:
        """The smallest number that reaches the fraction of `base`; at least 1, as nobody passes with no vote."""
        product = base * self.numerator
        match self.op:
            case Op.GT:
                return product // self.denominator + 1
            case Op.GE:
                return max(1, -(-product // self.denominator))
            case Op.LT:
                raise ValueError("an upper bound has no smallest number")

    def is_exact(self, value: int, base: int) -> bool:
        """Whether `value` is exactly the fraction of `base`: where readings of 以上 and 超过 part."""
        return value * self.denominator == base * self.numerator

    @property
    def zh(self) -> str:
        """The comparison in words, as the instruments write it."""
        half = (self.numerator, self.denominator) == (1, 2)
        fraction = "半数" if half else f"{_zh_number(self.denominator)}分之{_zh_number(self.numerator)}"
        match self.op:
            case Op.GT:
                return f"超过{fraction}"
            case Op.GE:
                return f"{fraction}以上（含本数）"
            case Op.LT:
                return f"达不到{fraction}"

    @property
    def en(self) -> str:
        """The comparison in English."""
        words = {Op.GT: "more than", Op.GE: "at least", Op.LT: "fewer than"}
        return f"{words[self.op]} {self.numerator}/{self.denominator}"

    def to_json(self) -> JsonObject:
        """The fields ``op`` and ``frac``."""
        return {"op": self.op.value, "frac": [self.numerator, self.denominator]}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A ratio of a named base."""

    base: Base
    ratio: Ratio

    @property
    def zh(self) -> str:
        """Base and comparison in words."""
        return f"{self.ratio.zh}（以{self.base.zh}为基数）"

    @property
    def en(self) -> str:
        """Base and comparison in English."""
        return f"{self.ratio.en} of {self.base.en}"

    def to_json(self) -> JsonObject:
        """The fields ``base``, ``op`` and ``frac``."""
        return {"base": self.base.value, **self.ratio.to_json()}


def read_ratio(fields: Fields) -> Ratio:
    """Read ``op`` and ``frac`` of an object.

    Raises:
        EncodingError: an unknown comparison, or a fraction that is not between 0 and 1 or that nothing can reach.
    """
    op = Op(fields.choice("op", tuple(Op)))
    where = fields.path("frac")
    parts = fields.array("frac", max=2)
    if len(parts) != 2:
        raise EncodingError(where, "is not a pair of integers, numerator and denominator")
    denominator = read_integer(parts[1], 1, _MAX_FRACTION, where)
    numerator = read_integer(parts[0], 1, denominator, where)
    if op is Op.GT and numerator == denominator:
        raise EncodingError(where, "asks for more than everybody")
    return Ratio(op, numerator, denominator)


def read_threshold(fields: Fields, bases: tuple[Base, ...] = tuple(Base)) -> Threshold:
    """Read an object with ``base``, ``op`` and ``frac`` that somebody can pass; `bases` are those that make sense here.

    Raises:
        EncodingError: a missing or unknown field or value, or an upper bound.
    """
    base = Base(fields.choice("base", bases))
    ratio = read_ratio(fields)
    if ratio.op is Op.LT:
        raise EncodingError(fields.path("op"), "is an upper bound, and this is a number to be reached")
    fields.done()
    return Threshold(base, ratio)


def _zh_number(number: int) -> str:
    return _ZH_DIGITS[number] if number < len(_ZH_DIGITS) else str(number)
