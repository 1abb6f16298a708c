"""The station behind the page: its directory, its worker once the passphrase was typed, and what is kept in between."""

import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from ballots.paper.cards import sample_sheet
from ballots.qr.enrolment import StationRole
from ballots.screen.words import Said
from kiosk.client import ServerClient
from kiosk.durable import make_directory, write_durably
from kiosk.enrolment import FILE as ENROLMENT
from kiosk.enrolment import Enrolment
from kiosk.local_page.door import Door
from kiosk.local_page.keys import Visit
from kiosk.reaching import Given, reach
from kiosk.station_page.card_lists import CardLists, load_lists, store_lists
from kiosk.station_page.card_press import Deck, Made, Order, press, texts_of
from kiosk.station_page.key_backup import KEY_FILE
from kiosk.station_page.log_lines import LogLines
from kiosk.station_page.problems import Wrong
from kiosk.station_page.seat import NOTHING_GIVEN, Open, Seat, load_seat, open_station, store_seat
from kiosk.station_page.snapshot import Snapshot
from kiosk.station_page.worker import Act, Worker
from tally.cli.system import SystemRng
from tally.entries.envelope import decode_entry
from tally.entries.session import SessionCreated
from voting_core.errors import VerificationError
from voting_core.secret import Secret

ACT_SECONDS: Final = 60.0
"""How long the page waits for an act; a slow laptop that verifies much meanwhile goes on and the page says so."""

LINK_FILE: Final = "page.link"
"""Where the link lies that opens the page next."""

_TESTED: Final = "backup.tested"


@dataclass(frozen=True, slots=True)
class Message:
    """What the page says once after something was done: good or bad, with the exact words in English below."""

    kind: str
    said: Said
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A server that answered at set-up; `session` is None where the officials have not created it yet.

    `name` and `index` are those of the enrolment, empty and 0 without one.
    """

    address: str
    session: SessionCreated | None
    name: str = ""
    index: int = 0


@dataclass(slots=True)
class Printed:
    """Cards that were made and not erased yet: sheets in memory alone, and the lists."""

    decks: tuple[Deck, ...]
    made: Made


@dataclass
class StationPage:
    """Everything that the page's routes share."""

    directory: Path
    port: int
    open: Open = open_station
    given: Given = NOTHING_GIVEN
    worker: Worker | None = None
    seat: Seat | None = None
    found: Found | None = None
    printed: Printed | None = None
    lists: CardLists | None = None
    messages: dict[str, Message] = field(default_factory=dict)

    def __post_init__(self) -> None:
        make_directory(self.directory)
        self.seat = load_seat(self.directory)
        self.lists = load_lists(self.directory)
        self.log = LogLines(self.directory / "log.jsonl")
        self.door = Door(self.port, self.directory / LINK_FILE)
        self.closing = threading.Event()
        self.cards_lock = threading.RLock()

    # Opening

    @property
    def has_key(self) -> bool:
        """Whether there is a key file, so that a passphrase is typed once and not chosen."""
        return (self.directory / KEY_FILE).exists()

    def find(self, address: str, code: str = "", authority: str = "") -> Found:
        """Ask a server who it is, after enrolling with a one-time code where there is one.

        `authority` is the fingerprint of the hall's certificate authority, for a code that was typed.

        Raises:
            InputError: it is no address, or no code.
            Refused: the code was used, or is not known.
            Unreachable, FatalError: nobody answers there, or somebody else does.
        """
        given = replace(self.given, server=address or None, enrol=code or None)
        if authority:
            given = replace(given, ca=None, ca_fingerprint=authority)
        client, enrolled = self.reach(given)
        try:
            session = _session(client.entries(0))
        finally:
            self.hang_up(client)
        if enrolled is None:
            self.found = Found(address, session)
        else:
            self.found = Found(enrolled.server, session, enrolled.name, enrolled.number)
        return self.found

    def reach(self, given: Given) -> tuple[ServerClient, Enrolment | None]:
        """A client of the server that is meant, and what the station remembers of its enrolment."""
        return reach(given, self.directory / ENROLMENT, StationRole.SCRUTINEER, SystemRng())

    def hang_up(self, client: ServerClient) -> None:
        """End a connection."""
        client.http.close()

    def sit_down(self, seat: Seat, passphrase: Secret[str]) -> None:
        """Open the files of a seat, keep it, and begin the rounds.

        Raises:
            InputError: the passphrase is wrong, or files are damaged.
        """
        worker = self.open(self.directory, seat, passphrase)
        store_seat(self.directory, seat)
        self.seat, self.worker = seat, worker
        worker.start()

    @property
    def snapshot(self) -> Snapshot:
        """The station as it is now; an empty one before the passphrase was typed."""
        return self.worker.snapshot if self.worker else Snapshot()

    def close(self) -> None:
        """End the rounds and the streams, hang up, and forget the sheets."""
        self.closing.set()
        self.erase()
        self.door.close()
        if self.worker is not None and self.worker.stop():
            self.hang_up(self.worker.client)

    # Acting

    def do(self, act: Act) -> None:
        """Have something done on the station's thread, and wait for it.

        Raises:
            PlenumError: it was not done, and why.
        """
        if self.worker is None:
            raise Wrong("请先输入口令", "Type the passphrase first")
        future: Future[None] = self.worker.ask(act)
        try:
            future.result(ACT_SECONDS)
        except NotYet:
            if future.done():
                raise
            raise Wrong(
                "工作站正在核验，完成后就会处理；请看首页的最新状态",
                "The station is still verifying and will do it then: look at the overview",
            ) from None

    def tell(self, visit: Visit, message: Message) -> None:
        """Keep a message for the next page of this browser."""
        self.messages[visit.csrf] = message

    def told(self, visit: Visit) -> Message | None:
        """The message for this page, once."""
        return self.messages.pop(visit.csrf, None)

    # Cards

    def make_cards(self, decks: tuple[Deck, ...], slots: int, *, folded: bool = False) -> None:
        """Make cards for the session, keep their public lists, and hold the sheets until they are erased.

        Raises:
            Wrong: sheets of an earlier making are still there.
            InputError: cards of a class are registered already.
            FatalError, UnprintableError: the cards could not be made.
        """
        # Whoever presses twice gets one set of cards: the lists of another would replace those of the sheets.
        with self.cards_lock:
            if self.printed is not None:
                raise Wrong("请先打印并清除上一批卡", "Print and erase the cards made before")
            made = press(self._order(decks, slots, folded=folded))
            self.keep_lists(made.lists)
            self.printed = Printed(decks, made)

    def sample(self, *, folded: bool) -> bytes:
        """A sheet without secrets, to try printer and paper.

        Raises:
            UnprintableError: the session's title has a character that cannot be printed.
        """
        deck = Deck("——", ("sample",), 1)
        return sample_sheet(texts_of(self._order((deck,), 1, folded=folded), deck))

    def _order(self, decks: tuple[Deck, ...], slots: int, *, folded: bool) -> Order:
        state = self.snapshot.state
        facts = state.facts
        return Order(
            session=state.session_id,
            slots=slots,
            title=facts.title,
            day=date.fromisoformat(facts.date),
            simulated=facts.simulated,
            decks=decks,
            folded=folded,
        )

    def keep_lists(self, lists: CardLists) -> None:
        """Add public lists to those that are here, durably.

        Raises:
            InputError: they are of another session, or differ from what is registered.
        """
        with self.cards_lock:
            if lists.session != self.snapshot.state.session_id:
                raise Wrong("名单属于另一场会议", "The lists are of another session")
            merged = self.lists.merged(lists, self.snapshot.state) if self.lists else lists
            store_lists(self.directory, merged)
            self.lists = merged

    def erase(self) -> None:
        """Forget the sheets: after this nobody can print the cards again."""
        self.printed = None

    # The backup

    @property
    def backup_tested(self) -> bool:
        """Whether a copy of the finished key file was opened successfully."""
        return (self.directory / _TESTED).exists()

    def remember_tested(self) -> None:
        """Remember that the copy is good."""
        write_durably(self.directory / _TESTED, b"")


def _session(entries: list[bytes]) -> SessionCreated | None:
    if not entries:
        return None
    try:
        body = decode_entry(entries[0]).body
    except VerificationError:
        return None
    return body if isinstance(body, SessionCreated) else None
