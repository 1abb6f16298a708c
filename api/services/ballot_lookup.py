"""What became of a ballot, by its id or by the confirmation code that the delegate has on paper (SPEC §5.5)."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from api.schemas.answers import BallotStatus
from api.sequencer.view import Ordered, View
from ballots.screen.words import Said
from ballots.sealed_ballot import parse_confirmation_code
from tally.board.tree import ProofStep, steps_of
from voting_core.errors import InputError

if TYPE_CHECKING:
    from api.public_service import PublicService

UNKNOWN: Final = Said(
    "服务器没有这个确认码的选票。请对照回执再输入一次；若回执上确有此码，请立即持回执找监票人",
    "The server has no ballot with this code. Compare it with your receipt and type it again; "
    "if the receipt has it, take the receipt to the scrutineers at once",
)
IN_LOG: Final = Said("这张选票在日志里", "This ballot is in the log")
WAITING: Final = Said(
    "已收到并安全保存，正在等候与其他选票成批写入日志（一批至少八张，按编号排序，以免看出先后）。写入之前还没有证明，请稍后再查",
    "Received and stored safely. It waits to enter the log together with others (at least eight, sorted by their ids, "
    "so that nobody sees who came when). There is no proof before that; look again later",
)
AMBIGUOUS: Final = Said(
    "有两张选票的确认码相同，这不会偶然发生。请立即告诉监票人",
    "Two ballots have this code, which does not happen by chance. Tell the scrutineers at once",
)
_BALLOT_ID: Final = re.compile("[0-9a-f]{64}")


def look_up(sequencer: Ordered, text: str) -> BallotStatus:
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


@dataclass(frozen=True, slots=True)
class Placed:
    """A ballot in the log: its id, place and leaf, and the steps to the root."""

    id: str
    index: int
    leaf: str
    steps: tuple[ProofStep, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to somebody who typed a code. `size` and `root` are those of the log that the proofs are for."""

    code: str
    said: Said
    tone: str
    found: tuple[Placed, ...]
    size: int
    root: str


def answer_for(service: "PublicService", text: str) -> Answer:
    """Look up a confirmation code for a person.

    Raises:
        InputError: it is no confirmation code.
    """
    code = _code(text)
    view = service.sequencer.view
    known = [one for one in service.sequencer.with_code(code) if _is_known(view, one)]
    placed = []
    for ballot_id in known:
        index = view.log.ballots.get(ballot_id)
        if index is not None:
            leaf, size = service.index.leaf(index), view.log.size
            steps = steps_of(service.index.inclusion(index, size), index, size)
            placed.append(Placed(ballot_id.hex(), index, leaf.hex(), steps))
    said, tone = _spoken(len(known), len(placed))
    return Answer(code, said, tone, tuple(placed), view.log.size, view.log.root.hex())


def _spoken(known: int, placed: int) -> tuple[Said, str]:
    match known, placed:
        case 0, _:
            return UNKNOWN, "bad"
        case 1, 1:
            return IN_LOG, "good"
        case 1, _:
            return WAITING, "care"
        case _:
            return AMBIGUOUS, "bad"


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
