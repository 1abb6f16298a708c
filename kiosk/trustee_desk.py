"""What every act of a scrutineer's station needs: the server, the replayed log, the key file and the memory.

The rule that everything here keeps: store first, send then.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.client import Refused, ServerClient
from kiosk.events import Emit
from kiosk.follower import Follower
from kiosk.scrutineer_files import Loaded, ScrutineerFiles
from tally.entries.entry_type import EntryType
from tally.state import State
from tally.trustee.keys import TrusteeSecrets
from tally.trustee.memory import TrusteeMemory
from voting_core.errors import FatalError, InputError
from voting_core.rng import Rng


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrutineerSetup:
    """How a station was started.

    `index` and `name` are the scrutineer's. `approve` are the types of proposals that it signs by itself. Without
    `decrypts` it witnesses and verifies, and gives no share. Without `compares` it signs closed roots that nobody has
    compared: only for demonstrations and measurements. Without `signs_reports` a report waits for the scrutineer's own
    word. `gather` is for how many seconds it waits for others to commit before it shows its share, and for their shares
    before it commits in the place of one that does not come.
    """

    index: int
    name: str
    approve: frozenset[EntryType]
    decrypts: bool = True
    compares: bool = True
    signs_reports: bool = True
    gather: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrutineerMachine:
    """What the station gets from its machine: randomness, Unix time, seconds that run forward, a place to tell."""

    rng: Rng
    clock: Callable[[], int]
    monotonic: Callable[[], float]
    emit: Emit


class TrusteeDesk:
    """The things of one scrutineer."""

    def __init__(
        self,
        setup: ScrutineerSetup,
        client: ServerClient,
        follower: Follower,
        files: ScrutineerFiles,
        machine: ScrutineerMachine,
    ) -> None:
        self.setup = setup
        self.client = client
        self.follower = follower
        self.machine = machine
        self.files = files
        self.asked: set[tuple[EntryType, bytes]] = set()
        """Type and canonical body of what this scrutineer asked for and nobody else had proposed then."""
        self._loaded: Loaded | None = files.load()

    @property
    def state(self) -> State:
        """The replayed log."""
        return self.follower.state

    @property
    def exists(self) -> bool:
        """Whether this scrutineer has keys."""
        return self._loaded is not None

    @property
    def secrets(self) -> TrusteeSecrets:
        """The keys."""
        return self._both().secrets

    @property
    def memory(self) -> TrusteeMemory:
        """What must never be forgotten."""
        return self._both().memory

    @property
    def witnessed(self) -> int:
        """The size of the log that this station has verified and cosigned; 0 for a new one."""
        return self._loaded.memory.witnessed_size if self._loaded else 0

    def begin(self) -> None:
        """Make the keys of a new scrutineer, or check that those that are there are of this session.

        Raises:
            InputError: they are of another session, index or name.
        """
        if self._loaded is None:
            self._loaded = self.files.create(self.state.session_id, self.setup.index, self.setup.name)
        mine = (self.secrets.session, self.secrets.index, self.secrets.name)
        if mine != (self.state.session_id, self.setup.index, self.setup.name):
            raise InputError(
                "key file",
                "it belongs to another session or scrutineer",
                "Give the directory of this session, and the index and name that the key was made with",
            )

    def keep_secrets(self, secrets: TrusteeSecrets) -> None:
        """Store new secrets, durably."""
        self.files.store_secrets(secrets)
        self._loaded = Loaded(secrets, self.memory)

    def keep_memory(self, memory: TrusteeMemory) -> None:
        """Store what must not be forgotten, durably."""
        self.files.store_memory(memory)
        self._loaded = Loaded(self.secrets, memory)

    def deliver(self, entry: bytes, what: EntryType) -> None:
        """Send an entry of this trustee and follow the log.

        Raises:
            Refused: the server did not take it.
        """
        self.client.submit_entry(entry)
        self.machine.emit("sent", type=what.value)
        self.follower.sync()

    def send(self, entry: bytes, what: EntryType) -> bool:
        """Send an entry of this trustee and follow the log; tells whether it was taken."""
        try:
            self.client.submit_entry(entry)
        except Refused as refusal:
            self.machine.emit("refused", type=what.value, problem=str(refusal))
            return False
        self.machine.emit("sent", type=what.value)
        self.follower.sync()
        return True

    def _both(self) -> Loaded:
        if self._loaded is None:
            raise FatalError("this station has no keys yet")
        return self._loaded
