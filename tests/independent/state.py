"""What a log has said so far, as `session.py` walks through it."""

from dataclasses import dataclass, field
from typing import Any

from . import ceremony, tallying
from . import ristretto as r
from .errors import require
from .log import Tree


@dataclass
class Attempt:
    committed: dict[int, tuple[bytes, Any]] = field(default_factory=dict)
    revealed: dict[int, tuple[bytes, Any]] = field(default_factory=dict)
    points: dict[int, list[r.Point]] = field(default_factory=dict)
    confirmed: set[int] = field(default_factory=set)


@dataclass
class Vote:
    """One contest with what was cast in it."""

    contest: Any
    sums: dict[str, tuple[int, list[tallying.Cipher]]] = field(default_factory=dict)
    used: dict[bytes, list[str]] = field(default_factory=dict)
    assisted: set[str] = field(default_factory=set)
    root: bytes = b""
    closed_size: int = 0
    verified: set[int] = field(default_factory=set)
    shown: set[int] = field(default_factory=set)
    cells: list[tallying.Cell] = field(default_factory=list)
    commitments: dict[int, bytes] = field(default_factory=dict)
    shares: dict[int, list[r.Point]] = field(default_factory=dict)
    open: bool = False
    opened_at: int = -1
    declared_at: int = -1
    abandoned: bool = False
    counted: bool = False
    attendance: Any = None
    counted_cells: Any = None
    sheets: list[Any] = field(default_factory=list)
    settled: list[Any] = field(default_factory=list)
    outcome: Any = None
    signers: set[int] = field(default_factory=set)
    reduced: bool = False

    def boxes(self) -> list[str]:
        """The boxes that count.entered may name, in order."""
        if self.contest["write_ins"]["way"] == "slips":
            return ["slips"]
        return [item["box"] for item in (self.attendance or {"boxes": []})["boxes"]]

    def in_force(self) -> list[Any]:
        """The last sheet of each box that has one, in the order of the boxes."""
        last = {sheet["box"]: sheet for sheet in self.sheets}
        return [last[box] for box in self.boxes() if box in last]

    def sheets_of_paper(self) -> list[Any]:
        """The sheets in force that count ballots, not slips."""
        return self.in_force() if self.contest["capture"] == "hand" else []

    def decision(self, sheet: Any) -> str:
        found = [item["decision"] for item in self.settled if item["sheet"] == sheet["sheet"]]
        return found[0] if found else ""


class State:
    """What the entries taken so far say."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.id = b""
        self.keys: dict[str, bytes] = {}
        self.n = self.k = 0
        self.roster: dict[int, dict[str, Any]] = {}
        self.witnesses: dict[int, bytes] = {}
        self.attempts: dict[int, Attempt] = {}
        self.joint: r.Point | None = None
        self.shares_public: list[r.Point] = []
        self.confirmed_at = 0
        self.box_key = b""
        self.votes: dict[str, Vote] = {}
        self.issued: dict[int, dict[bytes, str]] = {}
        self.voided: set[bytes] = set()
        self.points_seen: set[bytes] = set()
        self.ids_seen: set[bytes] = set()
        self.rules: dict[str, Any] = {}
        self.consulted: set[str] = set()

    @property
    def quorum(self) -> int:
        return ceremony.quorum(self.n, self.k)

    def fingerprint(self) -> str:
        value = ceremony.fingerprint(self.id, self.confirmed_at, self.tree.roots[self.confirmed_at])
        return ceremony.fingerprint_text(value)

    def trustee(self, entry: Any) -> int:
        found = [i for i, body in self.roster.items() if body["signing_key"] == entry["author"]]
        require(len(found) == 1, "V4.B", "the author is not a trustee")
        return found[0]

    def vote_of(self, entry: Any) -> Vote:
        """The contest that an entry names; nothing follows in one that is abandoned."""
        vote = self.votes.get(entry["body"]["contest"])
        require(vote is not None and not vote.abandoned, "V4.D", "no such contest, or it is abandoned")
        assert vote is not None
        return vote

    def roster_hash(self) -> bytes:
        return ceremony.roster_hash(self.id, [self.roster[i] for i in sorted(self.roster)])
