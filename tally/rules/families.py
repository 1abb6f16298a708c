"""The parameters of each family of rule sets: elections, ticket votes, motions, evaluations (SPEC §9.7).

* Every parameter that can change an outcome is a field; nothing is decided by a default in code.
* The fields have the names and the words of the JSON form, which :mod:`tally.rules.parse` reads and ``to_json`` writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from tally.rules.threshold import Base, Ratio, Threshold
from voting_core.codec import JsonObject


class Order(StrEnum):
    """The order in which elected persons are announced."""

    STROKE = "stroke"
    VOTES_THEN_STROKE = "votes_then_stroke"
    SUPERIOR_APPROVED = "superior_approved_order"


class NameOrder(StrEnum):
    """How one-character given names sort: 姓氏笔画 puts them first, 姓名笔画 compares the given names."""

    SURNAME_STROKES = "surname_strokes"
    FULL_NAME_STROKES = "full_name_strokes"


class ReturnedBallots(StrEnum):
    """Which number of returned ballots is in order."""

    LE_ISSUED = "le_issued"


class OverSelected(StrEnum):
    """What a ballot that selects more persons than seats costs."""

    WHOLE_BALLOT_INVALID = "whole_ballot_invalid"


class TieAtLastSeat(StrEnum):
    """What follows when equal votes leave the last seats undecided."""

    RUNOFF = "runoff_among_tied"


class RunoffWinner(StrEnum):
    """What a run-off asks for: the larger number, or the threshold of the election once more."""

    PLURALITY = "plurality"
    THRESHOLD = "threshold"


class Shortfall(StrEnum):
    """What may follow when fewer pass than there are seats."""

    SECOND_VOTE = "second_vote_among_unelected"
    REDUCE_SEATS = "reduce_seats"
    LEAVE_VACANT = "leave_vacant"


class WriteInRequires(StrEnum):
    """Who may write in: those who disapprove of a candidate, or everybody."""

    DISAPPROVE = "disapprove"
    NOTHING = "nothing"


class WriteInMax(StrEnum):
    """How many persons one ballot may write in: one for each candidate disapproved of, or as many as seats."""

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


class Recusal(StrEnum):
    """What a recused member does after the deliberation."""

    VOTES = "leave_deliberation_but_vote"
    DOES_NOT_VOTE = "leave_deliberation_and_vote_not"


class SecondTry(StrEnum):
    """When a nominee who failed may be put forward again for the same post."""

    SEPARATE_MEETING = "separate_meeting"
    ANY_MEETING = "any_meeting"


class AfterTwoFailures(StrEnum):
    """What two failures for the same post mean."""

    BARRED = "barred_same_post"
    NOTHING = "nothing"


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
class ElectionRules:
    """The parameters of an election, its pre-selection, run-off and supplementary vote.

    `mark_legend` says what a symbol on paper means. What an empty line means is ``blank_mark_means``.
    """

    elect: Threshold
    preselect: Threshold
    returned_must_be: ReturnedBallots
    write_in: WriteInRules | None
    over_selected: OverSelected
    tie_at_last_seat: TieAtLastSeat
    runoff_wins_by: RunoffWinner
    shortfall_options: tuple[Shortfall, ...]
    reduce_seats_needs: str
    order_members: Order
    order_alternates: Order
    name_order: NameOrder
    stroke_table: str
    mark_legend: tuple[tuple[str, str], ...]

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {
            "elect": self.elect.to_json(),
            "preselect": self.preselect.to_json(),
            "returned_must_be": self.returned_must_be.value,
            "write_in": self.write_in.to_json() if self.write_in is not None else NO_WRITE_IN,
            "over_selected": self.over_selected.value,
            "tie_at_last_seat": self.tie_at_last_seat.value,
            "runoff_wins_by": self.runoff_wins_by.value,
            "shortfall": {
                "options": [option.value for option in self.shortfall_options],
                "reduce_seats_needs": self.reduce_seats_needs,
            },
            "order_members": self.order_members.value,
            "order_alternates": self.order_alternates.value,
            "name_order": self.name_order.value,
            "stroke_table": self.stroke_table,
            "mark_legend": [{"symbol": symbol, "mark": mark} for symbol, mark in self.mark_legend],
        }


@dataclass(frozen=True, slots=True)
class TicketRules:
    """The parameters of a ticket vote (全委会票决); nobody can be written in."""

    passing: Threshold
    options: tuple[str, ...]
    recusal: Recusal
    alternates_vote: bool
    proxy: bool
    second_try: SecondTry
    after_two_failures: AfterTwoFailures

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {
            "pass": self.passing.to_json(),
            "options": list(self.options),
            "write_in": NO_WRITE_IN,
            "recusal": self.recusal.value,
            "alternates_vote": self.alternates_vote,
            "proxy": self.proxy,
            "renomination": {
                "second_try": self.second_try.value,
                "after_two_failures": self.after_two_failures.value,
            },
        }


@dataclass(frozen=True, slots=True)
class MotionRules:
    """The parameters of a resolution, confirmation or other motion."""

    passing: Threshold

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {"pass": self.passing.to_json()}


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate of an evaluation: the ballots with one of these marks, of the denominator."""

    id: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A threshold of an evaluation. Tripped, it asks the organisation to verify; it never has a consequence."""

    id: str
    marks: tuple[str, ...]
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class EvaluationRules:
    """The parameters of an evaluation: scale, denominator, weights of the index, rates and flags.

    `not_answered` are the marks that the denominator ``answered`` leaves out. Every mark either carries a weight or is
    excluded from the index.
    """

    scale: str
    marks: tuple[str, ...]
    denominator: Base
    not_answered: tuple[str, ...]
    weights: tuple[tuple[str, int], ...]
    excluded_from_index: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    flags: tuple[FlagRule, ...]
    smallest_cell: int

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {
            "scale": {"id": self.scale, "marks": list(self.marks)},
            "denominator": self.denominator.value,
            "not_answered": list(self.not_answered),
            "weights": [{"mark": mark, "weight": weight} for mark, weight in self.weights],
            "excluded_from_index": list(self.excluded_from_index),
            "indicators": [{"id": rate.id, "marks": list(rate.marks)} for rate in self.indicators],
            "flags": [{"id": flag.id, "marks": list(flag.marks), **flag.ratio.to_json()} for flag in self.flags],
            "smallest_cell": self.smallest_cell,
        }


Family: TypeAlias = ElectionRules | TicketRules | MotionRules | EvaluationRules
