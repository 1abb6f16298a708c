"""Verifying ballot arguments on several threads: the group operations release the interpreter."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.statement import Statement
from voting_core.errors import EncodingError, VerificationError

_SMALLEST_PART = 4
"""Below this a batch is not split: the fixed bases cost a thread as much as two ballots."""


class ArgumentChecker:
    """Verifies arguments in batches on `threads` threads."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="arguments")

    def failures(self, statements: Sequence[Statement]) -> dict[str, VerificationError]:
        """Verify all statements; gives the error of each bad one by its subject (SPEC §5.4)."""
        if not statements:
            return {}
        parts = max(1, min(self._threads, len(statements) // _SMALLEST_PART))
        results = self._pool.map(_failures_of, [statements[number::parts] for number in range(parts)])
        return {subject: error for part in results for subject, error in part.items()}

    def close(self) -> None:
        """Stop the threads."""
        self._pool.shutdown()


def _failures_of(statements: Sequence[Statement]) -> dict[str, VerificationError]:
    try:
        verify_batch(statements)
    except BatchRefused as refused:
        return {failure.culprits[0]: failure for failure in refused.failures}
    except EncodingError as error:
        # A challenge of 0 belongs to one ballot, which only a look at each one tells.
        if len(statements) == 1:
            return {statements[0].subject: VerificationError("V2.D", str(error), (statements[0].subject,))}
        return {subject: bad for item in statements for subject, bad in _failures_of((item,)).items()}
    return {}
