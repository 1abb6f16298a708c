"""A whole hall in one process: a real server behind a test client, stations that are called round by round."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ballots.card import CardSecret, typed_code
from ballots.contest import Contest
from ballots.crockford import fingerprint_text
from kiosk.client import ServerClient
from kiosk.follower import Follower
from kiosk.inbox import Inbox
from kiosk.kiosk_keys import load_or_create_kiosk_keys
from kiosk.log_file import LogFile
from kiosk.official import Official, Officials
from kiosk.scrutineer import Scrutineer
from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.trustee_desk import ScrutineerMachine, ScrutineerSetup, TrusteeDesk
from tally.entries.contests import (
    AttendanceDeclared,
    ClassCards,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    RulesAdopted,
)
from tally.entries.credentials import CredentialsIssued
from tally.entries.entry_type import EntryType
from tally.simulate.cards import card_keys, make_cards
from tally.state import State
from tests.api.hall import FakeClock, running_hall
from tests.api.hall import Hall as ServerHall
from tests.api.world import RULES
from tests.kiosk.booth import TIME, Booth, Events, client_of, make_booth
from tests.support.seeded_rng import SeededRng
from voting_core.codec import canonical
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

PASSPHRASE = Secret("korrekt pferd batterie 监票人")


@dataclass
class Watch:
    """A scrutineer with what it says."""

    station: Scrutineer
    desk: TrusteeDesk
    events: Events
    directory: Path
    clock: FakeClock


@dataclass
class KioskHall:
    """Everybody."""

    server: ServerHall
    directory: Path
    officials: Officials
    rng: SeededRng
    scrutineers: list[Watch] = field(default_factory=list)
    booths: list[Booth] = field(default_factory=list)
    cards: tuple[CardSecret, ...] = ()

    @property
    def state(self) -> State:
        """The log as the officials have replayed it."""
        return self.officials.sync()

    def client(self) -> ServerClient:
        """A client of the server that never sleeps."""
        return client_of(self.server.client)

    # Setting up

    def add_scrutineer(self, index: int, **options: Any) -> Watch:
        """Start a scrutineer's station, also one that has been started before. Without `compares` it signs at once."""
        directory = self.directory / f"scrutineer-{index}"
        directory.mkdir(exist_ok=True)
        events, clock = Events(), FakeClock()
        approve = frozenset({EntryType.CREDENTIALS_ISSUED, EntryType.ATTENDANCE_DECLARED, EntryType.KIOSK_LOST})
        options = {"approve": approve, "compares": False, **options}
        setup = ScrutineerSetup(index=index, name=f"监票人{index}", **options)
        machine = ScrutineerMachine(rng=self.rng, clock=lambda: TIME, monotonic=clock.monotonic, emit=events)
        client = self.client()
        follower = Follower(client, verify=True, file=LogFile(directory / "log.jsonl"))
        desk = TrusteeDesk(setup, client, follower, ScrutineerFiles(directory, PASSPHRASE, self.rng), machine)
        follower.resume(desk.witnessed)
        watch = Watch(Scrutineer(desk, Inbox(directory / "inbox")), desk, events, directory, clock)
        self.scrutineers.append(watch)
        return watch

    def add_booth(self, name: str, fingerprint: str | None = None) -> Booth:
        """Start a kiosk, also one that has been started before."""
        directory = self.directory / "kiosks"
        key = self.state.fingerprint
        shown = fingerprint or (fingerprint_text(key) if key else "")
        keys = load_or_create_kiosk_keys(directory / f"{name}.json", self.rng)
        booth = make_booth(self.server.client, directory, name, shown, keys)
        self.booths.append(booth)
        return booth

    def create(self, trustees: int, threshold: int) -> None:
        """Begin the session."""
        self.server.world.officials = sorted(
            (self.officials.first.key, self.officials.second.key), key=lambda key: key.public
        )
        self.officials.create(self.server.world.session_body(trustees=trustees, threshold=threshold))

    def watch(self, rounds: int = 1) -> None:
        """Let every scrutineer do some rounds; officials admit who wants to join."""
        for _ in range(rounds):
            for watch in self.scrutineers:
                watch.station.one_round()
            self.officials.approve(EntryType.TRUSTEE_JOINED, EntryType.KIOSK_REGISTERED)

    def make_key(self) -> None:
        """The key ceremony."""
        self.watch(8)
        assert self.state.joint_key is not None

    def open_kiosks(self, count: int) -> None:
        """Adopt the rules and register kiosks."""
        self.officials.decree(RulesAdopted(RULES.id, RULES.to_json()))
        for number in range(1, count + 1):
            self.add_booth(f"k{number}").round()
        self.officials.approve(EntryType.KIOSK_REGISTERED)

    def open_contest(self, contest: Contest, cards: int = 12) -> None:
        """Define a contest, issue cards, declare attendance, open."""
        self.officials.decree(ContestDefined(contest.to_json()))
        if not self.cards:
            self.cards = make_cards(cards, self.rng)
        keys = sorted(key.public for key in card_keys(self.cards, self.state.session_id, contest.slot))
        self.ask(
            0, CredentialsIssued(slot=contest.slot, class_id="delegate", keys=b"".join(keys)), "credentials.issued"
        )
        counts = (ClassCards("delegate", len(self.cards), 0),)
        body = AttendanceDeclared(contest=contest.id, should_attend=20, present=len(self.cards), cards=counts)
        self.ask(0, body, "attendance.declared")
        self.officials.decree(ContestOpened(contest.id))

    def ask(self, scrutineer: int, body: Any, type: str) -> None:
        """Put a request into a scrutineer's inbox and let all scrutineers see to it."""
        self.request(scrutineer, {"type": type, "body": dict(body.to_json())})
        self.watch(2)

    def request(self, scrutineer: int, value: dict[str, Any]) -> None:
        """Put a request into a scrutineer's inbox."""
        inbox = self.scrutineers[scrutineer].directory / "inbox"
        (inbox / f"{self.rng.bytes(4).hex()}.json").write_bytes(canonical(value))

    def close(self, contest: str) -> None:
        """Pause a contest, let the kiosks say that nothing waits there, and close it."""
        self.officials.decree(ContestPaused(contest))
        for booth in self.booths:
            booth.round()
        self.officials.close(contest)

    # Voting

    def code(self, card: int) -> str:
        """The typed code of a card."""
        return typed_code(self.cards[card], self.state.session_id).reveal()

    def line(self, card: int, contest: str = "report", mark: str = "approve", **more: object) -> str:
        """A delegate's turn as a line of JSON."""
        return json.dumps({"card": self.code(card), "contest": contest, "marks": {"r0": mark}, **more})


@contextmanager
def kiosk_hall(directory: Path) -> Iterator[KioskHall]:
    """A server without a session, two officials at one table."""
    with running_hall(directory / "server", simulated=True) as server:
        rng = SeededRng("kiosk hall")
        client = client_of(server.client)
        follower = Follower(client, verify=False)
        pair = [Official(SigningKey.generate(rng), client, follower, lambda: TIME) for _ in range(2)]
        yield KioskHall(server, directory, Officials(*pair), rng)
