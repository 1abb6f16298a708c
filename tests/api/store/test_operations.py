"""Every write, in a transaction of its own."""

from collections.abc import Iterator
from typing import TypeVar

import pytest

from api.settings import MAX_PROPOSALS, MAX_SIGNER_PROPOSALS
from api.store import operations
from api.store.connection import Connection, Database
from api.store.operations import Draft, LogGroup, NewEntry, PendingBallot
from api.store.reader import Reader
from api.store.writer import Work, Writer
from tests.support.patience import PATIENCE
from voting_core.errors import FatalError, StateError

T = TypeVar("T")


class Store:
    """A writer and a reader of one database."""

    def __init__(self, database: Database) -> None:
        self.writer = Writer(database.connect, database)
        self.reader = Reader(database)

    def write(self, work: Work[T]) -> T:
        return self.writer.submit(work).result(PATIENCE)


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    made = Store(database)
    yield made
    made.writer.close()


def test_a_group_moves_ballots_from_waiting_into_the_log(store: Store) -> None:
    ballots = [PendingBallot(bytes([number]) * 32, "c", bytes([number])) for number in range(3)]
    store.write(operations.add_pending(ballots))
    group = LogGroup(
        0, (NewEntry(b"\x01", b"l1"), NewEntry(b"\x02", b"l2")), b"note", (bytes([1]) * 32, bytes([2]) * 32)
    )
    store.write(operations.append_group(group))
    assert list(store.reader.entries(0, 2)) == [b"\x01", b"\x02"]
    assert store.reader.pending() == (ballots[0],)
    stored = store.reader.checkpoint()
    assert stored is not None
    assert (stored.size, stored.note) == (2, b"note")


def test_a_group_at_the_wrong_place_is_fatal_and_writes_nothing(store: Store) -> None:
    with pytest.raises(FatalError, match="0 entries"):
        store.write(operations.append_group(LogGroup(1, (NewEntry(b"\x01", b"l1"),), b"note")))
    assert store.reader.size() == 0


def test_the_first_cosignature_of_a_trustee_stays(store: Store) -> None:
    store.write(operations.append_group(LogGroup(0, (NewEntry(b"\x01", b"l"),), b"note")))
    store.write(operations.add_cosignatures(1, [(2, b"first"), (1, b"other")]))
    store.write(operations.add_cosignatures(1, [(2, b"second")]))
    stored = store.reader.checkpoint(1)
    assert stored is not None
    assert stored.cosignatures == ((1, b"other"), (2, b"first"))
    assert store.reader.cosigned_sizes() == (1,)


def test_a_proposal_is_merged_and_removed(store: Store) -> None:
    store.write(operations.put_proposal(b"p", lambda stored: Draft(b"a" if stored is None else b"?", known=False)))
    draft = store.write(operations.put_proposal(b"p", lambda stored: Draft((stored or b"") + b"b", known=True)))
    assert draft == Draft(b"ab", known=True)
    found = store.reader.proposal(b"p")
    assert found is not None
    assert (found.entry, found.known) == (b"ab", True)
    assert store.write(operations.remove_proposal(b"p"))
    assert not store.write(operations.remove_proposal(b"p"))
    assert store.reader.proposal(b"p") is None


def test_there_is_a_limit_to_proposals(store: Store) -> None:
    def add(connection: Connection) -> None:
        for number in range(MAX_PROPOSALS):
            operations.put_proposal(number.to_bytes(2, "big"), lambda _: Draft(b"", known=True))(connection)

    store.write(add)
    with pytest.raises(StateError, match="too many"):
        store.write(operations.put_proposal(b"one more", lambda _: Draft(b"", known=True)))
    store.write(operations.put_proposal(bytes(2), lambda _: Draft(b"new", known=True)))


def test_one_signer_does_not_fill_the_list_for_all(store: Store) -> None:
    mine, other = bytes([1]) * 32, bytes([2]) * 32

    def signed(key: bytes) -> operations.Draft:
        # Whose key stands elsewhere in a draft has not signed it.
        entry = f'{{"draft":{{"key":"{other.hex()}"}},"signatures":[{{"key":"{key.hex()}"}}]}}'.encode()
        return Draft(entry, known=True, signers=frozenset({key}))

    def add(connection: Connection) -> None:
        for number in range(MAX_SIGNER_PROPOSALS):
            operations.put_proposal(number.to_bytes(2, "big"), lambda _: signed(mine))(connection)

    store.write(add)
    with pytest.raises(StateError, match="that you have signed"):
        store.write(operations.put_proposal(b"one more", lambda _: signed(mine)))
    store.write(operations.put_proposal(bytes(2), lambda _: signed(mine)))
    store.write(operations.put_proposal(b"of another", lambda _: signed(other)))
