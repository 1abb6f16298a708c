"""What a rehearsal starts, in which order, and what it tells."""

from collections.abc import Sequence
from pathlib import Path

import httpx2
import pytest

from kiosk.rehearsal import hall as hall_module
from kiosk.rehearsal.hall import RehearsalHall
from kiosk.rehearsal.people import PARTS
from voting_core.errors import FatalError


class Programs:
    """Programs that are only noted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: dict[str, list[str]] = {}

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def start(self, name: str, arguments: Sequence[str]) -> None:
        self.started[name] = list(arguments)
        self.log(name).touch()

    def check(self) -> None:
        """None fails."""


def rehearsal(tmp_path: Path, ran: list[list[str]]) -> tuple[RehearsalHall, Programs]:
    programs = Programs(tmp_path)
    return RehearsalHall(tmp_path / "r", 9000, 2, programs, ran.append), programs  # type: ignore[arg-type]


def test_accounts_are_made_once(tmp_path: Path) -> None:
    ran: list[list[str]] = []
    hall, _ = rehearsal(tmp_path, ran)
    hall.make_accounts()
    (arguments,) = ran
    assert "--simulated" in arguments
    assert {part.account for part in PARTS} == {item.split(":")[0] for item in arguments if item.count(":") == 2}
    hall.data.mkdir()
    hall.make_accounts()
    assert len(ran) == 1


def test_links_are_told_once_and_the_kiosk_comes_with_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hall, programs = rehearsal(tmp_path, [])
    programs.log("scrutineer-1").write_text("http://127.0.0.1:9011/open?token=old\n")
    hall.start()
    assert set(programs.started) == {"server", "scrutineer-1", "scrutineer-2"}
    assert "--simulated" in programs.started["server"]
    fingerprint = [""]
    ready = [False]
    monkeypatch.setattr(hall, "_fingerprint", lambda: fingerprint[0])
    monkeypatch.setattr(hall, "_answers", lambda: ready[0])
    assert list(hall.look()) == []
    ready[0] = True
    assert [told.address for told in hall.look()] == ["http://127.0.0.1:9000"]
    with programs.log("scrutineer-1").open("a") as log:
        log.write("  http://127.0.0.1:9011/open?token=new_1\n")
    assert [told.address for told in hall.look()] == ["http://127.0.0.1:9011/open?token=new_1"]
    assert list(hall.look()) == []
    fingerprint[0] = "0000-1111"
    assert list(hall.look()) == []
    assert programs.started["kiosk"][:5] == ["kiosk", "--server", "http://127.0.0.1:9000", "--fingerprint", "0000-1111"]
    programs.log("kiosk").write_text('{"event": "page", "link": "http://127.0.0.1:9030/open?token=k"}\n')
    assert [told.what for told in hall.look()] == ["终端 kiosk"]


def test_another_program_at_the_port_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hall, _ = rehearsal(tmp_path, [])
    hall.start()
    monkeypatch.setattr(hall_module.httpx2, "get", lambda *_, **__: httpx2.Response(200, content=b"hello"))
    with pytest.raises(FatalError, match="not the server"):
        list(hall.look())
