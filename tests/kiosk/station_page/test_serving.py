"""The program of a scrutineer's page: its links, and its end."""

import contextlib
import io
from pathlib import Path

import httpx2
import pytest

from kiosk.local_page.door import HOST, read_link
from kiosk.local_page.serving import listen
from kiosk.station_page.serving import Terminal, serve, serving
from kiosk.station_page.station import LINK_FILE, StationPage
from voting_core.errors import InputError


def test_a_station_is_served_and_its_link_opens_once(tmp_path: Path) -> None:
    with contextlib.closing(listen(0)) as listener:
        station = StationPage(tmp_path, listener.getsockname()[1])
        with serving(station, listener) as server:
            while not server.started:
                pass
            address = station.door.new_link()
            with httpx2.Client(trust_env=False) as browser:
                assert browser.get(address, follow_redirects=True).status_code == 200
                assert browser.get(address).status_code == 403
                assert "server" not in browser.get(f"http://{HOST}:{station.port}/setup").headers
            # A window that was closed is opened again by the link that lies in the directory.
            with httpx2.Client(trust_env=False) as browser:
                assert browser.get(read_link(tmp_path / LINK_FILE), follow_redirects=True).status_code == 200
        assert station.closing.is_set()
        assert not (tmp_path / LINK_FILE).exists()


def test_enter_gives_a_new_link(tmp_path: Path) -> None:
    station, output, opened = StationPage(tmp_path, 8401), io.StringIO(), list[str]()
    terminal = Terminal(output, io.StringIO("\n\n"), opened.append)
    terminal.tell(station)
    terminal.answer(station)
    assert len(set(opened)) == 3
    assert all(address in output.getvalue() for address in opened)
    tokens = [address.partition("token=")[2] for address in opened]
    assert [station.door.enter(token) is not None for token in tokens] == [False, False, True]


def test_preparing_may_fail_before_anything_is_served(tmp_path: Path) -> None:
    def prepare(_: StationPage) -> None:
        raise InputError("passphrase", "it is wrong", "Type it again")

    with pytest.raises(InputError):
        serve(tmp_path, 0, Terminal(io.StringIO(), io.StringIO(), None), prepare)
