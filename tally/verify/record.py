"""Verifying a whole record, offline (SPEC §11).

The record is read once, front to back, with a bounded run of entries in memory. Nothing here knows how ballots or
shares are made; a challenged ballot is reproduced by :mod:`ballots.opening`, which replay calls.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from ballots.crockford import fingerprint_text
from tally.record.manifest import Manifest, verify_manifest
from tally.record.members import MANIFEST_NAME
from tally.record.read import RecordReader
from tally.replay import initial
from tally.state import State
from tally.verify.anchor import audit_fingerprint, audit_receipt, parse_fingerprint, read_receipt
from tally.verify.checkpoints import CheckpointAudit
from tally.verify.checks import MANIFEST, MEMBERS
from tally.verify.entries import LogAudit
from tally.verify.remarks import remarks_on
from tally.verify.report import Audit, Report
from tally.verify.runs import Runs
from voting_core.errors import VerificationError
from voting_core.public import SODIUM, PublicGroup

Progress = Callable[[int, int], None]
"""Called with the bytes of the log that are verified, and how many there are."""


def verify_record(
    source: BinaryIO,
    *,
    fingerprint: str | None = None,
    receipt: bytes | None = None,
    progress: Progress = lambda _done, _total: None,
    group: PublicGroup = SODIUM,
    runs: Runs | None = None,
) -> Report:
    """Verify the record in a seekable binary file and report every check.

    The arguments and the errors are those of :func:`verify_with_state`.
    """
    return verify_with_state(
        source, fingerprint=fingerprint, receipt=receipt, progress=progress, group=group, runs=runs
    )[0]


def verify_with_state(
    source: BinaryIO,
    *,
    fingerprint: str | None = None,
    receipt: bytes | None = None,
    progress: Progress = lambda _done, _total: None,
    group: PublicGroup = SODIUM,
    runs: Runs | None = None,
) -> tuple[Report, State]:
    """Verify a record, and give the session as its log has it. Rely on the state only if there is no finding.

    `fingerprint` is what people compared aloud (all digits or the short code), `receipt` the content of a receipt file.
    `group` is the backend, which the report names; `runs` has more processors than that of this process. Neither
    changes anything else in the report.

    Raises:
        NotARecord: the file is no record at all.
        InputError: fingerprint or receipt are not of their form.
    """
    given = None if fingerprint is None else parse_fingerprint(fingerprint)
    held = None if receipt is None else read_receipt(receipt)
    audit = Audit()
    # How far reading is ahead of judging depends on the processors; what reading finds is kept until both are done.
    complaints: list[VerificationError] = []
    reader = RecordReader(source, complaints.append)
    audit.examine(MEMBERS, reader.members)
    log = LogAudit(audit, initial(group), runs)
    _audit_log(log, reader, progress)
    state = log.state
    _audit_manifest(audit, reader.manifest, state)
    checkpoints = CheckpointAudit(audit, state)
    for size, note in reader.checkpoints():
        checkpoints.take(size, note)
    checkpoints.finish()
    audit.begin_with([(error, error.culprits[0] if error.culprits else "record") for error in complaints])
    if given is not None:
        audit_fingerprint(audit, state, given)
    if held is not None:
        audit_receipt(audit, state, held)
    return _report(audit, state, anchored=given is not None), state


def _audit_log(log: LogAudit, reader: RecordReader, progress: Progress) -> None:
    total = reader.total_bytes
    for raw in reader.entries():
        log.take(raw)
        progress(min(log.judged_bytes, total), total)
    log.flush()
    progress(min(log.judged_bytes, total), total)


def _audit_manifest(audit: Audit, manifest: Manifest | None, state: State) -> None:
    """Compare the manifest with the replayed log (V1.B, V1.D)."""
    audit.examine(MANIFEST)
    if manifest is None:
        return  # the reader has said why
    try:
        if state.session is None:
            raise VerificationError("V1.B", "the log names no service key that could have signed the manifest")
        verify_manifest(manifest, state.session.service_key)
    except VerificationError as error:
        audit.find(error, MANIFEST_NAME)
    for what, claimed, found in (
        ("session", manifest.session.hex(), state.id.hex()),
        ("size", str(manifest.size), str(state.size)),
        ("root", manifest.root.hex(), state.root.hex()),
    ):
        if claimed != found:
            message = f"the manifest says {what} {claimed[:16]}, the replayed log has {found[:16]}"
            audit.find(VerificationError("V1.D", message), MANIFEST_NAME)


def _report(audit: Audit, state: State, *, anchored: bool) -> Report:
    return Report(
        findings=tuple(audit.findings),
        total_findings=audit.total,
        checks=audit.results(),
        remarks=remarks_on(state, anchored=anchored),
        session=state.id.hex(),
        title=state.session.title if state.session else "",
        fingerprint=fingerprint_text(state.fingerprint) if state.fingerprint else "",
        entries=state.size,
        ballots=sum(contest.cast for contest in state.contests.values()),
        simulated=state.session is not None and state.session.simulated,
        anchored=anchored,
        sealed=state.sealed,
        backend=state.group.name,
    )
