"""The desk's acts as jobs for the writer, and finding people with what is true of them."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass

from api.services.finding import Found, Hit, Listed, PeopleIndex
from api.store.desk_operations import change_status
from api.store.desk_queries import PersonAtDesk, people_at_desk, roll_names
from api.store.desk_status import Act, Change, acted
from api.store.reader import Reader
from api.store.writer import Writer


def note(writer: Writer, delegate: str, act: Act, seen: int | None = None) -> "Future[Change]":
    """Note an act at the desk.

    The write-ahead log is emptied after it: its frames would tell who came after whom.

    Raises (through the future):
        DeskError: the number is not on the roll, that person does not attend, or the act does not fit.
    """
    work = change_status(delegate, lambda status, leave: acted(status, act, roll_leave=leave, seen=seen))
    return writer.submit(work, tidy=True)


@dataclass(frozen=True, slots=True)
class FoundAtDesk:
    """Somebody found, with what is true of them."""

    hit: Hit
    at_desk: PersonAtDesk


class Finder:
    """Finds people of the roll. The index is made again when the roll has changed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._made_of: tuple[tuple[str, str, str], ...] | None = None
        self._index = PeopleIndex(())

    def find(self, text: str) -> tuple[Found, tuple[FoundAtDesk, ...]]:
        """Find whom a query may mean, with what is true of each now.

        Raises:
            InputError: the query is too long; it is not repeated.
        """
        found = self._ready().find(text)
        people = self._reader.read(
            lambda connection: people_at_desk(connection, (hit.person.number for hit in found.hits))
        )
        return found, tuple(
            FoundAtDesk(hit, people[hit.person.number]) for hit in found.hits if hit.person.number in people
        )

    def _ready(self) -> PeopleIndex:
        names = self._reader.read(roll_names)
        with self._lock:
            if names != self._made_of:
                self._index = PeopleIndex([Listed(*one) for one in names])
                self._made_of = names
            return self._index
