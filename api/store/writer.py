"""The single writer: one thread, one connection, group commit.

Durable, then visible, then acknowledged: a job's future is resolved only after COMMIT has returned. Everything that is
queued when the writer looks goes into one transaction; each job has a savepoint, so that a job that is refused takes
nobody with it.

After a failure the writer says one of two things, and never guesses:

* `StorageError`: certainly nothing of this group is stored (the statements failed, or COMMIT failed and a fresh
  connection sees the counter of commits unchanged);
* `FatalError`: a commit failed in a way that leaves the truth unknown, or somebody else wrote. From then on every job
  gets it, until a restart reads everything back.

A database that went away is asked for a connection again by the next group. When it went away in the middle of a
COMMIT, the writer waits for it, where a new connection can tell what became of that (:attr:`Dialect.settles_doubt`).
"""

import contextlib
import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from api.store.connection import Connect, Connection, Dialect
from api.store.failures import DISK_FULL, NOT_WRITTEN, STOPPED, StorageError, others_wrote, truth_unknown
from api.store.sqlite import SqliteDialect
from voting_core.errors import FatalError, InputError, PlenumError

T = TypeVar("T")
Work = Callable[[Connection], T]

GROUP_LIMIT = 512
"""Jobs in one transaction; keeps the write-ahead log small."""

DOUBT_SECONDS: Final = 60.0
"""How long the writer waits for a database that went away during COMMIT: one that is started again is back before."""

DOUBT_PAUSE: Final = 0.2
"""Seconds between two looks whether it is back."""

STEPS: Final = range(2, 202)
"""What a writer may count for one commit, drawn once: the commit of another writer is not taken for its own."""

_Outcome = tuple[Any, Exception | None]

_log = logging.getLogger("plenum.writer")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    future: "Future[Any]"
    tidy: bool


class Writer:
    """Takes jobs from any thread and runs them in groups.

    `connect` opens a connection; it is called again after a failure. `dialect` is that of its database.
    """

    def __init__(self, connect: Connect, dialect: Dialect | None = None) -> None:
        self._connect = connect
        self._dialect: Dialect = dialect or SqliteDialect()
        self._connection: Connection | None = connect()
        self._number: int | None = None
        self._step = secrets.choice(STEPS)
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._fatal: FatalError | None = None
        self._closed = False
        self._door = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    @property
    def fatal(self) -> FatalError | None:
        """Why nothing is written any more, or None while all is well."""
        return self._fatal

    def submit(self, work: Work[T], *, tidy: bool = False) -> "Future[T]":
        """Run `work` in a transaction.

        The future has its result once that is durable, or the error with which it was undone. With `tidy` the
        write-ahead log is emptied afterwards: it would tell in which order waiting ballots came.
        """
        future: Future[T] = Future()
        # Whoever waits may go away; the work is done all the same, and its future takes the result.
        future.set_running_or_notify_cancel()
        with self._door:
            if not self._closed:
                self._queue.put(_Job(work, future, tidy))
                return future
        future.set_exception(StorageError(STOPPED, full=False))
        return future

    def close(self) -> None:
        """Finish what is queued and close the connection."""
        with self._door:
            # Nothing comes behind the end of the queue, where nobody would ever answer it.
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        if self._connection is not None:
            self._connection.close()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            group, stop = [job], False
            while len(group) < GROUP_LIMIT and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    stop = True
                    break
                group.append(following)
            self._commit(group)
            if stop:
                return

    def _commit(self, group: list[_Job]) -> None:
        if self._fatal is not None:
            _refuse(group, self._fatal)
            return
        try:
            connection = self._begun()
            before = _commits(connection)
            if self._number not in (None, before):
                # What this server has in memory is no longer what is stored.
                self._stop(group, others_wrote())
                return
            outcomes = [self._run_job(connection, job) for job in group]
            connection.execute("UPDATE commits SET number = number + ? WHERE id = 1", (self._step,))
        except self._failures as error:
            self._hang_up(error)
            _refuse(group, self._storage_error(error))
            return
        try:
            connection.execute("COMMIT")
        except self._dialect.errors as error:
            self._after_failed_commit(group, outcomes, before, error)
            return
        self._tell(group, outcomes, before + self._step)

    def _run_job(self, connection: Connection, job: _Job) -> _Outcome:
        connection.execute("SAVEPOINT job")
        try:
            result = job.work(connection)
        except Exception as error:
            # It is given to the caller; a dead writer thread would hang everybody.
            if self._dialect.concerns_all(error):
                # The database itself failed (full, locked, broken): that concerns the whole group.
                raise
            connection.execute("ROLLBACK TO job")
            connection.execute("RELEASE job")
            return None, error
        connection.execute("RELEASE job")
        return result, None

    def _tell(self, group: list[_Job], outcomes: list[_Outcome], number: int) -> None:
        """Everybody gets what is durable now; then what tells an order is removed."""
        self._number = number
        for job, (result, refusal) in zip(group, outcomes, strict=True):
            if refusal is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(refusal)
        if self._connection is not None and any(job.tidy for job in group):
            self._dialect.sweep(self._connection)

    def _after_failed_commit(self, group: list[_Job], outcomes: list[_Outcome], before: int, error: Exception) -> None:
        self._hang_up(error)
        settles = self._dialect.settles_doubt
        number = self._stored_number(DOUBT_SECONDS if settles else 0)
        if number == before and (settles or self._dialect.is_undone(error)):
            _refuse(group, self._storage_error(error))
        elif number == before + self._step and settles:
            _log.warning("the database had committed before it went away; going on")
            self._tell(group, outcomes, number)
        else:
            self._stop(group, truth_unknown())

    def _stop(self, group: list[_Job], error: FatalError) -> None:
        _log.critical("stopped: %s", error)
        self._fatal = error
        _refuse(group, error)

    def _connected(self) -> Connection:
        """The connection, or a new one after a failure."""
        if self._connection is None:
            self._connection = self._connect()
            _log.warning("connected to the database again")
        return self._connection

    def _begun(self) -> Connection:
        """The connection in a transaction. One that ended while nothing was written is noticed here, by nobody else."""
        connection = self._connected()
        try:
            connection.execute(self._dialect.begin)
        except self._dialect.errors as error:
            if not self._dialect.has_ended(connection):
                raise
            self._hang_up(error)
            connection = self._connected()
            connection.execute(self._dialect.begin)
        return connection

    def _hang_up(self, error: Exception) -> None:
        """Roll back, and leave the connection: it may hold a half-finished transaction."""
        # Not its text, which may quote what was to be stored.
        _log.error("the database failed: %s", type(error).__name__)
        if self._connection is not None:
            with contextlib.suppress(*self._dialect.errors):
                self._connection.execute("ROLLBACK")
            with contextlib.suppress(*self._dialect.errors):
                self._connection.close()
        self._connection = None

    def _stored_number(self, patience: float) -> int | None:
        """The number of commits that a new connection sees; None when there is none within `patience` seconds."""
        deadline = time.monotonic() + patience
        while True:
            try:
                return _commits(self._connected())
            except self._failures as error:
                if time.monotonic() >= deadline or self._closed:
                    return None
                self._hang_up(error)
                time.sleep(DOUBT_PAUSE)

    @property
    def _failures(self) -> tuple[type[Exception], ...]:
        """What a connection can fail with; also that the one which broke still holds the lock."""
        return (*self._dialect.errors, InputError)

    def _storage_error(self, error: Exception) -> StorageError:
        full = self._dialect.is_full(error)
        return StorageError(DISK_FULL if full else NOT_WRITTEN, full=full)


def _commits(connection: Connection) -> int:
    return int(connection.execute("SELECT number FROM commits WHERE id = 1").fetchone()[0])


def _refuse(group: list[_Job], error: PlenumError) -> None:
    for job in group:
        job.future.set_exception(error)
