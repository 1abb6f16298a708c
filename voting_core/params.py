"""The constants of the protocol (SPEC §2.4, §2.5) and nothing else.

Every limit has its reason in the table of SPEC §2.4. No value here can be set from outside: a record that was made
under other constants is a record of another protocol.
"""

from enum import StrEnum
from typing import Final

PROTOCOL: Final = "plenum-v1"
SPEC_VERSION: Final = "1.0"

MAX_TRUSTEES: Final = 15
MAX_OFFICIALS: Final = 32
MAX_KIOSKS: Final = 200
MAX_SLOTS: Final = 32
MAX_ROWS: Final = 200
MAX_MARKS: Final = 8
MAX_LIMITS: Final = 8
MAX_BOXES: Final = 100
MAX_CREDENTIALS: Final = 20_000
MAX_CHALLENGES: Final = 3
MAX_ENTRY_BYTES: Final = 1_048_576
MAX_BALLOTS: Final = 1_000_000
MAX_TEXT: Final = 400
MIN_CELL: Final = 5
MIN_CELL_EVALUATION: Final = 8


class Tag(StrEnum):
    """The domain tags of SPEC §2.5. Every hash, signature and transcript begins with one; none has two purposes."""

    SESSION = "plenum-v1/session"
    ENTRY = "plenum-v1/entry"
    CONTEST = "plenum-v1/contest"
    RULES = "plenum-v1/rules"
    BALLOT = "plenum-v1/ballot"
    GENERATOR = "plenum-v1/generator"
    TRANSCRIPT_SCALAR = "plenum-v1/transcript-scalar"
    ARGUMENT = "plenum-v1/ballot-argument"
    SEED_CONTEXT = "plenum-v1/seed-context"
    SEED_SCALAR = "plenum-v1/seed-scalar"
    ROSTER = "plenum-v1/roster"
    DEAL_COMMITMENT = "plenum-v1/deal-commitment"
    DEAL_PROOF = "plenum-v1/deal-proof"
    DEAL_SHARE = "plenum-v1/deal-share"
    CEREMONY = "plenum-v1/ceremony"
    FINGERPRINT = "plenum-v1/fingerprint"
    CREDENTIAL = "plenum-v1/credential"
    CARD_CHECK = "plenum-v1/card-check"
    QR_CHECK = "plenum-v1/qr-check"
    PAPER = "plenum-v1/paper-record"
    AGGREGATES = "plenum-v1/aggregates"
    SHARE_COMMITMENT = "plenum-v1/share-commitment"
    SHARE_PROOF = "plenum-v1/share-proof"
    SHARE_WEIGHT = "plenum-v1/share-weight"
    PROMISE = "plenum-v1/promise"
    QUEUE = "plenum-v1/queue"
    REPORT = "plenum-v1/report"
    RECORD = "plenum-v1/record"

    @property
    def raw(self) -> bytes:
        """The tag as bytes (it is ASCII)."""
        return self.value.encode("ascii")
