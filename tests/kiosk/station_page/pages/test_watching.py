"""Watching: nothing to do is said, faults of the ceremony are told in words, the stream says when something changed."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.station_page.pages.watching import FAULT_WORDS, _changes, ceremony_values
from kiosk.station_page.snapshot import Snapshot
from tally.state import Fault
from tests.api.world import voting_world
from tests.kiosk.station_page.page_hall import page_hall
from tests.support.coroutines import run


class _Station:
    """As much of a station as the stream looks at."""

    def __init__(self) -> None:
        self.snapshot = Snapshot()
        self.closing = threading.Event()


def test_the_stream_says_when_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.station_page.pages.watching.LOOK_SECONDS", 0.001)

    async def listen() -> list[str]:
        station = _Station()
        stream = _changes(station)  # type: ignore[arg-type]
        said = [await anext(stream)]
        station.snapshot = Snapshot(number=5)
        said.append(await anext(stream))
        monkeypatch.setattr("kiosk.station_page.pages.watching.KEEP_SECONDS", 0.0)
        said.append(await anext(stream))
        station.closing.set()
        said += [item async for item in stream]
        return said

    said = run(listen())
    assert said[0].startswith(":")
    assert said[1] == "event: changed\ndata: 5\n\n"
    assert said[2] == ": still here\n\n"


def test_a_fault_of_the_ceremony_is_told_in_words() -> None:
    world, _ = voting_world()
    ceremony = replace(world.state.ceremony, faults=(Fault(1, 2, "share"),), attempt=2, confirmed=frozenset())
    station = _Station()
    station.snapshot = Snapshot(state=replace(world.state, ceremony=ceremony, key=None), index=1)
    values = ceremony_values(station)  # type: ignore[arg-type]
    assert values["faults"] == [(1, "监票人2", FAULT_WORDS["share"])]
    assert values["attempt"] == 2
    assert [person["joined"] for person in values["people"]] == [True, True]
    assert not any(person["confirmed"] for person in values["people"])


@pytest.mark.usefixtures("quick_keys")
def test_the_pages_before_anything_is_voted_on(tmp_path: Path) -> None:
    with page_hall(tmp_path) as hall:
        for index in (1, 2):
            hall.seat(index)
        first = hall.browsers[0]
        first.until(lambda station: bool(station.snapshot.proposals))
        page = first.get("/ceremony")
        assert "本场会议须由全部 2 名监票人共同解密" in page
        assert "逐字核对" not in page
        hall.make_key()
        assert "逐字核对" in first.get("/ceremony")
        assert "备份密钥文件" in first.get("/")
        # Nobody signs in here, so nobody signs out: that is of the service's pages.
        assert "sign-out" not in first.get("/")
        log = first.get("/log")
        assert "监票人1 作为监票人（1 号）加入" in log
        assert "创建会议" not in first.get("/log?before=1&part=form")
        # The parts that keep a page fresh are parts: no frame around them.
        for part in ("live", "form"):
            assert "<html" not in first.get(f"/log?part={part}")
        assert first.http.get("/contests/none").status_code == 404
