"""One body of every type, as small as the format allows."""

from ballots.sealed_ballot import SealedBallot
from ballots.void_reasons import VoidReason
from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.ceremony import (
    DkgCommitted,
    DkgComplained,
    DkgConfirmed,
    DkgFaulted,
    DkgRevealed,
    SealedShare,
    TrusteeJoined,
)
from tally.entries.closing import ContestClosed, KioskLost, KioskReported, RecordVerified
from tally.entries.consultations import ConsultationRecorded
from tally.entries.contests import (
    AttendanceDeclared,
    Box,
    ClassCards,
    ContestAbandoned,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    ContestResumed,
    KioskRegistered,
    RulesAdopted,
)
from tally.entries.counting import (
    CountedCell,
    PaperCompared,
    TallyCommitted,
    TallyCounted,
    TallyShared,
)
from tally.entries.credentials import CredentialsIssued, CredentialVoided, ReserveSealed
from tally.entries.entry_type import EntryType
from tally.entries.outcome import OutcomeDeclared, ReportSigned, ResultPublished, SeatsReduced
from tally.entries.reading import Body
from tally.entries.session import KeyDestroyed, OfficialAdmitted, SessionCreated, SessionDestroyed, SessionSealed
from tally.entries.sheets import BoxSettled, CountEntered, VoidBallots, WriteIn

KEY, OTHER, ROOT = b"\x0a" * 32, b"\x0b" * 32, b"\x0c" * 32
BALLOT = SealedBallot(
    session=ROOT, contest_hash=ROOT, credential=KEY, ciphertexts_bytes=b"c" * 64, argument_bytes=b"a" * 352
)

SAMPLES: dict[EntryType, Body] = {
    EntryType.SESSION_CREATED: SessionCreated(
        title="𠮷县党代会",
        place="",
        date="2026-09-21",
        kind="congress",
        simulated=True,
        threshold=2,
        trustees=3,
        officials=(KEY, OTHER),
        log_key=KEY,
        service_key=OTHER,
        nonce=ROOT,
    ),
    EntryType.OFFICIAL_ADMITTED: OfficialAdmitted(KEY),
    EntryType.TRUSTEE_JOINED: TrusteeJoined(index=1, name="李红香", signing_key=KEY, witness_key=OTHER),
    EntryType.DKG_COMMITTED: DkgCommitted(attempt=1, commitment=ROOT, sealing_key=KEY),
    EntryType.DKG_REVEALED: DkgRevealed(
        attempt=1, commitments=b"c" * 64, proof=b"p" * 64, shares=(SealedShare(2, b"b" * 80),)
    ),
    EntryType.DKG_CONFIRMED: DkgConfirmed(1, ROOT),
    EntryType.DKG_COMPLAINED: DkgComplained(attempt=1, dealer=2, sealing_secret=KEY),
    EntryType.DKG_FAULTED: DkgFaulted(attempt=1, missing="revealed", trustee=3),
    EntryType.RULES_ADOPTED: RulesAdopted("trust_default", {"id": "trust_default"}),
    EntryType.KIOSK_REGISTERED: KioskRegistered(name="K01", kiosk=KEY, box_key=OTHER),
    EntryType.CONTEST_DEFINED: ContestDefined({"id": "motion"}),
    EntryType.CREDENTIALS_ISSUED: CredentialsIssued(slot=0, class_id="delegate", keys=KEY + OTHER),
    EntryType.RESERVE_SEALED: ReserveSealed("delegate", 3),
    EntryType.CREDENTIAL_VOIDED: CredentialVoided(slot=0, credential=KEY, reason="left_over"),
    EntryType.ATTENDANCE_DECLARED: AttendanceDeclared(
        contest="motion", should_attend=7, present=6, cards=(ClassCards("delegate", 6, 1),), boxes=(Box("一", 6),)
    ),
    EntryType.CONTEST_OPENED: ContestOpened("motion"),
    EntryType.BALLOT_CAST: BallotCast(BALLOT),
    EntryType.BALLOT_CHALLENGED: BallotChallenged(BALLOT, (0, 2), ROOT),
    EntryType.BALLOT_ASSISTED: BallotAssisted("motion", b"r" * 16),
    EntryType.CONTEST_PAUSED: ContestPaused("motion"),
    EntryType.CONTEST_RESUMED: ContestResumed("motion"),
    EntryType.CONTEST_CLOSED: ContestClosed(contest="motion", cast=6, challenged=2),
    EntryType.CONTEST_ABANDONED: ContestAbandoned("motion", "emergency"),
    EntryType.KIOSK_REPORTED: KioskReported(contest="motion", cast=6, challenged=2, root=ROOT),
    EntryType.KIOSK_LOST: KioskLost("motion", KEY),
    EntryType.RECORD_VERIFIED: RecordVerified(
        contest="motion", size=33, root=ROOT, cast=6, challenged=2, aggregates=OTHER
    ),
    EntryType.TALLY_COMMITTED: TallyCommitted("motion", ROOT),
    EntryType.TALLY_SHARED: TallyShared(contest="motion", shares=b"s" * 64, proof=b"p" * 96),
    EntryType.TALLY_COUNTED: TallyCounted("motion", (CountedCell("all", 6, ((2, 2, 2), (6, 0, 0))),)),
    EntryType.COUNT_ENTERED: CountEntered(
        contest="motion",
        box="一",
        sheet="一",
        replaces="",
        issued=6,
        returned=6,
        invalid=1,
        void_reasons=(VoidBallots(VoidReason.BLANK, 1),),
        item_invalid=(0, 1),
        counts=((2, 2, 1), (4, 0, 0)),
        write_ins=(WriteIn("李四", 1),),
    ),
    EntryType.BOX_SETTLED: BoxSettled("motion", "一", "一", "count"),
    EntryType.PAPER_COMPARED: PaperCompared(contest="motion", papers=6, counts=((2, 2, 2),), agrees=True),
    EntryType.OUTCOME_DECLARED: OutcomeDeclared("motion", {"passed": True}),
    EntryType.REPORT_SIGNED: ReportSigned("motion", ROOT),
    EntryType.RESULT_PUBLISHED: ResultPublished("motion", "restricted"),
    EntryType.SEATS_REDUCED: SeatsReduced(contest="committee", seats=4, by="electors", motion="motion"),
    EntryType.CONSULTATION_RECORDED: ConsultationRecorded(
        id="head-of-town",
        title_zh="镇长人选",
        title_en="Head of a town",
        members=33,
        alternates=7,
        agree=30,
        disagree=6,
        no_reply=4,
    ),
    EntryType.KEY_DESTROYED: KeyDestroyed(2),
    EntryType.SESSION_SEALED: SessionSealed(),
    EntryType.SESSION_DESTROYED: SessionDestroyed(),
}
