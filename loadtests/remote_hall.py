"""The people of a session on this side of HTTP: they sign here, the server puts in order, and everything that it shows
is replayed before the next one signs.
"""

from collections.abc import Callable

from kiosk.client import PAGE, ServerClient
from tally.entries.bodies import TYPES
from tally.entries.build import build_entry
from tally.entries.session import SessionCreated
from tally.replay import RunRefused, replay_batch
from tally.simulate.hall import NONCE_BYTES, Hall
from voting_core.errors import FatalError
from voting_core.rng import Rng


class RemoteHall(Hall):
    """A :class:`Hall` whose log is a server's. The server signs with its own keys; those that every hall has stay
    unused.
    """

    def __init__(self, client: ServerClient, rng: Rng, clock: Callable[[], int]) -> None:
        super().__init__(rng, clock)
        self.client = client

    def append_raw(self, raw: bytes) -> None:
        """Send one entry, and replay the log up to it.

        Raises:
            Refused: the server refuses it.
            Unreachable: the server does not answer.
            FatalError: the log that the server shows is not valid, or does not hold the entry.
        """
        placed = self.client.submit_entry(raw)
        self.follow()
        if placed.index >= len(self.entries) or self.entries[placed.index] != raw:
            raise FatalError(f"the server said that an entry has index {placed.index}, and shows another one there")

    def follow(self, advance: Callable[[int], None] = lambda _: None) -> None:
        """Replay what the server's log has more, with all arguments; tells `advance` the size that is replayed.

        Raises:
            Unreachable: the server does not answer.
            FatalError: an entry is not valid.
        """
        more = True
        while more:
            page = self.client.entries(self.state.size)
            try:
                self.state = replay_batch(self.state, page)
            except RunRefused as error:
                raise FatalError(f"entry {self.state.size + error.index} of the server's log: {error}") from error
            self.entries.extend(page)
            advance(self.state.size)
            more = len(page) == PAGE

    def create(self, *, kind: str, title: str, date: str, place: str, trustees: int, threshold: int) -> None:
        """Write `session.created`, marked as simulated, with the keys of the server."""
        status = self.client.status()
        body = SessionCreated(
            title=title,
            place=place,
            date=date,
            kind=kind,
            simulated=True,
            threshold=threshold,
            trustees=trustees,
            officials=tuple(key.public for key in self.officials),
            log_key=bytes.fromhex(status["log_key"]),
            service_key=bytes.fromhex(status["service_key"]),
            nonce=self.rng.bytes(NONCE_BYTES),
        )
        self.append_raw(
            build_entry(TYPES[SessionCreated], body, body.session_id, self.officials, time=self.clock(), seen=self.seen)
        )
