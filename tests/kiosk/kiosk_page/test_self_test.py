"""What the kiosk proves of itself, and what it says when something is not good."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ballots.paper_setting import PaperSetting, PaperUse
from ballots.screen.words import Said
from kiosk.client import Unreachable
from kiosk.kiosk_page import self_test as module
from kiosk.kiosk_page.self_test import Surroundings, hindering, self_test
from tests.support.seeded_rng import SeededRng
from voting_core.errors import VerificationError

NOW = 1_780_000_000
AUDIT = PaperSetting(PaperUse.AUDIT)


@dataclass
class Server:
    """A server that answers with its clock, or not at all."""

    now: int | None = NOW
    is_there: bool = True

    def server_time(self) -> int | None:
        if not self.is_there:
            raise Unreachable("no answer")
        return self.now


@dataclass
class Station:
    """As much of a station as is looked at."""

    client: Server
    admitted: bool = True

    class setup:
        name = "k1"


def found_by(
    tmp_path: Path, station: Station, printer: Any = None, paper: PaperSetting | None = AUDIT
) -> dict[str, tuple[bool, Said]]:
    around = Surroundings(
        folder=tmp_path,
        clock=lambda: NOW,
        rng=SeededRng("self-test"),
        printers=(printer,) if printer else (),
        paper=lambda: paper,
    )
    checks = self_test(station, around)  # type: ignore[arg-type]
    return {check.name.zh: (check.good, check.said) for check in checks}


def test_a_good_kiosk_says_what_it_looked_at(tmp_path: Path) -> None:
    found = found_by(tmp_path, Station(Server()), lambda: None)
    assert list(found) == [
        "程序版本",
        "终端密钥",
        "与服务器的连接",
        "时钟",
        "加密并核验一张试票",
        "磁盘",
        "二维码识别",
        "打印机",
        "纸质记录",
    ]
    assert all(good for good, _ in found.values())
    assert "供核对" in found["纸质记录"][1].zh


def test_each_trouble_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Said("打印机缺纸，请工作人员加纸", "out of paper")
    monkeypatch.setattr(module, "FREE_BYTES", 10**18)
    monkeypatch.setattr(module, "can_read", lambda: False)
    found = found_by(tmp_path, Station(Server(NOW + 100), admitted=False), lambda: empty, None)
    assert [name for name, (good, _) in found.items() if not good] == [
        "终端密钥",
        "时钟",
        "磁盘",
        "二维码识别",
        "打印机",
        "纸质记录",
    ]
    assert "100 秒" in found["时钟"][1].zh
    assert found["打印机"][1] == empty
    lost = found_by(tmp_path, Station(Server(is_there=False)))
    assert not lost["与服务器的连接"][0]
    assert "时钟" not in lost
    assert "时钟" not in found_by(tmp_path, Station(Server(None)))


def test_a_wrong_trial_ballot_keeps_the_kiosk_from_being_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise VerificationError("V8.J", "another argument")

    monkeypatch.setattr(module, "check_opening", wrong)
    around = Surroundings(folder=tmp_path, clock=lambda: NOW, rng=SeededRng("self-test"))
    checks = self_test(Station(Server()), around)  # type: ignore[arg-type]
    assert [check.name.en for check in hindering(checks)] == ["A trial ballot, sealed and verified"]
