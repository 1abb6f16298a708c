"""What became of a ballot, by its id or by the confirmation code that the delegate has on paper (SPEC §5.5)."""

import re
from typing import Final

from api.schemas.answers import BallotStatus
from api.sequencer.sequencer import Sequencer
from api.sequencer.view import View
from ballots.sealed_ballot import parse_confirmation_code
from voting_core.errors import InputError

_BALLOT_ID: Final = re.compile("[0-9a-f]{64}")


def look_up(sequencer: Sequencer, text: str) -> BallotStatus:
    """Say whether a ballot waits or is in the log. Two ballots with one code are both named, and neither is chosen.

    Raises:
        InputError: neither a ballot id nor a confirmation code. The message does not repeat what was typed.
    """
    view = sequencer.view
    if _BALLOT_ID.fullmatch(text):
        return _status(view, bytes.fromhex(text))
    # A ballot is in the index just before it is in the view: the view decides what is known.
    found = [ballot_id for ballot_id in sequencer.with_code(_code(text)) if _is_known(view, ballot_id)]
    match found:
        case []:
            return BallotStatus(status="unknown")
        case [ballot_id]:
            return _status(view, ballot_id)
        case _:
            return BallotStatus(status="ambiguous", ids=[ballot_id.hex() for ballot_id in found])


def _code(text: str) -> str:
    try:
        return parse_confirmation_code(text)
    except InputError as error:
        raise InputError(
            "ballot",
            "this is neither a ballot id nor a confirmation code",
            "Give the 64 hexadecimal digits of the id, or the 20 letters and digits of the code as they are printed",
        ) from error


def _is_known(view: View, ballot_id: bytes) -> bool:
    return ballot_id in view.log.ballots or ballot_id in view.pending


def _status(view: View, ballot_id: bytes) -> BallotStatus:
    identity = ballot_id.hex()
    if (index := view.log.ballots.get(ballot_id)) is not None:
        return BallotStatus(status="log", id=identity, index=index)
    return BallotStatus(status="pending" if ballot_id in view.pending else "unknown", id=identity)
