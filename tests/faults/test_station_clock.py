"""Clocks of stations that jump: nothing of a vote depends on them, and one that hides the server is told in words.

Real TLS knows no clock but the machine's, so for a station that is behind or ahead it is the server, with its clock and
a certificate made by that clock, that is ahead or behind: between the two it is the same.
"""

import io
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from api.pki.authority import make_authority
from api.pki.server import make_server_certificate, pem
from api.pki_files import store_server
from ballots.crockford import fingerprint_text
from kiosk.client import WrongClock
from kiosk.kiosk_keys import KioskKeys
from kiosk.kiosk_page.self_test import Check, Surroundings, self_test
from kiosk.station_page.problems import said_of
from kiosk.trust import context_of
from tally.cli.system import unix_time
from tally.entries.outcome import ResultPublished
from tally.entries.session import SessionSealed
from tally.verify import verify_record
from tests.api.world import World, voting
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.faults.test_network import turn
from tests.faults.troubles import Troubles
from tests.kiosk import booth as booths
from tests.kiosk import hall as halls
from tests.kiosk.booth import Booth, make_booth
from tests.kiosk.conftest import quick_key_files  # noqa: F401 - a fixture
from tests.kiosk.hall import kiosk_hall
from tests.support.patience import PATIENCE
from tests.support.seeded_rng import SeededRng

HOUR, DAY = 3_600, 86_400
TIME = booths.TIME


@pytest.mark.usefixtures("quick_key_files")
def test_a_session_of_stations_whose_clocks_jump_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Times in entries are claims: a log whose times go back and forth is a log like any other."""

    def jump(hours: int) -> None:
        monkeypatch.setattr(booths, "TIME", TIME + hours * HOUR)
        monkeypatch.setattr(halls, "TIME", TIME + hours * HOUR)

    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        jump(-5)
        for index in (1, 2):
            hall.add_scrutineer(index)
            jump(9)
        hall.make_key()
        jump(-30 * 24)
        hall.open_kiosks(1)
        hall.open_contest(hall.server.world.contest())
        for card in range(12):
            jump((-1) ** card * card)
            hall.booths[0].round(hall.line(card))
        jump(400 * 24)
        hall.close("report")
        jump(-400 * 24)
        hall.booths[0].round()
        hall.watch(3)
        for watch in hall.scrutineers:
            watch.clock.now += 10
            jump(3)
        hall.watch(2)
        hall.officials.first.count("report")
        assert hall.state.contest("report").totals == ((12, 0, 0),)
        hall.officials.declare("report")
        hall.watch(1)
        jump(-7)
        hall.officials.decree(ResultPublished("report", "all"))
        for number in range(2):
            hall.request(number, {"type": "key.destroyed"})
        hall.watch(1)
        hall.officials.decree(SessionSealed())
        hall.watch(1)
        assert verify_record(io.BytesIO(hall.server.client.get("/v1/record").content)).findings == ()


def test_a_clock_that_hides_the_server_is_told_and_ballots_wait(tmp_path: Path, server_nursery: ServerNursery) -> None:
    now = unix_time()
    authority = make_authority("清岚县", (), now=now - 800 * DAY, rng=SeededRng(1))
    certificate = pem(authority.certificate)
    with closing(ServerProcess(tmp_path / "data", tls=True, nursery=server_nursery)) as server:

        def restart(apart: int) -> None:
            """The server again, `apart` seconds from the station."""
            server.kill()
            made = make_server_certificate(authority, ("127.0.0.1",), now=now + apart, rng=SeededRng(3))
            store_server(server.data, made, replace=True)
            server.trouble(Troubles(clock=apart))
            server.start()

        restart(0)
        with (
            httpx2.Client(base_url=server.url, verify=context_of(certificate, "ca"), trust_env=False) as direct,
            httpx2.Client(base_url=server.url, verify=context_of(certificate, "ca"), trust_env=False) as http,
        ):
            direct.timeout = http.timeout = PATIENCE
            status = direct.get("/v1/status").json()
            world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]))
            voting(world, lambda raw: direct.post("/v1/entries", content=raw).raise_for_status(), world.contest())
            assert world.state.fingerprint is not None
            keys = KioskKeys(world.kiosk, world.box)
            booth = make_booth(http, tmp_path / "kiosk", "1", fingerprint_text(world.state.fingerprint), keys)
            booth.round()
            assert booth.station.ready
            # A clock that is hours off keeps nobody from anything: the staff is told, and the kiosk votes.
            clock = _found(booth, tmp_path, "Clock", unix_time() + 5 * HOUR)
            assert (clock.good, clock.needed) == (False, False)
            assert "seconds off: set it" in clock.said.en
            # One that is months behind hides the server, in the middle of a turn.
            http.event_hooks["request"] = [lambda sent: _before_the_ballot(sent, http, restart, 100 * DAY)]
            booth.round(turn(world, 0))
            assert len(booth.station.outbox.waiting()) == 1
            _check_what_is_said(booth, tmp_path, "尚未生效", "is behind the server's")
            # So does one that is two years ahead.
            restart(-800 * DAY)
            _check_what_is_said(booth, tmp_path, "已过期", "is ahead of the server's")
            assert len(booth.station.outbox.waiting()) == 1
            # The clock is set: the ballot goes by itself, and its card has voted.
            restart(0)
            booth.round()
            assert booth.station.outbox.waiting() == ()
            booth.round(turn(world, 0))
            (refused,) = booth.events.of("refused")
            assert "already voted" in refused["problem"]
            assert _found(booth, tmp_path, "Connection to the server").good
            assert len(booth.events.of("cast")) == 1


def _before_the_ballot(sent: httpx2.Request, http: httpx2.Client, restart: object, apart: int) -> None:
    """The clock jumps when a ballot is about to go, and the connection that stood until then is gone."""
    if sent.url.path == "/v1/ballots":
        http.event_hooks["request"] = []
        restart(apart)  # type: ignore[operator]


def _check_what_is_said(booth: Booth, folder: Path, zh: str, en: str) -> None:
    """To the staff in the kiosk's output and by its self-test, and to a scrutineer on a page."""
    booth.events.said.clear()
    booth.round()
    (told,) = booth.events.of("unreachable")
    found = _found(booth, folder, "Connection to the server")
    assert not found.good
    with pytest.raises(WrongClock) as error:
        booth.station.client.status()
    for said in (found.said, said_of(error.value)):
        assert zh in said.zh
        assert en in said.en
    assert zh in told["problem"]
    assert en in told["problem"]


def _found(booth: Booth, folder: Path, name: str, now: int = 0) -> Check:
    around = Surroundings(folder=folder, clock=lambda: now or unix_time(), rng=SeededRng(1))
    (found,) = [check for check in self_test(booth.station, around) if check.name.en == name]
    return found
