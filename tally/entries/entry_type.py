"""The types of log entries (SPEC §8.4)."""

from __future__ import annotations

from enum import StrEnum


class EntryType(StrEnum):
    """Every type of entry, in the order of a session. The list grows only with the specification."""

    SESSION_CREATED = "session.created"
    OFFICIAL_ADMITTED = "official.admitted"
    TRUSTEE_JOINED = "trustee.joined"
    DKG_COMMITTED = "dkg.committed"
    DKG_REVEALED = "dkg.revealed"
    DKG_CONFIRMED = "dkg.confirmed"
    DKG_COMPLAINED = "dkg.complained"
    DKG_FAULTED = "dkg.faulted"
    RULES_ADOPTED = "rules.adopted"
    KIOSK_REGISTERED = "kiosk.registered"
    CONTEST_DEFINED = "contest.defined"
    CREDENTIALS_ISSUED = "credentials.issued"
    RESERVE_SEALED = "credentials.reserve_sealed"
    CREDENTIAL_VOIDED = "credential.voided"
    ATTENDANCE_DECLARED = "attendance.declared"
    CONTEST_OPENED = "contest.opened"
    BALLOT_CAST = "ballot.cast"
    BALLOT_CHALLENGED = "ballot.challenged"
    BALLOT_ASSISTED = "ballot.assisted"
    CONTEST_PAUSED = "contest.paused"
    CONTEST_RESUMED = "contest.resumed"
    CONTEST_CLOSED = "contest.closed"
    CONTEST_ABANDONED = "contest.abandoned"
    KIOSK_REPORTED = "kiosk.reported"
    KIOSK_LOST = "kiosk.lost"
    RECORD_VERIFIED = "record.verified"
    TALLY_COMMITTED = "tally.committed"
    TALLY_SHARED = "tally.shared"
    TALLY_COUNTED = "tally.counted"
    COUNT_ENTERED = "count.entered"
    BOX_SETTLED = "box.settled"
    PAPER_COMPARED = "paper.compared"
    OUTCOME_DECLARED = "outcome.declared"
    REPORT_SIGNED = "report.signed"
    RESULT_PUBLISHED = "result.published"
    SEATS_REDUCED = "seats.reduced"
    CONSULTATION_RECORDED = "consultation.recorded"
    KEY_DESTROYED = "key.destroyed"
    SESSION_SEALED = "session.sealed"
    SESSION_DESTROYED = "session.destroyed"

    @property
    def is_ballot(self) -> bool:
        """Whether entries of this type carry neither time nor `seen` (SPEC §8.3)."""
        return self in BALLOT_TYPES


BALLOT_TYPES = frozenset({EntryType.BALLOT_CAST, EntryType.BALLOT_CHALLENGED, EntryType.BALLOT_ASSISTED})
"""The types that a kiosk sends while a contest is open; they do not tell when."""
