"""The parameters of questionnaires: options that are chosen or not, and no outcome (SPEC §13.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tally.rules.common import ReturnedBallots, read_returned
from voting_core.codec import Fields, JsonObject

QUESTIONNAIRE_MARKS: Final = ("chosen", "not_chosen")


class OptionOrder(StrEnum):
    """The order in which options are reported: by how often they were chosen, or as listed."""

    BY_CHOICES = "by_choices"
    AS_LISTED = "as_listed"


@dataclass(frozen=True, slots=True)
class QuestionnaireRules:
    """The parameters of a questionnaire. It decides nothing."""

    order: OptionOrder
    returned_must_be: ReturnedBallots

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {"option_order": self.order.value, "returned_must_be": self.returned_must_be.value}


def read_questionnaire(fields: Fields) -> QuestionnaireRules:
    """Read the fields of this family.

    Raises:
        EncodingError: a field is missing, or its value is none that the engine knows.
    """
    return QuestionnaireRules(
        OptionOrder(fields.choice("option_order", tuple(OptionOrder))),
        read_returned(fields),
    )
