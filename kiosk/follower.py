"""Following the log: a station fetches it, replays it itself and believes nothing else.

* A kiosk needs K and the contests; it replays everything but the arguments of other people's ballots.
* A scrutineer's station verifies the arguments too, in batches as the log grows.
* Every log that is shown must continue the one that was replayed, and its checkpoint must be signed by the log key and
  have the replayed root. Anything else stops the station: two logs are fraud, not a fault.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kiosk.client import ServerClient
from kiosk.log_file import LogFile
from tally.replay import RunRefused, initial, prepare, replay_batch
from tally.state import State
from voting_core.errors import FatalError, VerificationError
from voting_core.log.checkpoint import verify_checkpoint

_ALARM = "stop and call the scrutineers"

BATCH = 100
"""Entries that are replayed together; in a scrutineer's station their arguments are one batch."""


class _Source(NamedTuple):
    """Where entries come from, and what to do about one that is not valid."""

    name: str
    remedy: str


_SERVER = _Source("the server's log", _ALARM)


@dataclass
class Follower:
    """The replayed log of a server. With `verify` arguments are verified; with a `file` it survives a restart."""

    client: ServerClient
    verify: bool
    file: LogFile | None = None
    state: State = field(default_factory=initial)
    progress: Callable[[int], None] | None = None
    """Called with the number of entries whenever some more are replayed."""

    def resume(self, witnessed: int = 0) -> None:
        """Replay the copy on disk. Arguments below `witnessed` were verified before this station cosigned that size.

        Raises:
            FatalError: the copy is not a valid log.
        """
        if self.file is not None:
            copy = f"{self.file.path}, this station's copy of the log,"
            self._replay(self.file.entries(), witnessed, _Source(copy, "move it away and start again"))

    def sync(self) -> int:
        """Fetch and replay what is new; gives the number of entries.

        Raises:
            Unreachable: the server does not answer.
            FatalError: what it shows is not a valid log, or not the one it showed before.
        """
        before = self.state.size
        while page := self.client.entries(self.state.size):
            self._replay(page, 0, _SERVER)
            if self.file is not None:
                self.file.append(page)
        if self.state.size > before:
            self._check_checkpoint()
        return self.state.size - before

    def _replay(self, raws: Iterable[bytes], witnessed: int, source: _Source) -> None:
        state, group = self.state, []
        for raw in raws:
            group.append(raw)
            if len(group) == BATCH:
                state, group = self._judge(state, group, witnessed, source), []
                if self.progress is not None:
                    self.progress(state.size)
        self.state = self._judge(state, group, witnessed, source)

    def _judge(self, state: State, raws: list[bytes], witnessed: int, source: _Source) -> State:
        first = state.size
        try:
            if self.verify and first + len(raws) > witnessed:
                return replay_batch(state, raws)
            for offset, raw in enumerate(raws):
                try:
                    state, _ = prepare(state, raw)
                except VerificationError as error:
                    raise RunRefused(error, offset) from error
            return state
        except RunRefused as error:
            place = first + error.index
            raise FatalError(f"entry {place} of {source.name} is not valid ({error}); {source.remedy}") from error

    def _check_checkpoint(self) -> None:
        if self.state.session is None:
            return
        note, facts = self.client.checkpoint(), self.state.facts
        try:
            checkpoint = verify_checkpoint(note, self.state.session_id, facts.log_key).checkpoint
        except VerificationError as error:
            raise FatalError(f"the server's checkpoint is not valid ({error}); {_ALARM}") from error
        # The log may have grown since the entries were fetched: its root is compared with the next ones.
        if checkpoint.size <= self.state.size and self.state.root_at(checkpoint.size) != checkpoint.root:
            raise FatalError(f"the server shows two different logs of {checkpoint.size} entries; {_ALARM}")
