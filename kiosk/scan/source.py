"""What the scanning station knows of the session: a record, or a station's own copy of the log, replayed here."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from ballots.crockford import fingerprint_text, read_fingerprint
from kiosk.log_file import LogFile
from tally.audit.papers import Totals, Urn
from tally.record.read import RecordReader
from tally.replay import initial, prepare
from tally.state import ContestState, State
from voting_core.errors import InputError, VerificationError


def read_session(path: Path, fingerprint: str | None) -> State:
    """Replay a record.zip, or the file `….log.jsonl` that a station keeps. Ballot arguments are for `plenum verify`.

    Raises:
        InputError: it is neither, an entry is not valid, or it is of a session with another fingerprint.
    """
    wanted = read_fingerprint(fingerprint) if fingerprint is not None else None
    state = initial()
    try:
        for raw in _entries(path):
            state, _ = prepare(state, raw)
    except VerificationError as error:
        raise InputError(
            str(path), f"entry {state.size} is not valid ({error})", "Take it from the server again"
        ) from error
    if state.session is None:
        raise InputError(str(path), "there is no session in it", "Give a record.zip, or a station's .log.jsonl")
    if wanted is not None and (state.fingerprint is None or fingerprint_text(state.fingerprint) != wanted):
        raise InputError(
            str(path), "its fingerprint is another one", "Take the record of the session that was read aloud"
        )
    return state


def contest_of(state: State, contest_id: str) -> ContestState:
    """The contest whose papers are scanned.

    Raises:
        InputError: there is none of this id.
    """
    found = state.contests.get(contest_id)
    if found is None:
        raise InputError("contest", f"{contest_id} is not in this session", f"Use one of {', '.join(state.contests)}")
    return found


def urn_of(state: State, contest: ContestState) -> Urn:
    """What its papers must fit.

    Raises:
        InputError: no kiosk is registered, so no paper can be genuine.
    """
    if state.box_key is None:
        raise InputError("session", "no kiosk is registered, so there is no ballot-box key", "Take a later record")
    return Urn(state.session_id, contest.contest, state.box_key)


def counted_of(contest: ContestState) -> Totals | None:
    """The totals of the ballots cast at kiosks; None before they are decrypted, and for a contest counted by hand."""
    if contest.is_by_hand or not contest.has_counts:
        return None
    return Totals(contest.cast, contest.totals)


def _entries(path: Path) -> Iterator[bytes]:
    if not path.is_file():
        raise InputError(str(path), "there is no such file", "Give a record.zip, or a station's .log.jsonl")
    with path.open("rb") as file:
        if zipfile.is_zipfile(file):
            yield from RecordReader(file).entries()
            return
    yield from LogFile(path).entries()
