"""Which arguments of a batch are bad (SPEC §5.4), and the verifier's side of the conversation."""

from collections.abc import Sequence
from typing import IO, Final

from api.verifiers.wire import Failures, answer_line, read_request
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.relation import Relation
from voting_core.argument.statement import Statement
from voting_core.errors import EncodingError, VerificationError
from voting_core.public import SODIUM, PublicGroup

READY: Final = b"ready\n"
"""What a verifier says first, when it has everything that it needs."""


def failures_of(statements: Sequence[Statement], group: PublicGroup = SODIUM) -> Failures:
    """Verify a batch; gives the error of each bad one by its subject."""
    try:
        verify_batch(statements, group)
    except BatchRefused as refused:
        return {failure.culprits[0]: failure for failure in refused.failures}
    except EncodingError as error:
        # A challenge of 0 belongs to one ballot, which only a look at each one tells.
        if len(statements) == 1:
            return {statements[0].subject: VerificationError("V2.D", str(error), (statements[0].subject,))}
        return {subject: bad for item in statements for subject, bad in failures_of((item,), group).items()}
    return {}


def answer(requests: IO[bytes], answers: IO[bytes], group: PublicGroup = SODIUM) -> None:
    """Answer every request until whoever asks is gone."""
    relations: dict[bytes, Relation] = {}
    answers.write(READY)
    answers.flush()
    for line in requests:
        answers.write(answer_line(failures_of(read_request(line, relations, group), group)))
        answers.flush()
