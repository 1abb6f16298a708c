"""What is written: each function gives the work for one job of the writer. Every statement names its columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from api.settings import MAX_PROPOSALS, MAX_SIGNER_PROPOSALS, MAX_STRANGER_PROPOSALS
from api.store.connection import Connection
from api.store.writer import Work
from tally.replay import Ahead
from voting_core.errors import FatalError, StateError


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry for the log: its canonical bytes and their leaf hash."""

    raw: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class PendingBallot:
    """An accepted ballot entry that waits for its batch, with the id of its contest.

    `ahead` is what was found out about `raw` by itself, which spares the second judgement most of the work; None where
    it comes from the database, or where too many wait to keep it.
    """

    ballot_id: bytes
    contest: str
    raw: bytes
    ahead: Ahead | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LogGroup:
    """What enters the log in one transaction.

    Entries from index `first` on, the checkpoint after them, and the ids of the ballots that stop waiting.
    """

    first: int
    entries: tuple[NewEntry, ...]
    note: bytes
    arrived: tuple[bytes, ...] = ()


def append_group(group: LogGroup) -> Work[None]:
    """Append entries, store their checkpoint and take the ballots among them out of the waiting table."""

    def work(connection: Connection) -> None:
        size = int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        if size != group.first:
            raise FatalError(f"the database has {size} entries, the server counted {group.first}; start it again")
        for offset, entry in enumerate(group.entries):
            connection.execute(
                "INSERT INTO entries (idx, raw, leaf) VALUES (?, ?, ?)", (group.first + offset, entry.raw, entry.leaf)
            )
        for ballot_id in group.arrived:
            connection.execute("DELETE FROM pending_ballots WHERE ballot_id = ?", (ballot_id,))
        connection.execute(
            "INSERT INTO checkpoints (size, note) VALUES (?, ?)", (group.first + len(group.entries), group.note)
        )

    return work


def add_pending(ballots: Sequence[PendingBallot]) -> Work[None]:
    """Make accepted ballots durable."""

    def work(connection: Connection) -> None:
        for ballot in ballots:
            connection.execute(
                "INSERT INTO pending_ballots (ballot_id, contest, raw) VALUES (?, ?, ?)",
                (ballot.ballot_id, ballot.contest, ballot.raw),
            )

    return work


def add_cosignatures(size: int, lines: Sequence[tuple[int, bytes]]) -> Work[None]:
    """Store cosignature lines of trustees under one checkpoint; the first of a trustee stays."""

    def work(connection: Connection) -> None:
        for trustee, line in lines:
            connection.execute(
                "INSERT INTO cosignatures (size, trustee, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (size, trustee, line),
            )

    return work


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as it is to be stored; `known` as in `ProposalRow`, `signers` the keys that have signed it."""

    entry: bytes
    known: bool
    signers: frozenset[bytes] = frozenset()


def put_proposal(proposal_id: bytes, merge: Callable[[bytes | None], Draft]) -> Work[Draft]:
    """Store a proposal, or its new signatures.

    `merge` gets the entry stored so far, or None, and gives what is to be stored; being called inside the transaction,
    it loses no signature that arrives at the same moment.

    Raises (through the future):
        StateError: too many proposals wait.
    """

    def work(connection: Connection) -> Draft:
        row = connection.execute("SELECT entry FROM proposals WHERE id = ?", (proposal_id,)).fetchone()
        draft = merge(None if row is None else row[0])
        if row is None:
            total, strangers = connection.execute(
                "SELECT count(*), count(*) FILTER (WHERE NOT known) FROM proposals"
            ).fetchone()
            if total >= MAX_PROPOSALS or (not draft.known and strangers >= MAX_STRANGER_PROPOSALS):
                raise StateError("too many entries wait for signatures; sign or withdraw some of them first")
            _check_signers_share(connection, draft.signers)
        connection.execute(
            "INSERT INTO proposals (id, entry, known) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, known = excluded.known",
            (proposal_id, draft.entry, draft.known),
        )
        return draft

    return work


def _check_signers_share(connection: Connection, signers: frozenset[bytes]) -> None:
    """Refuse one more proposal of somebody who has signed too many of those that wait."""
    entries = [row[0] for row in connection.execute("SELECT entry FROM proposals").fetchall()]
    for key in signers:
        # Signatures are verified before they are stored, so nobody uses up the share of somebody else.
        mark = f'"key":"{key.hex()}"'.encode()
        if sum(mark in entry.rpartition(b'"signatures":[')[2] for entry in entries) >= MAX_SIGNER_PROPOSALS:
            raise StateError("too many entries that you have signed wait for others; withdraw some of them first")


def remove_proposals(ids: Sequence[bytes]) -> Work[None]:
    """Take proposals away that have nothing left to wait for; those that are gone already stay gone."""

    def work(connection: Connection) -> None:
        for proposal_id in ids:
            connection.execute("DELETE FROM proposals WHERE id = ?", (proposal_id,))

    return work


def remove_proposal(proposal_id: bytes) -> Work[bool]:
    """Take a proposal away; tells whether it was there."""

    def work(connection: Connection) -> bool:
        return connection.execute("DELETE FROM proposals WHERE id = ?", (proposal_id,)).rowcount == 1

    return work
