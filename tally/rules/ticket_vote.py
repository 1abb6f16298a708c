"""The parameters of ticket votes (全委会票决) (SPEC §13.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tally.rules.common import Naming, ReturnedBallots, read_majority, read_naming, read_returned, read_texts
from tally.rules.election import NO_WRITE_IN, read_write_in
from tally.rules.threshold import Threshold
from voting_core.codec import Fields, JsonObject
from voting_core.errors import EncodingError


class Recusal(StrEnum):
    """What a recused member does after the deliberation."""

    VOTES = "leave_deliberation_but_vote"
    DOES_NOT_VOTE = "leave_deliberation_and_vote_not"


class RecusedBase(StrEnum):
    """Whether a recused member who does not vote stays in the number of those who should attend."""

    STAYS = "stays"
    LEAVES = "leaves"


class SecondTry(StrEnum):
    """When a nominee who failed may be put forward again for the same post."""

    SEPARATE_MEETING = "separate_meeting"
    ANY_MEETING = "any_meeting"


class AfterTwoFailures(StrEnum):
    """What two failures for the same post mean."""

    BARRED = "barred_same_post"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class TicketRules:
    """The parameters of a ticket vote; nobody can be written in, and nobody votes for another."""

    passing: Threshold
    options: tuple[str, ...]
    returned_must_be: ReturnedBallots
    recusal: Recusal
    recused_base: RecusedBase
    alternates_vote: bool
    second_try: SecondTry
    after_two_failures: AfterTwoFailures
    naming: Naming

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        return {
            "pass": self.passing.to_json(),
            "options": list(self.options),
            "returned_must_be": self.returned_must_be.value,
            "write_in": NO_WRITE_IN,
            "recusal": self.recusal.value,
            "recused_base": self.recused_base.value,
            "alternates_vote": self.alternates_vote,
            "proxy": False,
            "renomination": {
                "second_try": self.second_try.value,
                "after_two_failures": self.after_two_failures.value,
            },
            **self.naming.to_json(),
        }


def read_ticket_vote(fields: Fields) -> TicketRules:
    """Read the fields of this family.

    Raises:
        EncodingError: a field is missing, of another type, or its value is none that the engine knows.
    """
    renomination = fields.fields("renomination")
    if read_write_in(fields.fields("write_in")) is not None:
        raise EncodingError(fields.path("write_in"), "allows write-ins, and a ticket vote has none")
    if fields.boolean("proxy"):
        raise EncodingError(fields.path("proxy"), "is true, and an absent member votes neither later nor by another")
    rules = TicketRules(
        passing=read_majority(fields, "pass"),
        options=read_texts(fields, "options"),
        returned_must_be=read_returned(fields),
        recusal=Recusal(fields.choice("recusal", tuple(Recusal))),
        recused_base=RecusedBase(fields.choice("recused_base", tuple(RecusedBase))),
        alternates_vote=fields.boolean("alternates_vote"),
        second_try=SecondTry(renomination.choice("second_try", tuple(SecondTry))),
        after_two_failures=AfterTwoFailures(renomination.choice("after_two_failures", tuple(AfterTwoFailures))),
        naming=read_naming(fields),
    )
    if sorted(rules.options) != ["abstain", "agree", "disapprove"]:
        raise EncodingError(fields.path("options"), "are not agree, disapprove and abstain")
    renomination.done()
    return rules
