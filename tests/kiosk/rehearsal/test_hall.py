"""What a rehearsal starts, and in which order."""

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
    names, files = ("周建平", "林秀兰"), {"session.toml": b""}
    return RehearsalHall(tmp_path / "r", 9000, names, files, programs, ran.append), programs  # type: ignore[arg-type]


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


def test_the_session_is_uploaded_once_and_the_kiosk_comes_with_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, programs = rehearsal(tmp_path, [])
    stale = hall.folder / "scrutineer-1" / "page.link"
    stale.parent.mkdir(parents=True)
    stale.write_text("http://127.0.0.1:9011/open?token=old\n")
    hall.start()
    assert set(programs.started) == {"server", "scrutineer-1", "scrutineer-2"}
    assert "--simulated" in programs.started["server"]
    assert programs.started["scrutineer-2"][4:8] == ["http://127.0.0.1:9000", "--name", "林秀兰", "--index"]
    assert [place.link for place in hall.stations()] == ["", ""]
    fingerprint, ready, uploaded = [""], [False], list[object]()
    monkeypatch.setattr(hall, "_fingerprint", lambda: fingerprint[0])
    monkeypatch.setattr(hall, "_answers", lambda: ready[0])
    monkeypatch.setattr(hall_module, "upload", lambda _, files: uploaded.append(files))
    hall.look()
    assert not hall.is_prepared
    ready[0] = True
    hall.look()
    hall.look()
    assert uploaded == [{"session.toml": b""}]
    assert not hall.is_up
    for index in (1, 2):
        link = hall.folder / f"scrutineer-{index}" / "page.link"
        link.parent.mkdir(exist_ok=True)
        link.write_text(f"http://127.0.0.1:901{index}/open?token=new\n")
    assert hall.is_up
    assert "kiosk" not in programs.started
    fingerprint[0] = "0000-1111"
    hall.look()
    assert programs.started["kiosk"][:5] == ["kiosk", "--server", "http://127.0.0.1:9000", "--fingerprint", "0000-1111"]
    assert hall.kiosk().link == ""


def test_another_program_at_the_port_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hall, _ = rehearsal(tmp_path, [])
    hall.start()
    hall.is_prepared = True
    monkeypatch.setattr(hall_module.httpx2, "get", lambda *_, **__: httpx2.Response(200, content=b"hello"))
    with pytest.raises(FatalError, match="not the server"):
        hall.look()
