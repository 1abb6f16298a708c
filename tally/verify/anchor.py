"""What the reader brings from outside the record: a fingerprint, a receipt (SPEC §6.7, §8.8, §11: V13.A, V13.B)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ballots.crockford import fingerprint_text, read_fingerprint
from ballots.receipt import Promise, Receipt, parse_receipt
from tally.state import State
from tally.verify.checks import FINGERPRINT, RECEIPT
from tally.verify.report import Audit
from voting_core.errors import EncodingError, InputError, VerificationError

_FULL: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class GivenFingerprint:
    """A fingerprint as it was given: all 32 bytes, or the 160 bits that are shown and read aloud."""

    full: bytes | None
    shown: str


def parse_fingerprint(text: str) -> GivenFingerprint:
    """Read a fingerprint: 64 hexadecimal digits, or the code of eight groups.

    Raises:
        InputError: neither of them.
    """
    if _FULL.fullmatch(text.strip().lower()):
        full = bytes.fromhex(text.strip())
        return GivenFingerprint(full, fingerprint_text(full))
    return GivenFingerprint(None, read_fingerprint(text))


def read_receipt(data: bytes) -> Receipt:
    """Read a receipt file.

    Raises:
        InputError: it is not a receipt.
    """
    try:
        return parse_receipt(data)
    except EncodingError as error:
        raise InputError("receipt", str(error), "Give the receipt file as the service or kiosk wrote it") from error


def audit_fingerprint(audit: Audit, state: State, given: GivenFingerprint) -> None:
    """Compare the log with a fingerprint (V13.A)."""
    audit.examine(FINGERPRINT)
    found = state.fingerprint
    if found is None:
        audit.find(VerificationError("V13.A", "the log has no confirmed key, and so no fingerprint"), FINGERPRINT)
    elif given.shown != fingerprint_text(found) or given.full not in (None, found):
        message = (
            f"the log has the fingerprint {fingerprint_text(found)}, given was {given.shown}: "
            "the record is of another session, or the fingerprint was not copied as it was read aloud"
        )
        audit.find(VerificationError("V13.A", message), FINGERPRINT)


def audit_receipt(audit: Audit, state: State, receipt: Receipt) -> None:
    """Look a receipt up in the log (V13.B)."""
    audit.examine(RECEIPT)
    subject = f"receipt {receipt.code}"
    for error in _problems(state, receipt):
        audit.find(error, subject)


def _problems(state: State, receipt: Receipt) -> list[VerificationError]:
    if state.session is None or receipt.session != state.session_id:
        return [_problem(receipt, f"it is of the session {receipt.session.hex()[:16]}, not of this one")]
    problems: list[VerificationError] = []
    if state.fingerprint is None or receipt.fingerprint != fingerprint_text(state.fingerprint):
        problems.append(_problem(receipt, "it shows another session fingerprint than the log has"))
    promised = receipt.promise is not None
    if receipt.promise is not None:
        try:
            receipt.promise.verify(state.facts.service_key)
            _check_prefix(state, receipt, receipt.promise)
        except VerificationError as error:
            problems.append(error)
            promised = False
    if receipt.ballot not in state.ballots:
        problems.append(_problem(receipt, _missing(promised, state.sealed)))
    return problems


def _check_prefix(state: State, receipt: Receipt, promise: Promise) -> None:
    if state.roots.get(promise.size) != promise.root:
        message = (
            f"its promise names a log of size {promise.size} that is no prefix of this one: the service showed two logs"
        )
        raise _problem(receipt, message)


def _missing(promised: bool, sealed: bool) -> str:
    if promised and sealed:
        return "the ballot is not in the sealed log though the service promised it: this receipt is proof of fraud"
    if promised:
        return "the ballot is not in the log yet though the service promised it; if the log is sealed so, it is fraud"
    return "the ballot is not in the log, and no valid promise says that it would be"


def _problem(receipt: Receipt, message: str) -> VerificationError:
    return VerificationError("V13.B", message, (receipt.ballot.hex(),))
