"""A reader's copy of the log: replayed from the database as it grows, and compared with the signed checkpoints.

* Every entry goes through `tally.replay`; the arguments of ballots are not verified once more, because the signature
  of the log key under the root says that the sequencer has done it. A log that does not give that root, or is of
  another key, is not answered from: the reader stops.
* Nothing older than what anybody was told already is answered: before it answers, a reader asks the database how many
  commits there are and reads on if there are more than it knows. Whoever has an acknowledgement waits for no more than
  that, because what is acknowledged was committed before. Requests that come at once share one look.
* The waiting ballots are read before the log, so that a ballot which enters it meanwhile is seen in one of the two.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Final

from immutables import Map

from api.sequencer.ballot_facts import pending_ballot
from api.sequencer.code_index import CodeIndex
from api.sequencer.log_index import LogIndex
from api.sequencer.view import View
from api.store.connection import Connection
from api.store.failures import NOT_READ, STOPPED, StorageError
from api.store.reader import Reader, StoredCheckpoint
from tally.entries.envelope import decode_entry
from tally.replay import initial, prepare
from tally.state import State
from voting_core.errors import FatalError, VerificationError
from voting_core.log.checkpoint import verify_checkpoint
from voting_core.log.merkle import leaf_hash

LOOK_SECONDS: Final = 0.2
"""How often it looks when nobody asks: open event streams are told of what it finds."""


class MisfitError(FatalError):
    """The database does not hold the log that its checkpoint is of."""


class Follower:
    """Follows the log in a database.

    `log_key` is the server's; `on_misfit` is called once, from the follower's thread, and nothing is read after it.
    """

    def __init__(self, reader: Reader, log_key: bytes, on_misfit: Callable[[MisfitError], None]) -> None:
        self.index = LogIndex()
        self._reader = reader
        self._log_key = log_key
        self._on_misfit = on_misfit
        self._view = View(initial(), initial(), Map())
        self._codes = CodeIndex()
        self._number = -1
        self._waiting: list[Future[None]] = []
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    @property
    def view(self) -> View:
        """What was read last. Its `intake` is the log: a reader accepts nothing."""
        return self._view

    def with_code(self, code: str) -> tuple[bytes, ...]:
        """The ids of the ballots with a confirmation code."""
        return self._codes.find(code)

    def start(self) -> None:
        """Read everything there is, and follow from there on.

        Raises:
            MisfitError: the log does not fit its checkpoint.
        """
        self.look()
        self._thread.start()

    def close(self) -> None:
        """Stop following."""
        self._stopped = True
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join()
        self._answer(StorageError(STOPPED, full=False))

    def caught_up(self) -> "Future[None]":
        """Done when everything is read that was committed before this call."""
        future: Future[None] = Future()
        future.set_running_or_notify_cancel()
        with self._lock:
            self._waiting.append(future)
        self._wanted.set()
        if self._stopped:
            self._answer(StorageError(STOPPED, full=False))
        return future

    def look(self) -> None:
        """Read what was committed since the last look.

        Raises:
            MisfitError: the log does not fit its checkpoint.
        """
        number = self._reader.read(_commits)
        if number == self._number:
            return
        pending = self._reader.pending()
        stored = self._reader.checkpoint()
        log = self._read_on(stored)
        self._codes.add(ballot.ballot_id for ballot in pending)
        waiting = Map({ballot.ballot_id: ballot for ballot in pending})
        self._view = replace(self._view, log=log, intake=log, pending=waiting)
        self._number = number

    def _read_on(self, stored: StoredCheckpoint | None) -> State:
        """The log at this checkpoint; the same object as before where it has not grown."""
        log = self._view.log
        size = 0 if stored is None else stored.size
        if size < log.size:
            raise MisfitError(f"the log had {log.size} entries and has a checkpoint of {size} now")
        if stored is None or size == log.size:
            return log
        leaves, ballots = [], []
        for raw in self._reader.entries(log.size, size):
            try:
                log, _ = prepare(log, raw)
            except VerificationError as error:
                raise MisfitError(f"entry {log.size} is not valid: {error.code}") from error
            leaves.append(leaf_hash(raw))
            entry = decode_entry(raw)
            if entry.type.is_ballot:
                ballots.append(pending_ballot(log, entry).ballot_id)
        self._check(stored, log)
        self.index.append(leaves)
        self._codes.add(ballots)
        return log

    def _check(self, stored: StoredCheckpoint, log: State) -> None:
        if log.session is None or log.facts.log_key != self._log_key:
            raise MisfitError("the log is of another server's key")
        try:
            signed = verify_checkpoint(stored.note, log.session_id, self._log_key).checkpoint
        except VerificationError as error:
            raise MisfitError(f"the checkpoint of {stored.size} entries is not valid: {error.code}") from error
        if (signed.size, signed.root) != (log.size, log.root):
            raise MisfitError(f"the first {log.size} entries are not those that the checkpoint of {signed.size} is of")

    def _run(self) -> None:
        while not self._stopped:
            self._wanted.wait(LOOK_SECONDS)
            self._wanted.clear()
            with self._lock:
                asked, self._waiting = self._waiting, []
            try:
                self.look()
            except MisfitError as error:
                self._stopped = True
                self._on_misfit(error)
                _tell(asked, error)
                self._answer(error)
            except Exception:  # noqa: BLE001 - a database that does not answer now is looked at again
                _tell(asked, StorageError(NOT_READ, full=False))
            else:
                _tell(asked, None)

    def _answer(self, error: Exception) -> None:
        with self._lock:
            asked, self._waiting = self._waiting, []
        _tell(asked, error)


def _tell(asked: list["Future[None]"], error: Exception | None) -> None:
    for future in asked:
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)


def _commits(connection: Connection) -> int:
    return int(connection.execute("SELECT number FROM commits WHERE id = 1").fetchone()[0])
