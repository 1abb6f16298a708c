"""The parameters of elections: formal, pre-selection, run-off, supplementary vote (SPEC §13.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tally.rules.common import (
    ID_FORM,
    MARKS,
    Naming,
    ReturnedBallots,
    check_distinct,
    read_majority,
    read_naming,
    read_returned,
)
from tally.rules.threshold import Threshold
from voting_core.codec import Fields, JsonObject, JsonValue
from voting_core.errors import EncodingError
from voting_core.params import MAX_ROWS

ALTERNATE_BODY: Final = "alternate_member"
"""The body whose elected are listed in an order of their own, because they succeed in it."""

_MAX_SYMBOLS: Final = 8
_MAX_BODIES: Final = 16
_SYMBOL: Final = re.compile(r"(?![_?]$)[^+\s]{1,16}")
"""A symbol or its name in one word; `_` is an untouched line, `?` an unreadable one, `+` joins two symbols."""


class Order(StrEnum):
    """The order in which elected persons are announced."""

    STROKE = "stroke"
    VOTES_THEN_STROKE = "votes_then_stroke"
    SUPERIOR_APPROVED = "superior_approved_order"


class OverSelected(StrEnum):
    """What a paper ballot that selects more persons than seats costs: the ballot, or all its lines."""

    WHOLE_BALLOT_INVALID = "whole_ballot_invalid"
    LINES_INVALID = "lines_invalid"


class BlankBallot(StrEnum):
    """What a paper ballot is that nobody touched. Where an untouched line approves, it selects everybody instead."""

    VALID = "valid"
    INVALID = "invalid"


class TieAtLastSeat(StrEnum):
    """What follows when equal votes leave the last seats undecided."""

    RUNOFF = "runoff_among_tied"
    PRESIDIUM = "presidium_decides"


class RunoffWinner(StrEnum):
    """What a run-off asks for: the larger number, or the threshold of the election once more."""

    PLURALITY = "plurality"
    THRESHOLD = "threshold"


class Shortfall(StrEnum):
    """What may follow when fewer pass than there are seats."""

    SECOND_VOTE = "second_vote_among_unelected"
    REDUCE_SEATS = "reduce_seats"
    LEAVE_VACANT = "leave_vacant"


class ReduceSeats(StrEnum):
    """Whose consent reduces the seats: the presidium's, that of half of the electors, or either."""

    PRESIDIUM_OR_ELECTORS = "presidium_or_half_of_electors"
    PRESIDIUM = "presidium"
    ELECTORS = "half_of_electors"


class WriteInRequires(StrEnum):
    """Who may write in: those who disapprove of a candidate, those who do not approve of one, or everybody."""

    DISAPPROVE = "disapprove"
    NOT_APPROVE = "disapprove_or_abstain"
    NOTHING = "nothing"


class WriteInMax(StrEnum):
    """How many persons one ballot may write in: one for each candidate disapproved of, or as many as seats.

    Where abstaining also gives the right to write in, a candidate abstained from counts as one disapproved of.
    """

    PER_DISAPPROVED = "per_disapproved_candidate"
    SEATS = "seats"


class Unmarked(StrEnum):
    """A written name without a mark is an abstention on that line, or makes the ballot invalid."""

    ABSTAIN_ITEM = "abstain_item"
    INVALIDATE_BALLOT = "invalidate_ballot"


class OnViolation(StrEnum):
    """What a broken write-in rule costs: the written lines, or the ballot."""

    IGNORE_ITEM = "ignore_item"
    INVALIDATE_BALLOT = "invalidate_ballot"


class AnnounceNumbers(StrEnum):
    """Where the numbers of votes are told: nowhere outside the count report, in it alone, or also when announcing."""

    NONE = "none"
    REPORT_ONLY = "report_only"
    FULL = "full"


class PreselectionReport(StrEnum):
    """Who is told the result of a pre-selection."""

    PRESIDIUM = "presidium_only"
    CONGRESS = "congress"


class SingleSeat(StrEnum):
    """Whether one seat needs a surplus of candidates: asked of the county, required, or not."""

    ASK = "ask"
    REQUIRED = "required"
    EQUAL_NUMBER = "equal_number"


@dataclass(frozen=True, slots=True)
class WriteInRules:
    """另选他人 on a ballot."""

    requires: WriteInRequires
    max: WriteInMax
    unmarked: Unmarked
    without_disapprove: OnViolation

    def to_json(self) -> JsonObject:
        """The fields under ``write_in``."""
        return {
            "allowed": True,
            "requires": self.requires.value,
            "max": self.max.value,
            "unmarked": self.unmarked.value,
            "without_disapprove": self.without_disapprove.value,
        }


NO_WRITE_IN: JsonObject = {"allowed": False}
"""The form of a rule set without write-ins."""


@dataclass(frozen=True, slots=True)
class Surplus:
    """How many more candidates than seats a body needs (差额).

    `percent` of the seats, rounded up, and at least `least`; at most `most` more, None where nothing limits them.
    `body` is empty for all bodies that have no line of their own.
    """

    body: str
    percent: int
    least: int
    most: int | None

    def to_json(self) -> JsonObject:
        """One line of ``surplus``."""
        return {
            "body": self.body,
            "percent": self.percent,
            "least": self.least,
            **({} if self.most is None else {"most": self.most}),
        }


@dataclass(frozen=True, slots=True)
class ElectionRules:
    """The parameters of an election, its pre-selection, run-off and supplementary vote.

    `mark_legend` says what a symbol on paper means. What an empty line means is ``blank_mark_means``.
    """

    elect: Threshold
    preselect: Threshold
    returned_must_be: ReturnedBallots
    write_in: WriteInRules | None
    over_selected: OverSelected
    blank_ballot: BlankBallot
    tie_at_last_seat: TieAtLastSeat
    runoff_wins_by: RunoffWinner
    shortfall_options: tuple[Shortfall, ...]
    reduce_seats_needs: ReduceSeats
    order_members: Order
    order_alternates: Order
    naming: Naming
    announce_numbers: AnnounceNumbers
    preselection_reports_to: PreselectionReport
    surplus: tuple[Surplus, ...]
    surplus_single_seat: SingleSeat
    mark_legend: tuple[tuple[str, str], ...]

    def surplus_of(self, body: str) -> Surplus | None:
        """The line of a body, or the one for all bodies without a line of their own."""
        lines = {line.body: line for line in self.surplus}
        return lines.get(body, lines.get(""))

    def order_of(self, body: str) -> Order:
        """The order in which the elected of a body are announced."""
        return self.order_alternates if body == ALTERNATE_BODY else self.order_members

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {
            "elect": self.elect.to_json(),
            "preselect": self.preselect.to_json(),
            "returned_must_be": self.returned_must_be.value,
            "write_in": self.write_in.to_json() if self.write_in is not None else NO_WRITE_IN,
            "over_selected": self.over_selected.value,
            "blank_ballot": self.blank_ballot.value,
            "tie_at_last_seat": self.tie_at_last_seat.value,
            "runoff_wins_by": self.runoff_wins_by.value,
            "shortfall": {
                "options": [option.value for option in self.shortfall_options],
                "reduce_seats_needs": self.reduce_seats_needs.value,
            },
            "order_members": self.order_members.value,
            "order_alternates": self.order_alternates.value,
            **self.naming.to_json(),
            "announce_numbers": self.announce_numbers.value,
            "preselection_reports_to": self.preselection_reports_to.value,
            "surplus": [line.to_json() for line in self.surplus],
            "surplus_single_seat": self.surplus_single_seat.value,
            "mark_legend": [{"symbol": symbol, "mark": mark} for symbol, mark in self.mark_legend],
        }


def read_election(fields: Fields) -> ElectionRules:
    """Read the fields of this family.

    Raises:
        EncodingError: a field is missing, of another type, or its value is none that the engine knows.
    """
    shortfall = fields.fields("shortfall")
    options = shortfall.array("options", max=len(Shortfall))
    rules = ElectionRules(
        elect=read_majority(fields, "elect"),
        preselect=read_majority(fields, "preselect"),
        returned_must_be=read_returned(fields),
        write_in=read_write_in(fields.fields("write_in")),
        over_selected=OverSelected(fields.choice("over_selected", tuple(OverSelected))),
        blank_ballot=BlankBallot(fields.choice("blank_ballot", tuple(BlankBallot))),
        tie_at_last_seat=TieAtLastSeat(fields.choice("tie_at_last_seat", tuple(TieAtLastSeat))),
        runoff_wins_by=RunoffWinner(fields.choice("runoff_wins_by", tuple(RunoffWinner))),
        shortfall_options=tuple(_shortfall(option, shortfall.path("options")) for option in options),
        reduce_seats_needs=ReduceSeats(shortfall.choice("reduce_seats_needs", tuple(ReduceSeats))),
        order_members=Order(fields.choice("order_members", tuple(Order))),
        order_alternates=Order(fields.choice("order_alternates", tuple(Order))),
        naming=read_naming(fields),
        announce_numbers=AnnounceNumbers(fields.choice("announce_numbers", tuple(AnnounceNumbers))),
        preselection_reports_to=PreselectionReport(fields.choice("preselection_reports_to", tuple(PreselectionReport))),
        surplus=tuple(_read_surplus(row) for row in fields.rows("surplus", max=_MAX_BODIES)),
        surplus_single_seat=SingleSeat(fields.choice("surplus_single_seat", tuple(SingleSeat))),
        mark_legend=_read_legend(fields),
    )
    check_distinct(tuple(option.value for option in rules.shortfall_options), shortfall.path("options"))
    check_distinct(tuple(line.body for line in rules.surplus), fields.path("surplus"))
    shortfall.done()
    return rules


def read_write_in(fields: Fields) -> WriteInRules | None:
    """Read the object ``write_in``; None where nobody can be written in."""
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


def _read_surplus(row: Fields) -> Surplus:
    body = row.text("body")
    if body and not ID_FORM.fullmatch(body):
        raise EncodingError(row.path("body"), "is neither empty nor the id of a body")
    least = row.integer("least", 0, MAX_ROWS)
    most = row.integer("most", least, MAX_ROWS) if row.has("most") else None
    line = Surplus(body, row.integer("percent", 0, 100), least, most)
    row.done()
    return line


def _read_legend(fields: Fields) -> tuple[tuple[str, str], ...]:
    legend = []
    for row in fields.rows("mark_legend", max=_MAX_SYMBOLS):
        legend.append((row.text("symbol", pattern=_SYMBOL), row.choice("mark", MARKS)))
        row.done()
    check_distinct(tuple(symbol for symbol, _ in legend), fields.path("mark_legend"))
    return tuple(legend)


def _shortfall(option: JsonValue, where: str) -> Shortfall:
    if option not in tuple(Shortfall):
        raise EncodingError(where, f"holds a value that is none of {', '.join(Shortfall)}")
    return Shortfall(str(option))
