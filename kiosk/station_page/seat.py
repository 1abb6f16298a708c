"""What a scrutineer told the station at set-up, kept beside the key file; and how a station is put together from it.

The passphrase is not kept: whoever opens the laptop types it again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ballots.qr.enrolment import StationRole
from kiosk.client import ServerClient
from kiosk.durable import make_directory, write_durably
from kiosk.enrolment import FILE as ENROLMENT
from kiosk.follower import Follower
from kiosk.log_file import LogFile
from kiosk.reaching import Given, reach
from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.station_page.worker import POLL_SECONDS, Parts, Worker
from kiosk.trustee_desk import ScrutineerMachine, ScrutineerSetup
from tally.cli.system import SystemRng, unix_time
from voting_core.codec import Fields, canonical, parse_canonical
from voting_core.errors import EncodingError, InputError
from voting_core.params import MAX_TEXT, MAX_TRUSTEES
from voting_core.secret import Secret

FORMAT: Final = "plenum-station-1"
MAX_BYTES: Final = 4_096
"""An address and a name take a few hundred bytes."""

SHORTEST_PASSPHRASE: Final = 10
"""Characters of a passphrase. Five Chinese words have ten; the key file's Argon2id makes each guess cost a second."""

NOTHING_GIVEN: Final = Given(server=None)
"""The command line says nothing of the server; the page or the enrolment does."""

_FILE: Final = "station.json"
_WHERE: Final = "station.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where the server is, and who sits here. `decrypts` is whether this scrutineer gives shares."""

    server: str
    name: str
    index: int
    decrypts: bool = True

    def to_bytes(self) -> bytes:
        """Write it for the disk."""
        return canonical(
            {
                "decrypts": self.decrypts,
                "format": FORMAT,
                "index": self.index,
                "name": self.name,
                "server": self.server,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Seat":
        """Read it from the disk.

        Raises:
            EncodingError: it is not in this form.
        """
        fields = Fields(parse_canonical(data, _WHERE, MAX_BYTES), _WHERE)
        fields.choice("format", (FORMAT,))
        seat = cls(
            server=fields.text("server", max=MAX_TEXT),
            name=fields.text("name", max=MAX_TEXT),
            index=fields.integer("index", 1, MAX_TRUSTEES),
            decrypts=fields.boolean("decrypts"),
        )
        fields.done()
        return seat


def load_seat(directory: Path) -> Seat | None:
    """The seat that was set up in this directory; None for a new one.

    Raises:
        InputError: the file is damaged.
    """
    path = directory / _FILE
    if not path.exists():
        return None
    try:
        return Seat.from_bytes(path.read_bytes())
    except EncodingError as error:
        raise InputError(
            str(path), f"the file is damaged ({error})", "Remove this file alone and set up again"
        ) from error


def store_seat(directory: Path, seat: Seat) -> None:
    """Keep the seat, durably."""
    make_directory(directory)
    write_durably(directory / _FILE, seat.to_bytes())


def check_new_passphrase(first: str, second: str) -> Secret[str]:
    """A passphrase that was typed twice.

    Raises:
        InputError: the two differ, or it is too short. Neither is repeated.
    """
    if first != second:
        raise InputError("passphrase", "the two differ", "Type the same passphrase twice")
    if len(first) < SHORTEST_PASSPHRASE:
        raise InputError("passphrase", f"it has fewer than {SHORTEST_PASSPHRASE} characters", "Take five words or more")
    return Secret(first)


Open = Callable[[Path, Seat, Secret[str]], Worker]
"""Makes the station of a seat; fails when the passphrase is wrong."""


def open_station(
    directory: Path,
    seat: Seat,
    passphrase: Secret[str],
    *,
    given: Given = NOTHING_GIVEN,
    poll: float = POLL_SECONDS,
    gather: float = 2.0,
) -> Worker:
    """Open the files of a seat and put its station together. It does nothing before it is started.

    Raises:
        InputError: the passphrase is wrong, or files are damaged or missing.
    """
    client, _ = reach(
        replace(given, server=seat.server, enrol=None), directory / ENROLMENT, StationRole.SCRUTINEER, SystemRng()
    )
    return station_of(directory, seat, passphrase, client, poll=poll, gather=gather)


def station_of(
    directory: Path, seat: Seat, passphrase: Secret[str], client: ServerClient, *, poll: float, gather: float
) -> Worker:
    """The same, with a client that is there already."""
    rng = SystemRng()
    files = ScrutineerFiles(directory, passphrase, rng)
    setup = ScrutineerSetup(
        index=seat.index,
        name=seat.name,
        approve=frozenset(),
        decrypts=seat.decrypts,
        signs_reports=False,
        gather=gather,
    )
    machine = ScrutineerMachine(rng=rng, clock=unix_time, monotonic=time.monotonic, emit=_say_nothing)
    follower = Follower(client, verify=True, file=LogFile(directory / "log.jsonl"))
    return Worker(Parts(setup, client, follower, files, machine), poll)


def _say_nothing(_event: str, **_fields: object) -> None:
    """The page shows what the station says; nothing of it goes to a terminal or a file."""
