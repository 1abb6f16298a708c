"""What is written: each function gives the work for one job of the writer. Every statement names its columns."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.settings import MAX_PROPOSALS, MAX_STRANGER_PROPOSALS
from api.store.database import Connection
from api.store.writer import Work
from voting_core.errors import FatalError, StateError


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry for the log: its canonical bytes and their leaf hash."""

    raw: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class PendingBallot:
    """An accepted ballot entry that waits for its batch, with the id of its contest."""

    ballot_id: bytes
    contest: str
    raw: bytes


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
    """A proposal as it is to be stored; `known` as in `ProposalRow`."""

    entry: bytes
    known: bool


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
        connection.execute(
            "INSERT INTO proposals (id, entry, known) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, known = excluded.known",
            (proposal_id, draft.entry, draft.known),
        )
        return draft

    return work


def remove_proposal(proposal_id: bytes) -> Work[bool]:
    """Take a proposal away; tells whether it was there."""

    def work(connection: Connection) -> bool:
        return connection.execute("DELETE FROM proposals WHERE id = ?", (proposal_id,)).rowcount == 1

    return work


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the roll. `should_attend` counts towards the quorum's base, also when the person is on leave."""

    id: str
    name: str
    delegation: str
    should_attend: bool
    on_leave: bool


def replace_roll(people: Sequence[Person]) -> Work[None]:
    """Put a new roll in place of the old one.

    Raises (through the future):
        StateError: somebody has checked in already, or a number is there twice.
    """

    def work(connection: Connection) -> None:
        if connection.execute("SELECT count(*) FROM checkins").fetchone()[0]:
            raise StateError("people have checked in under the present roll; undo their check-ins before replacing it")
        numbers = Counter(person.id for person in people)
        twice = sorted(number for number, times in numbers.items() if times > 1)
        if twice:
            raise StateError(f"the roll has the number {twice[0]} more than once; every person needs one of their own")
        connection.execute("DELETE FROM people")
        for person in people:
            connection.execute(
                "INSERT INTO people (id, name, delegation, should_attend, on_leave) VALUES (?, ?, ?, ?, ?)",
                (person.id, person.name, person.delegation, person.should_attend, person.on_leave),
            )

    return work


def check_in(delegate: str, *, present: bool, card_drawn: bool) -> Work[None]:
    """Note that a person is in the hall or has left it.

    A card that was drawn stays drawn: leaving the hall does not bring it back.

    Raises (through the future):
        StateError: the number is not on the roll, or that person does not attend this session.
    """

    def work(connection: Connection) -> None:
        row = connection.execute("SELECT should_attend FROM people WHERE id = ?", (delegate,)).fetchone()
        if row is None:
            raise StateError(f"number {delegate} is not on the roll; look the person up by name")
        if not row[0]:
            raise StateError(f"number {delegate} does not attend this session according to the roll")
        connection.execute(
            "INSERT INTO checkins (delegate, present, card_drawn) VALUES (?, ?, ?) "
            "ON CONFLICT (delegate) DO UPDATE "
            "SET present = excluded.present, card_drawn = card_drawn OR excluded.card_drawn",
            (delegate, present, card_drawn),
        )

    return work


def undo_check_in(delegate: str) -> Work[None]:
    """Remove a check-in that was a mistake.

    Raises (through the future):
        StateError: there is none, or the person holds a card.
    """

    def work(connection: Connection) -> None:
        row = connection.execute("SELECT card_drawn FROM checkins WHERE delegate = ?", (delegate,)).fetchone()
        if row is None:
            raise StateError(f"number {delegate} has not checked in")
        if row[0]:
            raise StateError(f"number {delegate} has drawn a card; a check-in with a card cannot be undone")
        connection.execute("DELETE FROM checkins WHERE delegate = ?", (delegate,))

    return work
