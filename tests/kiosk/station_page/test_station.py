"""What the routes share: cards that wait for the printer, lists, messages, acts."""

import threading
from pathlib import Path

import httpx2
import pytest

from ballots.qr.enrolment import StationRole
from ballots.screen.words import Said
from kiosk.client import ServerClient
from kiosk.enrolment import Enrolment
from kiosk.local_page.keys import Visit
from kiosk.reaching import Given
from kiosk.station_page import station as station_module
from kiosk.station_page.card_lists import CardLists
from kiosk.station_page.card_press import Deck, Made, Order
from kiosk.station_page.problems import Wrong
from kiosk.station_page.station import Message, StationPage
from tests.kiosk.station_page.meeting import CARDS, known_cards
from tests.kiosk.station_page.page_hall import page_hall
from tests.support.patience import PATIENCE
from voting_core.secret import Secret


def test_nothing_is_done_before_the_passphrase(tmp_path: Path) -> None:
    station = StationPage(tmp_path, 8401)
    with pytest.raises(Wrong):
        station.do(lambda _: None)
    assert not station.snapshot.has_session


def test_a_message_is_told_once_and_to_its_own_browser(tmp_path: Path) -> None:
    station, mine, other = StationPage(tmp_path, 8401), Visit("a"), Visit("b")
    message = Message("good", Said("好", "good"))
    station.tell(mine, message)
    assert station.told(other) is None
    assert station.told(mine) is message
    assert station.told(mine) is None


@pytest.mark.usefixtures("quick_keys")
def test_a_station_that_is_closed_hangs_up_once_its_round_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with page_hall(tmp_path) as hall:
        station = hall.seat(1).station
        worker, closed = station.worker, []
        assert worker is not None
        monkeypatch.setattr(station, "hang_up", closed.append)
        with monkeypatch.context() as patch:
            patch.setattr(worker, "stop", lambda: False)
            station.close()
        assert closed == []
        station.close()
        assert closed == [worker.client]


class Queue:
    """A lock that tells when somebody stands at it."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.waited = threading.Event()

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self.waited.set()
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _press_twice(station: StationPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody presses the button again while the cards are being made: that makes no other ones."""
    queue, presses, errors, once = Queue(), [], [], station_module.press
    deck = Deck("代表", ("delegate",), 3)
    station.cards_lock = queue  # type: ignore[assignment]

    def again() -> None:
        try:
            station.make_cards((deck,), 1)
        except Wrong as error:
            errors.append(str(error))

    second = threading.Thread(target=again)

    def press(order: Order) -> Made:
        presses.append(order)
        if len(presses) == 1:
            second.start()
        else:
            queue.waited.set()
        assert queue.waited.wait(PATIENCE)
        return once(order)

    monkeypatch.setattr(station_module, "press", press)
    station.make_cards((deck,), 1)
    second.join()
    monkeypatch.setattr(station_module, "press", once)
    assert len(presses) == 1
    assert errors == ["Print and erase the cards made before"]
    assert station.printed is not None
    assert station.lists == station.printed.made.lists
    station.erase()


@pytest.mark.usefixtures("quick_keys")
def test_cards_are_made_erased_and_made_again_only_when_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known_cards(monkeypatch)
    with page_hall(tmp_path) as hall:
        for index in (1, 2):
            hall.seat(index)
        hall.make_key()
        first = hall.browsers[0]
        _press_twice(first.station, monkeypatch)
        first.done("/cards/make", on="/cards", again="on", **CARDS)
        assert first.station.printed is not None
        with pytest.raises(Wrong, match="erase"):
            first.station.make_cards((), 1)
        with pytest.raises(Wrong, match="another session"):
            first.station.keep_lists(CardLists(bytes(32), {"delegate": (bytes(32),)}))
        lists = first.station.lists
        first.station.close()
        assert first.station.printed is None
        # The lists stay, the sheets do not: they were never anywhere but in memory.
        again = hall.station(1)
        assert again.lists == lists
        assert again.printed is None
        assert not again.backup_tested
        again.remember_tested()
        assert hall.station(1).backup_tested


def test_an_enrolment_says_who_sits_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Given] = []

    def reached(given: Given, *_: object) -> tuple[ServerClient, Enrolment]:
        asked.append(given)
        http = httpx2.Client(
            base_url="https://10.0.0.1", transport=httpx2.MockTransport(lambda _: httpx2.Response(200))
        )
        enrolled = Enrolment(
            role=StationRole.SCRUTINEER,
            server="https://10.0.0.1:8300",
            authority=b"",
            token=Secret(bytes(32)),
            name="郭志明",
            number=2,
        )
        return ServerClient(http), enrolled

    monkeypatch.setattr(station_module, "reach", reached)
    station = StationPage(tmp_path, 8401)
    found = station.find("", "0123456789ABCDEF", "aa:bb")
    assert (found.address, found.name, found.index, found.session) == ("https://10.0.0.1:8300", "郭志明", 2, None)
    assert (asked[0].server, asked[0].enrol, asked[0].ca_fingerprint) == (None, "0123456789ABCDEF", "aa:bb")
