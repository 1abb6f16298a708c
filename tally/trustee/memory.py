"""What a scrutineer's station must never forget (SPEC §8.6, §9.3, §9.4).

Losing the memory is dangerous: it says which root was signed for which contest. It is stored durably before anything
made with it is sent, in a place of its own that no backup of the key file brings back. The shares in it decrypt totals,
together with those of k - 1 others: of a contest that is abandoned they are forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from immutables import Map

from tally.entries.counting import TallyShared
from tally.state import State, Status
from tally.trustee.keys import TrusteeSecrets
from voting_core.codec import MAX_INTEGER, Fields, canonical, parse_canonical
from voting_core.errors import EncodingError, FatalError, StateError, VerificationError
from voting_core.log.merkle import EMPTY_ROOT
from voting_core.params import MAX_ENTRY_BYTES, MAX_SLOTS, MAX_TRUSTEES

FORMAT: Final = "plenum-trustee-memory-1"
MAX_BYTES: Final = (MAX_SLOTS + 1) * MAX_ENTRY_BYTES
_WHERE: Final = "trustee memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeMemory:
    """By contest id: the only root ever signed, and the shares made for it. And the last tree that was witnessed."""

    session: bytes
    index: int
    signed_roots: Map[str, bytes] = field(default_factory=Map)
    shares: Map[str, TallyShared] = field(default_factory=Map)
    witnessed_size: int = 0
    witnessed_root: bytes = EMPTY_ROOT

    def with_signed_root(self, contest: str, root: bytes) -> TrusteeMemory:
        """Remember a root before it is signed.

        Raises:
            StateError: another root of this contest was signed before. There is no way round this.
        """
        known = self.signed_roots.get(contest)
        if known is not None and known != root:
            raise StateError(
                f"root {known.hex()[:12]}… of {contest} was signed before; a second one, {root.hex()[:12]}…, never is"
            )
        return replace(self, signed_roots=self.signed_roots.set(contest, root))

    def with_shares(self, shares: TallyShared) -> TrusteeMemory:
        """Remember the shares of a contest, which are made once."""
        return replace(self, shares=self.shares.set(shares.contest, shares))

    def to_bytes(self) -> bytes:
        """Write the memory."""
        return canonical(
            {
                "format": FORMAT,
                "index": self.index,
                "session": self.session.hex(),
                "shares": [self.shares[contest].to_json() for contest in sorted(self.shares)],
                "signed_roots": [
                    {"contest": contest, "root": self.signed_roots[contest].hex()}
                    for contest in sorted(self.signed_roots)
                ],
                "witnessed": {"root": self.witnessed_root.hex(), "size": self.witnessed_size},
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> TrusteeMemory:
        """Read the memory.

        Raises:
            EncodingError: not a memory; a station that finds a damaged one must stop, not begin a new one.
        """
        fields = Fields(parse_canonical(data, _WHERE, MAX_BYTES), _WHERE)
        fields.choice("format", (FORMAT,))
        roots: dict[str, bytes] = {}
        for row in fields.rows("signed_roots", max=MAX_SLOTS):
            roots[row.text("contest")] = row.hex("root", 32)
            row.done()
        shares: dict[str, TallyShared] = {}
        for row in fields.rows("shares", max=MAX_SLOTS):
            shares_of_contest = _read_shares(row)
            shares[shares_of_contest.contest] = shares_of_contest
        witnessed = fields.fields("witnessed")
        memory = cls(
            session=fields.hex("session", 32),
            index=fields.integer("index", 1, MAX_TRUSTEES),
            signed_roots=Map(roots),
            shares=Map(shares),
            witnessed_size=witnessed.integer("size", 0, MAX_INTEGER),
            witnessed_root=witnessed.hex("root", 32),
        )
        witnessed.done()
        fields.done()
        return memory


def new_memory(secrets: TrusteeSecrets) -> TrusteeMemory:
    """The memory of a trustee that has just been made; never for one whose memory was lost."""
    return TrusteeMemory(session=secrets.session, index=secrets.index)


def forget_abandoned(memory: TrusteeMemory, state: State) -> TrusteeMemory:
    """Give the memory without shares of abandoned contests, whose totals nobody is to know (SPEC §9.2)."""
    kept = {name: shares for name, shares in memory.shares.items() if not _is_abandoned(state, name)}
    return memory if len(kept) == len(memory.shares) else replace(memory, shares=Map(kept))


def _is_abandoned(state: State, contest: str) -> bool:
    found = state.contests.get(contest)
    return found is not None and found.status is Status.ABANDONED


def check_memory(memory: TrusteeMemory, secrets: TrusteeSecrets, state: State) -> None:
    """Require that memory, key file and log belong together and that the log continues the one that was witnessed.

    What the log itself holds of this trustee counts like memory: after a restore from a backup it may know more.

    Raises:
        StateError: they are of different sessions or trustees, or the log is older than what was witnessed.
        FatalError: the log contradicts what this trustee witnessed or signed. Somebody shows two logs.
    """
    if (memory.session, memory.index) != (secrets.session, secrets.index) or state.session_id != secrets.session:
        raise StateError("the memory, the key file and the log are not of the same trustee and session")
    if state.size < memory.witnessed_size:
        raise StateError(
            f"the log has {state.size} entries, {memory.witnessed_size} were witnessed; fetch the rest first"
        )
    if state.root_at(memory.witnessed_size) != memory.witnessed_root:
        raise FatalError(f"the log does not continue the one of size {memory.witnessed_size} that was witnessed")
    for contest, root in _roots_in_log(state, memory.index).items():
        if memory.signed_roots.get(contest, root) != root:
            raise FatalError(f"the log holds a signature of this trustee on another root of {contest}")


def recover(memory: TrusteeMemory, state: State) -> TrusteeMemory:
    """Add to a memory the roots that the log shows this trustee to have signed (after a restore from a backup).

    Raises:
        StateError: memory and log name two roots of one contest.
    """
    for contest, root in _roots_in_log(state, memory.index).items():
        memory = memory.with_signed_root(contest, root)
    return memory


def _read_shares(row: Fields) -> TallyShared:
    try:
        body = TallyShared.parse(row)
    except VerificationError as error:
        raise EncodingError(row.where, error.message) from error
    row.done()
    return body


def _roots_in_log(state: State, index: int) -> Mapping[str, bytes]:
    found = {}
    for contest in state.contests.values():
        verified = contest.verified.get(index)
        if verified is not None:
            found[contest.id] = verified.root
    return found
