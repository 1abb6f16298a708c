"""The single writer: one thread, one connection, group commit.

Durable, then visible, then acknowledged: a job's future is resolved only after COMMIT has returned. Everything that is
queued when the writer looks goes into one transaction; each job has a savepoint, so that a job that is refused takes
nobody with it.

After a failure the writer says one of two things, and never guesses:

* `StorageError`: certainly nothing of this group is stored (the statements failed, or COMMIT failed and a fresh
  connection sees the counter of commits unchanged);
* `FatalError`: a commit failed in a way that leaves the truth unknown. From then on every job gets it, until a restart
  reads everything back.
"""

import contextlib
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from api.store.connection import Connect, Connection, Dialect
from api.store.failures import DISK_FULL, NOT_WRITTEN, STOPPED, StorageError, truth_unknown
from api.store.sqlite import SqliteDialect
from voting_core.errors import FatalError, PlenumError

T = TypeVar("T")
Work = Callable[[Connection], T]

GROUP_LIMIT = 512
"""Jobs in one transaction; keeps the write-ahead log small."""


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
        self._connection = connect()
        self._number: int | None = None
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
            self._connection.execute(self._dialect.begin)
            before = _commits(self._connection)
            if self._number not in (None, before):
                # Somebody else wrote: what this server has in memory is no longer what is stored.
                self._stop(group)
                return
            outcomes = [self._run_job(job) for job in group]
            self._connection.execute("UPDATE commits SET number = number + 1 WHERE id = 1")
        except self._dialect.errors as error:
            self._undo()
            _refuse(group, self._storage_error(error))
            return
        try:
            self._connection.execute("COMMIT")
        except self._dialect.errors as error:
            self._after_failed_commit(group, before, error)
            return
        self._number = before + 1
        for job, (result, refusal) in zip(group, outcomes, strict=True):
            if refusal is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(refusal)
        if any(job.tidy for job in group):
            self._dialect.sweep(self._connection)

    def _run_job(self, job: _Job) -> tuple[Any, Exception | None]:
        self._connection.execute("SAVEPOINT job")
        try:
            result = job.work(self._connection)
        except Exception as error:
            # It is given to the caller; a dead writer thread would hang everybody.
            if self._dialect.concerns_all(error):
                # The database itself failed (full, locked, broken): that concerns the whole group.
                raise
            self._connection.execute("ROLLBACK TO job")
            self._connection.execute("RELEASE job")
            return None, error
        self._connection.execute("RELEASE job")
        return result, None

    def _after_failed_commit(self, group: list[_Job], before: int, error: Exception) -> None:
        self._undo()
        if self._dialect.is_undone(error) and self._still(before):
            _refuse(group, self._storage_error(error))
            return
        self._stop(group)

    def _stop(self, group: list[_Job]) -> None:
        self._fatal = truth_unknown()
        _refuse(group, self._fatal)

    def _undo(self) -> None:
        """Roll back, and go on with a fresh connection: the old one may hold a half-finished transaction."""
        with contextlib.suppress(*self._dialect.errors):
            self._connection.execute("ROLLBACK")
        with contextlib.suppress(*self._dialect.errors):
            self._connection.close()
        failures: tuple[type[Exception], ...] = (*self._dialect.errors, PlenumError)
        try:
            self._connection = self._connect()
        except failures:
            self._fatal = truth_unknown()

    def _still(self, before: int) -> bool:
        try:
            return self._fatal is None and _commits(self._connection) == before
        except self._dialect.errors:
            return False

    def _storage_error(self, error: Exception) -> StorageError:
        full = self._dialect.is_full(error)
        return StorageError(DISK_FULL if full else NOT_WRITTEN, full=full)


def _commits(connection: Connection) -> int:
    return int(connection.execute("SELECT number FROM commits WHERE id = 1").fetchone()[0])


def _refuse(group: list[_Job], error: PlenumError) -> None:
    for job in group:
        job.future.set_exception(error)
