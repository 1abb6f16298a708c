"""The screen at work on a real station in front of a real server."""

from pathlib import Path

import pytest

from kiosk.booth_machine.events import AskTest, Cast, GoOn, Leave, OpenAsTest
from kiosk.booth_machine.patience import RECEIPT_SECONDS, REST_SECONDS, WARNING_SECONDS
from kiosk.booth_machine.screen import Phase
from kiosk.outbox import Delivery
from tests.api.hall import Hall
from tests.kiosk.kiosk_page.screen import running_kiosk
from voting_core.errors import FatalError


def test_a_ballot_is_tested_and_another_cast(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        screen = kiosk.touch(AskTest(), OpenAsTest())
        assert (screen.phase, screen.going.delivery, len(screen.going.left)) == (Phase.OPENED, Delivery.PROMISED, 1)
        assert dict(kiosk.touch(GoOn()).marking.marks) == {}
        kiosk.touch(Leave())
        kiosk.sealed(0, "disapprove")
        assert kiosk.touch(Cast()).going.left == ()
        contest = hall.service.sequencer.view.intake.contest("report")
        assert (contest.cast, contest.challenged) == (1, 1)


def test_an_old_number_does_nothing(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        serial = kiosk.sealed(0).serial
        assert kiosk.screen.touch(Cast(), serial).phase is Phase.RECEIPT
        assert kiosk.screen.touch(Cast(), serial).phase is Phase.RECEIPT
        assert hall.service.sequencer.view.intake.contest("report").cast == 1


def test_a_turn_that_rests_is_forgotten(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        kiosk.clock.now += REST_SECONDS
        assert kiosk.screen.look().turn is not None
        kiosk.clock.now += WARNING_SECONDS
        assert kiosk.screen.look().turn is None
        kiosk.sealed(0)
        kiosk.touch(Cast())
        kiosk.clock.now += RECEIPT_SECONDS
        assert kiosk.screen.look().phase is Phase.WELCOME


def test_who_only_looks_forgets_nothing_on_which_somebody_works(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        with kiosk.screen._lock:
            kiosk.clock.now += REST_SECONDS + WARNING_SECONDS
            assert kiosk.screen.look().turn is not None
        assert kiosk.screen.look().turn is None


def test_a_slow_delivery_leaves_the_receipt_its_time(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        finish = kiosk.booth.station.finish

        def slowly(*arguments: object, **options: object) -> Delivery:
            kiosk.clock.now += RECEIPT_SECONDS
            return finish(*arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(kiosk.booth.station, "finish", slowly)
        kiosk.touch(Cast())
        kiosk.clock.now += RECEIPT_SECONDS - 1
        assert kiosk.screen.look().phase is Phase.RECEIPT


def test_a_station_that_must_stop_says_so(hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Delivery:
        raise FatalError("the disk is full")

    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        monkeypatch.setattr(kiosk.booth.station, "finish", full)
        screen = kiosk.touch(Cast())
        assert screen.phase is Phase.BROKEN
        assert screen.notice is not None
        assert "另一台终端" in screen.notice.zh
        assert kiosk.touch(kiosk.card(1)).phase is Phase.BROKEN
