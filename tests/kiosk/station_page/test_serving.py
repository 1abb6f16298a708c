"""Serving: on the loopback address alone, with links that open once."""

import contextlib
import io
from pathlib import Path

import httpx2
import pytest

from kiosk.station_page.serving import HOST, Terminal, link, listen, serve, serving
from kiosk.station_page.station import StationPage
from voting_core.errors import InputError


def test_the_page_listens_on_the_loopback_address_alone() -> None:
    with contextlib.closing(listen(0)) as listener:
        host, port = listener.getsockname()
        assert host == HOST == "127.0.0.1"
        with pytest.raises(InputError, match="cannot listen"):
            listen(port)


def test_a_station_is_served_and_its_link_opens_once(tmp_path: Path) -> None:
    with contextlib.closing(listen(0)) as listener:
        station = StationPage(tmp_path, listener.getsockname()[1])
        with serving(station, listener) as server:
            while not server.started:
                pass
            address = link(station)
            with httpx2.Client(trust_env=False) as browser:
                assert browser.get(address, follow_redirects=True).status_code == 200
                assert browser.get(address).status_code == 403
                assert "server" not in browser.get(f"http://{HOST}:{station.port}/setup").headers
        assert station.closing.is_set()


def test_enter_gives_a_new_link(tmp_path: Path) -> None:
    station, output, opened = StationPage(tmp_path, 8401), io.StringIO(), list[str]()
    terminal = Terminal(output, io.StringIO("\n\n"), opened.append)
    terminal.tell(station)
    terminal.answer(station)
    assert len(set(opened)) == 3
    assert all(address in output.getvalue() for address in opened)
    tokens = [address.partition("token=")[2] for address in opened]
    assert [station.keys.redeem(token) is not None for token in tokens] == [False, False, True]


def test_preparing_may_fail_before_anything_is_served(tmp_path: Path) -> None:
    def prepare(_: StationPage) -> None:
        raise InputError("passphrase", "it is wrong", "Type it again")

    with pytest.raises(InputError):
        serve(tmp_path, 0, Terminal(io.StringIO(), io.StringIO(), None), prepare)
