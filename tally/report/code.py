"""The QR code of a report (SPEC §7.7): what a reader needs to find the same session, contest and root in a record."""

from __future__ import annotations

import re
from typing import Final

from tally.replay.expected import report_digest
from tally.state import State
from voting_core.errors import InputError, StateError

_HEAD: Final = "PLENUM-REPORT/1"
_NOTHING: Final = "-"
_FORM: Final = re.compile(
    r"PLENUM-REPORT/1:([0-9A-F]{64}):(-|[A-Z0-9][A-Z0-9-]{0,31}):(-|[0-9A-F]{64}):(0|[1-9][0-9]{0,9}):([0-9A-F]{64})"
)
PLACE: Final = "report code"
_REMEDY: Final = "Use the record of the session that the report names, or print the report again from the record"


def report_code(session: str, contest: str, digest: str, size: int, root: str) -> str:
    """Write the code from hexadecimal texts; `contest` and `digest` are empty for a document about the session."""
    parts = (_HEAD, session, contest or _NOTHING, digest or _NOTHING, str(size), root)
    return ":".join(parts).upper()


def check_code(text: str, state: State) -> str:
    """Accept the code of a report about this session, and give the contest that it is about, empty for none.

    Raises:
        InputError: it is no report code, or names another session, an unknown contest, another report or another root.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise InputError(PLACE, "it is not the code of a report", "Scan the code at the foot of the report")
    session, contest, digest, size, root = match.groups()
    contest = "" if contest == _NOTHING else contest.lower()
    if bytes.fromhex(session) != state.session_id:
        raise InputError(PLACE, "the report is of another session", _REMEDY)
    if contest and contest not in state.contests:
        raise InputError(PLACE, f"the record has no contest {contest}", _REMEDY)
    found = _digest(state, contest)
    if (digest.lower() if digest != _NOTHING else "") != found:
        raise InputError(PLACE, f"the record has another report on {contest or 'the session'}", _REMEDY)
    if state.roots.get(int(size)) != bytes.fromhex(root):
        raise InputError(PLACE, f"the record had another root at {size} entries", _REMEDY)
    return contest


def _digest(state: State, contest: str) -> str:
    if not contest:
        return ""
    try:
        return report_digest(state, contest).hex()
    except StateError:
        return ""
