"""The thread that does the station's rounds, so that a page can be shown at any moment.

* One thread alone touches key file, memory, log and network. What a person does on the page is an act in its queue.
* The page reads :attr:`Worker.snapshot`, a value that is replaced whole and never changed.
* A round that finds two logs, or files that do not belong together, is the last one: the page shows why.
"""

import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Final

from kiosk.client import Refused, ServerClient, Unreachable, WaitingProposal
from kiosk.follower import Follower
from kiosk.queue_reading import is_awaiting_queues, read_queues
from kiosk.scrutineer import Scrutineer
from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.station_page.proposals import body_of, hindrances
from kiosk.station_page.snapshot import Phase, Snapshot
from kiosk.trustee_desk import ScrutineerMachine, ScrutineerSetup, TrusteeDesk
from voting_core.errors import (
    EncodingError,
    InputError,
    PlenumError,
    StateError,
    VerificationError,
)
from voting_core.log.checkpoint import parse_signed_checkpoint

POLL_SECONDS: Final = 1.0
"""Seconds between two looks at the log."""

STOP_SECONDS: Final = 10.0
"""How long the running round may take when the station is told to stop."""

Act = Callable[[Scrutineer], None]
"""Something a person asked for, done on the station's thread."""

_NOT_DONE: Final = (InputError, EncodingError, StateError, VerificationError, Refused, Unreachable)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a station is made of. `files` are open: the passphrase was right."""

    setup: ScrutineerSetup
    client: ServerClient
    follower: Follower
    files: ScrutineerFiles
    machine: ScrutineerMachine


class Worker:
    """One station at work. `files.load` must have been tried before: it is what says that a passphrase is wrong."""

    def __init__(self, parts: Parts, poll: float = POLL_SECONDS) -> None:
        self._setup, self._client, self._follower = parts.setup, parts.client, parts.follower
        self._poll = poll
        self._acts: queue.Queue[tuple[Act, Future[None]] | None] = queue.Queue()
        self._lock = threading.Lock()
        self._snapshot = Snapshot(index=parts.setup.index, name=parts.setup.name, decrypts=parts.setup.decrypts)
        emit = parts.machine.emit
        machine = replace(parts.machine, emit=lambda event, **fields: self._said(emit, event, fields))
        self._desk = TrusteeDesk(parts.setup, parts.client, parts.follower, parts.files, machine)
        self._follower.progress = self._progress
        self._station = Scrutineer(self._desk, None)
        self._thread = threading.Thread(target=self._work, name="station", daemon=True)
        self._stopping, self._ended = threading.Event(), threading.Event()
        self._reached = False

    # For the page

    @property
    def snapshot(self) -> Snapshot:
        """The station as it is now."""
        with self._lock:
            return self._snapshot

    def start(self) -> None:
        """Begin the rounds."""
        self._thread.start()

    @property
    def client(self) -> ServerClient:
        """The connection that the rounds use; whoever opened it closes it, once they have ended."""
        return self._client

    def stop(self) -> bool:
        """End after the running round; acts that wait are not done. Tells whether the round has ended."""
        self._stopping.set()
        self._acts.put(None)
        if self._thread.is_alive():
            # A server that does not answer must not keep a laptop from being closed; whatever is stored is whole.
            self._thread.join(STOP_SECONDS)
        return not self._thread.is_alive()

    def ask(self, act: Act) -> "Future[None]":
        """Have an act done; the future fails with the error that says why it was not."""
        future: Future[None] = Future()
        self._acts.put((act, future))
        if self._ended.is_set():
            self._refuse_acts()
        return future

    # On the station's thread

    def _work(self) -> None:
        try:
            self._follower.resume(self._desk.witnessed)
            self._change(phase=Phase.RUNNING)
            while not self._stopping.is_set():
                self.one_round()
                if self.snapshot.phase is Phase.FINISHED:
                    break
                self._do(self._next_act(self._poll))
        except PlenumError as error:
            # Two logs, a damaged copy, a full disk, the files of another session: no later round mends it.
            self._change(phase=Phase.STOPPED, alarm=str(error))
        finally:
            if self.snapshot.phase in (Phase.RESUMING, Phase.RUNNING) and not self._stopping.is_set():
                self._change(phase=Phase.STOPPED, alarm="a defect of the program; the terminal says which")
            self._ended.set()
            self._refuse_acts()

    def one_round(self) -> None:
        """Do what is due, and show how things stand then.

        Raises:
            FatalError, InputError: the station must stop.
        """
        self._look()
        more = self._station.one_round() if self._reached else True
        self._show(Phase.RUNNING if more else Phase.FINISHED)

    def _next_act(self, seconds: float) -> tuple[Act, "Future[None]"] | None:
        try:
            return self._acts.get(timeout=seconds)
        except queue.Empty:
            return None

    def _do(self, item: tuple[Act, "Future[None]"] | None) -> None:
        if item is None:
            return
        act, future = item
        try:
            self._follower.sync()
            act(self._station)
        except _NOT_DONE as error:
            future.set_exception(error)
            return
        except BaseException as error:
            future.set_exception(error)
            raise
        try:
            self.one_round()
        finally:
            # The act is done and signed, whatever stops the station in the round after it.
            future.set_result(None)

    def _refuse_acts(self) -> None:
        while True:
            try:
                item = self._acts.get_nowait()
            except queue.Empty:
                return
            if item is not None:
                item[1].set_exception(StateError("the station has stopped; nothing was signed"))

    # Showing

    def _look(self) -> None:
        """See whether the server answers and how long its log is, so that a replay can say how far it has come."""
        self._reached = True
        try:
            size = parse_signed_checkpoint(self._client.checkpoint()).checkpoint.size
        except Unreachable as error:
            self._desk.machine.emit("unreachable", problem=str(error))
        except (Refused, EncodingError):
            # There is no session yet, or the checkpoint is bad: then the round finds that out and says it.
            return
        else:
            self._change(announced=max(size, self._desk.state.size))

    def _show(self, phase: Phase) -> None:
        desk, proposals, announced = self._desk, self.snapshot.proposals, self.snapshot.announced
        if self._reached and desk.state.session is not None:
            try:
                proposals = tuple(item for item in self._client.proposals() if _is_readable(item))
            except (Unreachable, Refused):
                self._reached = False
        changes: dict[str, Any] = {
            "phase": phase,
            "queues": self._queues(),
            "state": desk.state,
            "verified": desk.state.size,
            "announced": max(announced, desk.state.size),
            "connected": self._reached,
            "proposals": proposals,
        }
        before = self.snapshot
        if _moved(before, replace(before, state=desk.state, proposals=proposals)):
            changes["hindrances"] = hindrances(desk.state, proposals)
        if desk.exists:
            memory, secrets = desk.memory, desk.secrets
            changes |= {
                "mine": secrets.signing.public,
                "has_share": secrets.share is not None,
                "signed_roots": frozenset(memory.signed_roots),
                "witnessed": memory.witnessed_size,
            }
        self._change(**changes)

    def _queues(self) -> dict[str, Mapping[bytes, int]]:
        """What kiosks have signed about their queues of the paused contests; nothing while the server is away."""
        state, found = self._desk.state, {}
        for contest in state.contests.values():
            if self._reached and is_awaiting_queues(contest):
                try:
                    found[contest.id] = read_queues(state, contest, self._client.queues(contest.id))
                except Unreachable:
                    self._reached = False
                except Refused:
                    # A server that knows nothing of it: the page says of every kiosk that it was not heard.
                    found[contest.id] = {}
        return found

    def _progress(self, size: int) -> None:
        self._change(verified=size, announced=max(size, self.snapshot.announced))

    def _said(self, emit: Callable[..., None], event: str, fields: dict[str, Any]) -> None:
        emit(event, **fields)
        if event == "unreachable":
            self._reached = False
            if self.snapshot.notes and self.snapshot.notes[-1].event == event:
                return
        with self._lock:
            changed = self._snapshot.with_note(event, fields)
            self._snapshot = replace(changed, number=changed.number + 1)

    def _change(self, **changes: Any) -> None:
        with self._lock:
            before = self._snapshot
            after = replace(before, **changes)
            if _differ(before, after):
                self._snapshot = replace(after, number=before.number + 1)


def _differ(before: Snapshot, after: Snapshot) -> bool:
    """Whether anybody could see a difference. States are compared by their root: they are large."""
    if _moved(before, after):
        return True
    plain = (
        "phase",
        "verified",
        "announced",
        "witnessed",
        "connected",
        "mine",
        "has_share",
        "signed_roots",
        "alarm",
        "queues",
    )
    return any(getattr(before, name) != getattr(after, name) for name in plain)


def _moved(before: Snapshot, after: Snapshot) -> bool:
    """Whether the log or what waits for it has changed."""
    return (before.state.size, before.state.root, *map(_seen, before.proposals)) != (
        after.state.size,
        after.state.root,
        *map(_seen, after.proposals),
    )


def _is_readable(proposal: WaitingProposal) -> bool:
    """Whether a proposal has the body that its type says. Whoever leaves others there must not break the page."""
    try:
        body_of(proposal.type, proposal.draft.value["body"])
    except (EncodingError, VerificationError, KeyError, TypeError):
        return False
    return True


def _seen(proposal: Any) -> tuple[str, int]:
    return proposal.id, len(proposal.signatures)
