"""Which body belongs to which type of entry (SPEC §8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.ceremony import (
    DkgCommitted,
    DkgComplained,
    DkgConfirmed,
    DkgFaulted,
    DkgRevealed,
    TrusteeJoined,
)
from tally.entries.closing import ContestClosed, KioskLost, KioskReported, RecordVerified
from tally.entries.consultations import ConsultationRecorded
from tally.entries.contests import (
    AttendanceDeclared,
    ContestAbandoned,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    ContestResumed,
    KioskRegistered,
    RulesAdopted,
)
from tally.entries.counting import PaperCompared, TallyCommitted, TallyCounted, TallyShared
from tally.entries.credentials import CredentialsIssued, CredentialVoided, ReserveSealed
from tally.entries.entry_type import EntryType
from tally.entries.outcome import OutcomeDeclared, ReportSigned, ResultPublished, SeatsReduced
from tally.entries.reading import Body, failing
from tally.entries.session import (
    KeyDestroyed,
    OfficialAdmitted,
    SessionCreated,
    SessionDestroyed,
    SessionSealed,
)
from tally.entries.sheets import BoxSettled, CountEntered
from voting_core.codec import Fields, JsonObject

BODIES: Final[Mapping[EntryType, type[Body]]] = MappingProxyType(
    {
        EntryType.SESSION_CREATED: SessionCreated,
        EntryType.OFFICIAL_ADMITTED: OfficialAdmitted,
        EntryType.TRUSTEE_JOINED: TrusteeJoined,
        EntryType.DKG_COMMITTED: DkgCommitted,
        EntryType.DKG_REVEALED: DkgRevealed,
        EntryType.DKG_CONFIRMED: DkgConfirmed,
        EntryType.DKG_COMPLAINED: DkgComplained,
        EntryType.DKG_FAULTED: DkgFaulted,
        EntryType.RULES_ADOPTED: RulesAdopted,
        EntryType.KIOSK_REGISTERED: KioskRegistered,
        EntryType.CONTEST_DEFINED: ContestDefined,
        EntryType.CREDENTIALS_ISSUED: CredentialsIssued,
        EntryType.RESERVE_SEALED: ReserveSealed,
        EntryType.CREDENTIAL_VOIDED: CredentialVoided,
        EntryType.ATTENDANCE_DECLARED: AttendanceDeclared,
        EntryType.CONTEST_OPENED: ContestOpened,
        EntryType.BALLOT_CAST: BallotCast,
        EntryType.BALLOT_CHALLENGED: BallotChallenged,
        EntryType.BALLOT_ASSISTED: BallotAssisted,
        EntryType.CONTEST_PAUSED: ContestPaused,
        EntryType.CONTEST_RESUMED: ContestResumed,
        EntryType.CONTEST_CLOSED: ContestClosed,
        EntryType.CONTEST_ABANDONED: ContestAbandoned,
        EntryType.KIOSK_REPORTED: KioskReported,
        EntryType.KIOSK_LOST: KioskLost,
        EntryType.RECORD_VERIFIED: RecordVerified,
        EntryType.TALLY_COMMITTED: TallyCommitted,
        EntryType.TALLY_SHARED: TallyShared,
        EntryType.TALLY_COUNTED: TallyCounted,
        EntryType.COUNT_ENTERED: CountEntered,
        EntryType.BOX_SETTLED: BoxSettled,
        EntryType.PAPER_COMPARED: PaperCompared,
        EntryType.OUTCOME_DECLARED: OutcomeDeclared,
        EntryType.REPORT_SIGNED: ReportSigned,
        EntryType.RESULT_PUBLISHED: ResultPublished,
        EntryType.SEATS_REDUCED: SeatsReduced,
        EntryType.CONSULTATION_RECORDED: ConsultationRecorded,
        EntryType.KEY_DESTROYED: KeyDestroyed,
        EntryType.SESSION_SEALED: SessionSealed,
        EntryType.SESSION_DESTROYED: SessionDestroyed,
    }
)
"""The class of the body of every type."""

TYPES: Final[Mapping[type[Body], EntryType]] = MappingProxyType({body: type_ for type_, body in BODIES.items()})
"""The type to which a class of body belongs."""


def parse_body(type: EntryType, value: JsonObject) -> Body:
    """Read the body of an entry of this type.

    Raises:
        VerificationError: V2.B, it does not have exactly the fields of the type, each in its format; V2.D, a run of
            bytes is not canonical base64url of the right length.
    """
    with failing("V2.B"):
        fields = Fields(value, f"{type.value} body")
        body = BODIES[type].parse(fields)
        fields.done()
    return body
