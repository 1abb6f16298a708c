"""One kiosk in this process, in front of a server or of something that pretends to be one."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from ballots.card import typed_code
from ballots.crockford import fingerprint_text
from kiosk.client import ServerClient
from kiosk.follower import Follower
from kiosk.kiosk_keys import KioskKeys
from kiosk.log_file import LogFile
from kiosk.outbox import Outbox
from kiosk.receipts import ReceiptPrinter
from kiosk.rounds import one_round
from kiosk.station import Machine, Setup, Station
from kiosk.turns import Turn, Turns
from tests.api.hall import Hall
from tests.support.seeded_rng import SeededRng

TIME = 1_780_000_000


@dataclass
class Events:
    """What a station has said."""

    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, event: str, **fields: object) -> None:
        self.said.append((event, fields))

    def of(self, event: str) -> list[dict[str, Any]]:
        """The fields of all events of a name."""
        return [fields for name, fields in self.said if name == event]


@dataclass
class Booth:
    """A kiosk with what it says and its turns."""

    station: Station
    machine: Machine
    events: Events
    turns: Turns
    receipts: Path

    def round(self, *lines: str, wait: bool = False) -> None:
        """One round, with these lines as new turns."""
        self.turns.put_back([Turn(line, f"line {number}") for number, line in enumerate(lines, 1)])
        one_round(self.station, self.turns, self.machine, wait=wait)


def client_of(http: httpx2.Client) -> ServerClient:
    """A client that never sleeps."""
    return ServerClient(http, pause=lambda _: None)


def make_booth(http: httpx2.Client, directory: Path, name: str, fingerprint: str, keys: KioskKeys) -> Booth:
    """Start a kiosk whose files lie in a directory, also one that has been started before."""
    directory.mkdir(exist_ok=True)
    events = Events()
    machine = Machine(rng=SeededRng(f"booth {name}"), clock=lambda: TIME, emit=events)
    client = client_of(http)
    follower = Follower(client, verify=False, file=LogFile(directory / f"{name}.jsonl"))
    follower.resume()
    receipts = directory / f"{name}-receipts"
    receipts.mkdir(exist_ok=True)
    setup = Setup(name=name, fingerprint=fingerprint, keys=keys)
    outbox = Outbox(directory / f"{name}.sqlite3")
    station = Station(setup, client, follower, outbox, ReceiptPrinter(receipts, events), machine)
    return Booth(station, machine, events, Turns(None), receipts)


def world_booth(hall: Hall, directory: Path, http: httpx2.Client | None = None) -> Booth:
    """The kiosk that the world of a server has registered."""
    world = hall.world
    assert world.state.fingerprint is not None
    keys = KioskKeys(world.kiosk, world.box)
    return make_booth(http or hall.client, directory, "1", fingerprint_text(world.state.fingerprint), keys)


def turn(hall: Hall, number: int, mark: str = "approve", **changes: object) -> str:
    """A delegate's turn as a line of JSON."""
    code = typed_code(hall.world.cards[number], hall.world.state.session_id).reveal()
    return json.dumps({"card": code, "contest": "report", "marks": {"r0": mark}, **changes})
