"""Records of sessions for tests, honest and not."""

import io
from collections.abc import Sequence

from tally.record.write import write_record
from tally.verify import Report, verify_record
from tests.golden.golden_session import GoldenSession, Note
from tests.support.session import SessionBuilder
from voting_core.log.checkpoint import Checkpoint, add_cosignatures, cosign_checkpoint, sign_checkpoint
from voting_core.log.merkle import leaf_hash, tree_root
from voting_core.signing_key import SigningKey


def pack(entries: Sequence[bytes], notes: Sequence[Note], service_key: SigningKey) -> bytes:
    """A record of these entries and checkpoints, signed as a service would."""
    out = io.BytesIO()
    write_record(out, entries, [(note.size, note.content) for note in notes], service_key)
    return out.getvalue()


def checkpoint(session: SessionBuilder, entries: Sequence[bytes], *witnesses: int) -> Note:
    """The checkpoint of these entries as the log key signs it, cosigned by these trustees."""
    root = tree_root([leaf_hash(entry) for entry in entries])
    signed = Checkpoint(session.state.session_id, len(entries), root)
    lines = [cosign_checkpoint(signed, session.trustees[n].witness, n, session.time) for n in witnesses]
    return Note(len(entries), add_cosignatures(sign_checkpoint(signed, session.log_key), lines))


def record_of(session: SessionBuilder) -> bytes:
    """The record of a session as far as it has come, cosigned by all trustees."""
    witnesses = tuple(session.state.trustees)
    notes = list(session.notes) if isinstance(session, GoldenSession) else []
    if session.state.size not in {note.size for note in notes}:
        notes.append(checkpoint(session, session.entries, *witnesses))
    return pack(session.entries, notes, session.service_key)


def verify(data: bytes, *, fingerprint: str | None = None, receipt: bytes | None = None) -> Report:
    """Verify a record in memory."""
    return verify_record(io.BytesIO(data), fingerprint=fingerprint, receipt=receipt)


def codes(report: Report) -> list[str]:
    """The codes of its findings."""
    return [finding.code for finding in report.findings]
