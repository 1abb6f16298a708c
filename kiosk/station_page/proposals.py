"""Proposals in words: those of every screen, with the code by which two scrutineers compare a list of cards, and with
the reason why one cannot enter the log.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from ballots.screen.words import Said
from kiosk.client import WaitingProposal
from kiosk.station_page.card_lists import run_code
from tally.entries.bodies import BODIES
from tally.entries.credentials import CredentialsIssued
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.entry_words import Told
from tally.entry_words.defining import tell_proposed
from tally.entry_words.hindrance import Hindrance, hindrance_of
from tally.state import State
from voting_core.codec import Fields, JsonObject, JsonValue
from voting_core.errors import VerificationError


def body_of(type_: EntryType, value: JsonValue) -> Body:
    """The body of a draft.

    Raises:
        EncodingError, VerificationError: it is not a body of this type.
    """
    return BODIES[type_].parse(Fields(cast(JsonObject, value), type_.value))


def tell_proposal(state: State, body: Body) -> Told:
    """Say what is proposed, with what is worth comparing."""
    told = tell_proposed(state, body)
    if isinstance(body, CredentialsIssued):
        return Told(told.said, (*told.facts, (Said("名单代码", "Code of the list"), run_code(body))))
    return told


def hindrances(state: State, proposals: Sequence[WaitingProposal]) -> Mapping[str, Hindrance]:
    """What keeps proposals from the log whoever signs them, by their ids; an unreadable one has no entry here."""
    found = {}
    for proposal in proposals:
        try:
            hindrance = hindrance_of(state, proposal.draft.as_entry())
        except VerificationError:
            continue
        if hindrance is not None:
            found[proposal.id] = hindrance
    return found
