"""The parameters of resolutions, confirmations, recalls and other motions (SPEC §13.1)."""

from __future__ import annotations

from dataclasses import dataclass

from tally.rules.common import ReturnedBallots, read_majority, read_returned
from tally.rules.threshold import Threshold
from voting_core.codec import Fields, JsonObject


@dataclass(frozen=True, slots=True)
class MotionRules:
    """The parameters of a motion."""

    passing: Threshold
    returned_must_be: ReturnedBallots

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {"pass": self.passing.to_json(), "returned_must_be": self.returned_must_be.value}


def read_motion(fields: Fields) -> MotionRules:
    """Read the fields of this family.

    Raises:
        EncodingError: a field is missing, or its value is none that the engine knows.
    """
    return MotionRules(read_majority(fields, "pass"), read_returned(fields))
