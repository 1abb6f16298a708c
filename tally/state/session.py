"""The whole session (SPEC §8).

* A :class:`State` never changes; replay gives a new one. Its maps are persistent, so that keeping an old state, or
  throwing away a new one after a refusal, costs nothing.
* There is no way to make a state but :func:`initial` and :mod:`tally.replay`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from immutables import Map

from tally.entries.ceremony import TrusteeJoined
from tally.entries.consultations import ConsultationRecorded
from tally.entries.session import SessionCreated
from tally.rules.ruleset import RuleSet
from tally.state.ceremony import Ceremony, JointKey
from tally.state.contest import ContestState
from tally.state.points import Points
from voting_core.errors import StateError
from voting_core.group import Point
from voting_core.log.merkle import Frontier
from voting_core.public import SODIUM, PublicGroup


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A registered kiosk: its key and its name."""

    key: bytes
    name: str


@dataclass(frozen=True, slots=True)
class CredentialList:
    """The credentials of one slot and class, and how many there are (SPEC §7.2)."""

    slot: int
    class_id: str
    count: int


@dataclass(frozen=True, slots=True)
class AdoptedRules:
    """A rule set with the hash by which contests name it (SPEC §8.4)."""

    rules: RuleSet
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session after the entries of a log.

    `roots` has the root of every size of the log. `keys` has the signing and sealing keys that have entered the log,
    with whose they are; `credentials` has those of the cards. `points` has the encodings of A_j, P and Q of all ballots
    (SPEC §5.3). `ballots`, `assisted` and `cast_credentials` give the index of the entry. `group` is the backend that
    decodes ballots and adds them up; it changes nothing that anybody can see.
    """

    frontier: Frontier
    roots: Map[int, bytes]
    session: SessionCreated | None = None
    id: bytes = b""
    officials: tuple[bytes, ...] = ()
    trustees: Map[int, TrusteeJoined] = field(default_factory=Map)
    roster_hash: bytes = b""
    ceremony: Ceremony = field(default_factory=Ceremony)
    key: JointKey | None = None
    rules: Map[str, AdoptedRules] = field(default_factory=Map)
    kiosks: Map[bytes, Kiosk] = field(default_factory=Map)
    box_key: bytes | None = None
    contests: Map[str, ContestState] = field(default_factory=Map)
    slots: Map[int, str] = field(default_factory=Map)
    contest_hashes: Map[bytes, str] = field(default_factory=Map)
    consultations: Map[str, ConsultationRecorded] = field(default_factory=Map)
    keys: Map[bytes, str] = field(default_factory=Map)
    lists: Map[tuple[int, str], CredentialList] = field(default_factory=Map)
    credentials: Map[bytes, CredentialList] = field(default_factory=Map)
    reserve: Map[str, int] = field(default_factory=Map)
    voided: Map[bytes, str] = field(default_factory=Map)
    void_counts: Map[tuple[int, str, str], int] = field(default_factory=Map)
    cast_credentials: Map[bytes, int] = field(default_factory=Map)
    challenges: Map[bytes, int] = field(default_factory=Map)
    ballots: Map[bytes, int] = field(default_factory=Map)
    assisted: Map[bytes, int] = field(default_factory=Map)
    points: Points = field(default_factory=Points)
    destroyed_keys: frozenset[int] = frozenset()
    sealed: bool = False
    destroyed: bool = False
    group: PublicGroup = SODIUM

    @property
    def size(self) -> int:
        """The number of entries of the log."""
        return self.frontier.size

    @property
    def root(self) -> bytes:
        """The root of the log."""
        return self.roots[self.frontier.size]

    def root_at(self, size: int) -> bytes:
        """Give the root that the log had at an earlier size.

        Raises:
            StateError: the log has never had that size.
        """
        if size not in self.roots:
            raise StateError(f"the log has {self.size} entries, there is no root of {size}")
        return self.roots[size]

    @property
    def facts(self) -> SessionCreated:
        """What `session.created` fixed.

        Raises:
            StateError: the log is empty.
        """
        if self.session is None:
            raise StateError("the log is empty: there is no session yet")
        return self.session

    @property
    def session_id(self) -> bytes:
        """The session id (SPEC §8.2).

        Raises:
            StateError: the log is empty.
        """
        if self.session is None:
            raise StateError("the log is empty: there is no session yet")
        return self.id

    @property
    def quorum(self) -> int:
        """Q = ceil((n + k) / 2): any two quorums share at least k trustees (SPEC §6)."""
        return -(-(self.facts.trustees + self.facts.threshold) // 2)

    @property
    def joint_key(self) -> Point | None:
        """The joint key K, None before all trustees have confirmed it."""
        return self.key.point if self.key else None

    @property
    def fingerprint(self) -> bytes | None:
        """The session fingerprint (SPEC §6.7), None before all trustees have confirmed the key."""
        return self.key.fingerprint if self.key else None

    @property
    def public_shares(self) -> Map[int, Point]:
        """The public share of each trustee by index; empty before all have confirmed the key."""
        return self.key.public_shares if self.key else Map()

    def trustee_index(self, signing_key: bytes) -> int | None:
        """Find a trustee by the key that signs its entries."""
        return next((index for index, who in self.trustees.items() if who.signing_key == signing_key), None)

    def contest(self, contest_id: str) -> ContestState:
        """Give a contest.

        Raises:
            StateError: no such contest is defined.
        """
        found = self.contests.get(contest_id)
        if found is None:
            raise StateError(f"there is no contest {contest_id} in this session")
        return found

    def contest_by_hash(self, contest_hash: bytes) -> ContestState:
        """Give the contest with this hash.

        Raises:
            StateError: no such contest is defined.
        """
        return self.contest(self.contest_hashes.get(contest_hash, contest_hash.hex()))


def initial(group: PublicGroup = SODIUM) -> State:
    """Give the state of an empty log, with the backend for the ballots that come."""
    frontier = Frontier.empty()
    return State(frontier=frontier, roots=Map({0: frontier.root()}), group=group)
