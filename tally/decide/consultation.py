"""Written consultation between plenums: an opinion record of all members and alternates, never a decision."""

from __future__ import annotations

from dataclasses import dataclass

from tally.decide.attendance import contradiction


@dataclass(frozen=True, slots=True)
class Consultation:
    """The opinions; the standing committee decides after it has them."""

    agree: int
    disagree: int
    no_reply: int
    consulted: int


def consult(members: int, alternates: int, agree: int, disagree: int, no_reply: int) -> Consultation:
    """Record a consultation of members and alternates.

    Raises:
        VerificationError: V11.D, opinions that do not add up to the people consulted.
    """
    consulted = members + alternates
    if min(members, alternates, agree, disagree, no_reply) < 0 or agree + disagree + no_reply != consulted:
        contradiction(f"{agree} agree, {disagree} disagree, {no_reply} did not reply, and {consulted} were consulted")
    return Consultation(agree, disagree, no_reply, consulted)
