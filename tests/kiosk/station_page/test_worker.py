"""The station's thread: what stops it, what does not, and that the page always has an answer."""

from pathlib import Path

import pytest

from kiosk.client import ServerClient, Unreachable
from kiosk.scrutineer import Scrutineer
from kiosk.station_page.snapshot import Phase
from tests.kiosk.station_page.page_hall import PageHall, page_hall, wait
from tests.support.patience import PATIENCE
from voting_core.errors import FatalError, InputError, StateError

pytestmark = pytest.mark.usefixtures("quick_keys")


def seated(hall: PageHall) -> None:
    for index in (1, 2):
        hall.seat(index)
    hall.make_key()


def test_a_server_that_is_gone_is_shown_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with page_hall(tmp_path) as hall:
        seated(hall)
        first = hall.browsers[0]

        def gone(_: ServerClient) -> bytes:
            raise Unreachable("the server does not answer")

        with monkeypatch.context() as moment:
            moment.setattr(ServerClient, "checkpoint", gone)
            first.until(lambda station: not station.snapshot.connected)
            assert "服务无应答" in first.get("/")
            notes = [note.event for note in first.station.snapshot.notes]
            assert notes.count("unreachable") == 1
        first.until(lambda station: station.snapshot.connected)
        assert first.station.snapshot.phase is Phase.RUNNING


def test_two_logs_stop_the_station_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with page_hall(tmp_path) as hall:
        seated(hall)
        first = hall.browsers[0]
        worker = first.station.worker
        assert worker is not None

        def forked(_: Scrutineer) -> bool:
            raise FatalError("the server shows two different logs")

        with monkeypatch.context() as moment:
            moment.setattr(Scrutineer, "one_round", forked)
            for browser in hall.browsers:
                browser.until(lambda station: station.snapshot.phase is Phase.STOPPED)
        assert "谁也不要继续签名" in first.get("/")
        with pytest.raises(StateError, match="nothing was signed"):
            worker.ask(lambda _: None).result(PATIENCE)


def test_an_act_that_fails_stops_nothing(tmp_path: Path) -> None:
    with page_hall(tmp_path) as hall:
        seated(hall)
        worker = hall.browsers[0].station.worker
        assert worker is not None

        def wrong(_: Scrutineer) -> None:
            raise InputError("somewhere", "it is wrong", "mend it")

        with pytest.raises(InputError):
            worker.ask(wrong).result(PATIENCE)
        done: list[int] = []
        worker.ask(lambda _: done.append(1)).result(PATIENCE)
        assert done == [1]
        worker.stop()
        assert worker.snapshot.phase is Phase.RUNNING


def test_an_act_that_was_done_is_never_said_not_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with page_hall(tmp_path) as hall:
        seated(hall)
        worker = hall.browsers[0].station.worker
        assert worker is not None
        done: list[int] = []

        def forked(_: Scrutineer) -> bool:
            raise InputError("key file", "it is not the one of this session", "mend it")

        def act(_: Scrutineer) -> None:
            done.append(1)
            monkeypatch.setattr(Scrutineer, "one_round", forked)

        worker.ask(act).result(PATIENCE)
        assert done == [1]
        hall.browsers[0].until(lambda station: station.snapshot.phase is Phase.STOPPED)


def test_a_defect_in_an_act_leaves_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    with page_hall(tmp_path) as hall:
        seated(hall)
        worker = hall.browsers[0].station.worker
        assert worker is not None

        def broken(_: Scrutineer) -> None:
            raise RuntimeError("a defect")

        with pytest.raises(RuntimeError, match="a defect"):
            worker.ask(broken).result(PATIENCE)
        hall.browsers[0].until(lambda station: station.snapshot.phase is Phase.STOPPED)


def test_the_number_grows_only_when_something_changed(tmp_path: Path) -> None:
    with page_hall(tmp_path) as hall:
        seated(hall)
        worker = hall.browsers[0].station.worker
        assert worker is not None
        hall.seen(lambda state: state.key is not None)
        worker.ask(lambda _: None).result(PATIENCE)
        wait(lambda: worker.snapshot.witnessed == worker.snapshot.state.size)
        worker.ask(lambda _: None).result(PATIENCE)
        before = worker.snapshot.number
        for _ in range(3):
            worker.ask(lambda _: None).result(PATIENCE)
        assert worker.snapshot.number == before


def test_files_of_another_scrutineer_stop_the_station(tmp_path: Path) -> None:
    """The right passphrase, and somebody else's number on the form."""
    with page_hall(tmp_path) as hall:
        seated(hall)
        hall.browsers[0].station.close()
        (hall.browsers[0].station.directory / "station.json").unlink()
        again = hall.browser(1)
        again.station.found = hall.browsers[0].station.found
        again.done("/setup/self", name="别人", index="1", passphrase="korrekt pferd batterie 监票", again="")
        again.until(lambda station: station.snapshot.phase is Phase.STOPPED)
        assert "another session or scrutineer" in again.station.snapshot.alarm
