"""Settings of one server: where its data lie, and its limits.

A settings object is made once, by `plenum serve` from what :mod:`api.configuration` read, or by a test, and passed on;
nothing else looks at the environment. No setting weakens a check: the smallest batch is a constant of the protocol
(SPEC §8.7), not a choice.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from voting_core.errors import InputError

MIN_BATCH: Final = 8
"""The smallest batch of ballots that enters the log while its contest is open (SPEC §8.7)."""

QUEUE_LIMIT: Final = 2_000
"""Submissions that may wait for the sequencer: 3,000 people who press within ten seconds are served at 300 a second."""

QUEUE_BYTES: Final = 64 * 2**20
"""Bytes of all submissions that wait: 2,000 ballots of 60 rows have 40 million. Without it 2,000 of the largest entries
that there may be would take 2 GB."""

MAX_PROPOSALS: Final = 256
"""Entries that may wait for further signatures; a session of 32 contests needs fewer than 100 at any time."""

MAX_SIGNER_PROPOSALS: Final = 128
"""Those of them that carry the signature of one and the same key, so that one person cannot fill the list for all: two
officials who set up 32 contests with 20 kiosks and 15 scrutineers have fewer at any time."""

MAX_STRANGER_PROPOSALS: Final = 64
"""Those of them that nobody known to the log has signed yet, so that a stranger cannot fill the list."""

MAX_PEOPLE: Final = 20_000
"""Lines of the roll."""

MAX_ROLL_BYTES: Final = 8_000_000
"""The largest request of all: a roll of MAX_PEOPLE lines."""

LOG_PAGE: Final = 1_000
"""Entries that one answer of `/v1/log/entries` holds at most."""

MAX_WORKERS: Final = 16
"""Processes of one server: every reader replays the whole log, and one server has one machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server needs to know before it starts.

    `directory` holds everything of one session. `batch_size` is the number of ballots at which a batch enters the log.
    `officials` are the keys that `session.created` must name, when the administrator was told them. Without
    `second_factor`, which only a rehearsal may be, people sign in with a password alone. `verify_threads` verify
    ballots; `verify_processes` do it once many wait together, 0 leaves all to the threads. `address` is
    where stations reach the server (`host:port`), `authority` the certificate of the authority behind its own (PEM);
    without TLS there is none. With `enrolment` a rehearsal, too, takes enrolled stations alone. `database_url` names a
    PostgreSQL; empty is the embedded database. `workers` processes serve, which only a PostgreSQL allows. With
    `log_json` the log is JSON lines for programs, with `fast_backend` ballots are verified by compiled code where that
    is installed.
    """

    directory: Path
    simulated: bool = False
    batch_size: int = MIN_BATCH
    officials: tuple[bytes, ...] = ()
    second_factor: bool = True
    queue_limit: int = QUEUE_LIMIT
    database_url: str = ""
    verify_threads: int = 2
    verify_processes: int = 0
    address: str = "127.0.0.1:8300"
    authority: bytes | None = None

    enrolment: bool = False
    workers: int = 1
    log_json: bool = False
    fast_backend: bool = False

    def __post_init__(self) -> None:
        if self.batch_size < MIN_BATCH:
            raise InputError(
                "batch size",
                f"{self.batch_size} is below {MIN_BATCH}: smaller batches would tell the order of casting",
                f"Give {MIN_BATCH} or more",
            )
        if not self.second_factor and not self.simulated:
            raise InputError(
                "second factor", "a real session needs it", "Leave it on, or start a rehearsal with --simulated"
            )
        if self.workers > 1 and not self.database_url:
            raise InputError(
                "workers",
                f"{self.workers} given, but the embedded database has one writer and one process",
                "Give --workers 1, or a PostgreSQL with --database",
            )
        if len(self.officials) not in (0, 2):
            raise InputError(
                "officials", f"{len(self.officials)} keys given", "Give the keys of exactly two officials, or none"
            )

    @property
    def enrolment_required(self) -> bool:
        """Whether only enrolled stations may ask to enter the log: always in a real session."""
        return self.enrolment or not self.simulated

    @property
    def database(self) -> Path:
        """The embedded database of the session; not used when `database_url` names another."""
        return self.directory / "session.sqlite3"

    @property
    def keys_file(self) -> Path:
        """The server's two secret keys (mode 0600)."""
        return self.directory / "service_keys.json"

    @property
    def desk_token_file(self) -> Path:
        """The token of the check-in desks (mode 0600)."""
        return self.directory / "desk.token"

    @property
    def accounts_key_file(self) -> Path:
        """The key under which second factors are sealed in the database (mode 0600)."""
        return self.directory / "accounts.key"

    @property
    def first_code_file(self) -> Path:
        """The one-time code of the first administrator, while nobody has enrolled (mode 0600)."""
        return self.directory / "first-administrator.txt"

    @property
    def operator_token_file(self) -> Path:
        """The token of whoever runs the server (mode 0600)."""
        return self.directory / "operator.token"

    @property
    def private_files(self) -> tuple[Path, ...]:
        """The files with secrets that a session cannot go on without; backups hold them sealed or not at all."""
        return (self.keys_file, self.desk_token_file, self.accounts_key_file, self.operator_token_file)

    @property
    def secret_files(self) -> tuple[Path, ...]:
        """All files with secrets: what is erased when the session is destroyed."""
        return (*self.private_files, self.first_code_file)

    @property
    def lock_file(self) -> Path:
        """The file that a running server holds locked."""
        return self.directory / "lock"
