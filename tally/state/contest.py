"""One contest as far as it has come (SPEC §4, §8.5, §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from immutables import Map

from ballots.contest import Capture, Contest, WriteInWay
from tally.entries.closing import KioskReported, RecordVerified
from tally.entries.contests import AttendanceDeclared
from tally.entries.counting import CountedCell, PaperCompared
from tally.entries.outcome import SeatsReduced
from tally.entries.reading import Counts
from tally.entries.sheets import SLIPS, CountEntered, WriteIn
from tally.state.sheets import Sheets, add_counts, add_item_invalid, add_write_ins
from voting_core.argument.relation import Relation
from voting_core.codec import JsonObject
from voting_core.elgamal import Ciphertext
from voting_core.group import Point


class Status(StrEnum):
    """Where a contest stands. It only moves forward, save between OPEN and PAUSED; ABANDONED is an end of its own."""

    DEFINED = "defined"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    COUNTED = "counted"
    DECIDED = "decided"
    PUBLISHED = "published"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class BoxSum:
    """The running product of the cast ballots of one class: their number, and one ciphertext for each counter.

    The ciphertexts are as the session's backend keeps them, and become points when somebody looks at them.
    """

    ballots: int
    ciphertexts: Sequence[Ciphertext]


@dataclass(frozen=True, slots=True)
class CellSum:
    """The aggregate of one cell that is left after merging (SPEC §9.2); without ballots there are no ciphertexts."""

    cell: str
    ballots: int
    ciphertexts: tuple[Ciphertext, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing fixes: the closed root (SPEC §9.1), the cells left, and the kiosks that have to report."""

    size: int
    root: bytes
    cells: tuple[CellSum, ...]
    kiosks: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Abandonment:
    """Why a contest was broken off, and where it stood then (SPEC §8.5 rule 13)."""

    reason: str
    stood: Status


@dataclass(frozen=True, slots=True)
class Share:
    """A trustee's decryption share. `fault` is empty for a good one, otherwise it says why the share is not used."""

    points: tuple[Point, ...]
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestState:
    """A contest with everything that the log says about it.

    Maps are by credential class (`sums`), by kiosk key (`reports`) or by index of trustee (`verified`, `commitments`,
    `shares`). `last_act` is the index of the last entry that declared attendance, opened, paused, resumed, abandoned or
    compared with paper, -1 before the first. `opened_at` and `declared_at` are the indices of the entries that opened
    it and that declared its outcome, -1 before them.
    """

    contest: Contest
    relation: Relation
    status: Status = Status.DEFINED
    attendance: AttendanceDeclared | None = None
    last_act: int = -1
    opened_at: int = -1
    declared_at: int = -1
    cast: int = 0
    challenged: int = 0
    assisted: int = 0
    sums: Map[str, BoxSum] = field(default_factory=Map)
    closing: Closing | None = None
    reports: Map[bytes, KioskReported] = field(default_factory=Map)
    lost: frozenset[bytes] = frozenset()
    verified: Map[int, RecordVerified] = field(default_factory=Map)
    commitments: Map[int, bytes] = field(default_factory=Map)
    shares: Map[int, Share] = field(default_factory=Map)
    cells: tuple[CountedCell, ...] = ()
    sheets: Sheets = field(default_factory=Sheets)
    comparisons: tuple[PaperCompared, ...] = ()
    outcome: JsonObject | None = None
    signers: frozenset[int] = frozenset()
    scope: str = ""
    reduced: SeatsReduced | None = None
    abandoned: Abandonment | None = None

    @property
    def id(self) -> str:
        """The id of the contest."""
        return self.contest.id

    @property
    def has_opened(self) -> bool:
        """Whether it was ever opened, whatever became of it."""
        return (self.abandoned.stood if self.abandoned else self.status) is not Status.DEFINED

    @property
    def is_void(self) -> bool:
        """Whether it ended without a result: abandoned, or declared to be without a quorum or with too many ballots."""
        if self.status is Status.ABANDONED:
            return True
        return self.outcome is not None and self.outcome["outcome"] != "decided"

    @property
    def is_voting(self) -> bool:
        """Whether voting has begun and has not ended."""
        return self.status in (Status.OPEN, Status.PAUSED)

    @property
    def paused_size(self) -> int:
        """The size of the log that ends with the pause, while the contest is paused (rule 12 of SPEC §8.5)."""
        return self.last_act + 1

    @property
    def has_counts(self) -> bool:
        """Whether the counts are in the log."""
        return self.status in (Status.COUNTED, Status.DECIDED, Status.PUBLISHED)

    @property
    def is_decidable(self) -> bool:
        """Whether all counts that the outcome follows from are in the log, also those of slips."""
        return self.has_counts and not self.uncounted_boxes

    @property
    def is_by_hand(self) -> bool:
        """Whether the ballots are paper, counted by hand."""
        return self.contest.capture is Capture.HAND

    @property
    def has_slips(self) -> bool:
        """Whether persons are written in on slips, which are counted by hand besides the ballots of the kiosks."""
        return self.contest.write_ins.way is WriteInWay.SLIPS

    @property
    def boxes(self) -> tuple[str, ...]:
        """The boxes that are counted by hand, in the order declared: those of paper ballots, or the one of slips."""
        if self.has_slips:
            return (SLIPS,)
        return tuple(box.box for box in self.attendance.boxes) if self.attendance else ()

    @property
    def sheets_in_force(self) -> tuple[CountEntered, ...]:
        """The sheets that count: the last one of each box, in the order of the boxes."""
        return self.sheets.in_force(self.boxes)

    @property
    def written_in(self) -> tuple[WriteIn, ...]:
        """The names on the sheets in force with their votes, each once."""
        return add_write_ins(self.sheets_in_force)

    @property
    def item_invalid(self) -> tuple[int, ...]:
        """The unreadable lines of each row on the sheets in force; empty for ballots of kiosks."""
        return add_item_invalid(self.sheets_in_force) if self.is_by_hand else ()

    @property
    def uncounted_boxes(self) -> tuple[str, ...]:
        """The boxes of which no sheet has been entered."""
        return tuple(box for box in self.boxes if self.sheets.of_box(box) is None)

    @property
    def cast_by_class(self) -> dict[str, int]:
        """The number of cast ballots of each class of the contest."""
        return {name: self.sums[name].ballots if name in self.sums else 0 for name in self.contest.classes}

    @property
    def is_secret_for_ever(self) -> bool:
        """Whether the contest is closed with a cell below its minimum, so that it is never decrypted (SPEC §9.2)."""
        cells = self.closing.cells if self.closing else ()
        return any(0 < cell.ballots < self.contest.minimum for cell in cells)

    @property
    def is_in_progress(self) -> bool:
        """Whether trustees' keys are still needed for it: from opening until the counts are in the log (SPEC §9.9)."""
        return self.is_voting or (self.status is Status.CLOSED and not self.is_secret_for_ever)

    @property
    def is_finished(self) -> bool:
        """Whether the session may be sealed as far as this contest goes (SPEC §9.9)."""
        never_opened = self.status is Status.DEFINED
        ended = self.status in (Status.PUBLISHED, Status.ABANDONED)
        return never_opened or ended or (self.status is Status.CLOSED and self.is_secret_for_ever)

    @property
    def good_shares(self) -> dict[int, tuple[Point, ...]]:
        """The shares whose proofs hold, by index of trustee in ascending order."""
        return {index: self.shares[index].points for index in sorted(self.shares) if not self.shares[index].fault}

    @property
    def bad_shares(self) -> tuple[int, ...]:
        """The trustees whose shares stay in the log as evidence and are not used (SPEC §9.5)."""
        return tuple(index for index in sorted(self.shares) if self.shares[index].fault)

    @property
    def totals(self) -> Counts:
        """The counts of the whole contest: the sums over its cells, or over the sheets in force (SPEC §9.7)."""
        if self.is_by_hand:
            return add_counts(self.sheets_in_force)
        tables = [cell.counts for cell in self.cells]
        return tuple(tuple(map(sum, zip(*rows, strict=True))) for rows in zip(*tables, strict=True))
