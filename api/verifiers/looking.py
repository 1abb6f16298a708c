"""A verifier's side of the conversation: it looks at ballots ahead of their turn, until whoever asks is gone."""

from typing import IO, Final

from api.verifiers.wire import Request, read_message, write_message
from tally.replay import Known, look_ahead
from voting_core.public import SODIUM, PublicGroup

READY: Final = b"ready\n"
"""What a verifier says first, when it has everything that it needs."""


def answer(requests: IO[bytes], answers: IO[bytes], group: PublicGroup = SODIUM) -> None:
    """Answer every request until whoever asks is gone. A request that brings nothing to open ballots with is about
    what the one before it was about.
    """
    known: Known | None = None
    answers.write(READY)
    answers.flush()
    while True:
        try:
            request: Request = read_message(requests)
        except EOFError:
            return
        known = request[0] or known
        write_message(answers, look_ahead(request[1], known, group))
