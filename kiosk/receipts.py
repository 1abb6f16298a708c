"""Receipts: what the delegate takes away (SPEC §7.5). Files stand in for the printer: data and a page for each receipt.

A receipt says nothing about marks, card or time; the files' own times are set to a constant, because the directory
would otherwise tell who voted when.
"""

import os
from pathlib import Path

from ballots.crockford import fingerprint_text
from ballots.receipt import Promise, Receipt
from kiosk.durable import write_durably
from kiosk.events import Emit
from kiosk.receipt_svg import receipt_svg
from tally.state import State
from voting_core.errors import FatalError, VerificationError

_NO_TIME = (0, 0)


class ReceiptPrinter:
    """Writes receipts into a directory, or nowhere."""

    def __init__(self, directory: Path | None, emit: Emit) -> None:
        self._directory = directory
        self._emit = emit

    def confirmed(self, state: State, ballot_id: bytes, promise: Promise) -> None:
        """Print the receipt with the server's promise.

        Raises:
            FatalError: the promise is not for this ballot, not signed by the service of the session, or over another
            log.
        """
        try:
            promise.verify(state.facts.service_key)
        except VerificationError as error:
            raise FatalError(
                f"the server's promise is worth nothing ({error}); stop and call the scrutineers"
            ) from error
        if (promise.ballot, promise.session) != (ballot_id, state.session_id):
            raise FatalError("the server's promise is for another ballot; stop and call the scrutineers")
        if promise.size <= state.size and state.root_at(promise.size) != promise.root:
            raise FatalError("the server's promise names another log than it shows; stop and call the scrutineers")
        self._print(receipt_of(state, ballot_id, promise))

    def pending(self, state: State, ballot_id: bytes) -> None:
        """Print the receipt of a ballot that the server has not confirmed yet (待确认)."""
        self._print(receipt_of(state, ballot_id, None))

    def _print(self, receipt: Receipt) -> None:
        if self._directory is not None:
            # The page comes first: where the data are, the receipt is complete.
            for suffix, content in ((".svg", receipt_svg(receipt)), (".json", receipt.to_bytes())):
                path = self._directory / f"{receipt.code}{suffix}"
                write_durably(path, content)
                os.utime(path, _NO_TIME)
        self._emit("receipt", code=receipt.code, pending=receipt.promise is None)


def receipt_of(state: State, ballot_id: bytes, promise: Promise | None) -> Receipt:
    """The receipt of a ballot; without a promise it is pending.

    Raises:
        FatalError: the session has no key yet.
    """
    if state.fingerprint is None:
        raise FatalError("there are no receipts before the key is made")
    return Receipt(
        ballot=ballot_id, session=state.session_id, fingerprint=fingerprint_text(state.fingerprint), promise=promise
    )
