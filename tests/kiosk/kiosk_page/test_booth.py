"""The screen's acts on a real station in front of a real server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.kiosk_page.booth import AFTERWARDS_SECONDS, REST_SECONDS
from kiosk.kiosk_page.turn import Phase
from kiosk.outbox import Delivery
from tests.api.hall import Hall
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk
from voting_core.errors import InputError, StateError
from voting_core.secret import Secret


def marked(kiosk: Kiosk, card: int, mark: str = "approve") -> None:
    kiosk.screen.present(Secret(kiosk.code(card)))
    kiosk.screen.going_on().choose("report")
    kiosk.screen.going_on().mark({"r0": mark})
    kiosk.screen.going_on().review()


def test_a_ballot_is_cast_and_another_tested(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        marked(kiosk, 0)
        kiosk.screen.seal()
        kiosk.screen.finish(challenge=True)
        turn = kiosk.screen.going_on()
        assert (turn.phase, turn.delivery, len(turn.contests)) == (Phase.DONE, Delivery.PROMISED, 1)
        turn.go_on()
        assert turn.marks.reveal() == {}
        marked(kiosk, 0, "disapprove")
        kiosk.screen.seal()
        kiosk.screen.finish(challenge=False)
        assert kiosk.screen.going_on().contests == ()
        assert hall.service.sequencer.view.intake.contest("report").cast == 1
        assert hall.service.sequencer.view.intake.contest("report").challenged == 1


def test_what_is_not_ready_is_not_sealed(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        with pytest.raises(StateError, match="nothing is begun"):
            kiosk.screen.seal()
        kiosk.screen.present(Secret(kiosk.code(0)))
        for act in (kiosk.screen.seal, lambda: kiosk.screen.finish(challenge=False)):
            with pytest.raises(StateError):
                act()
        assert len(hall.service.sequencer.view.pending) == 0


def test_a_turn_at_which_somebody_works_is_not_forgotten_by_who_looks(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        marked(kiosk, 0)
        with kiosk.screen.lock:
            kiosk.clock.now += REST_SECONDS + 1
            assert kiosk.screen.turn is not None
            with pytest.raises(StateError, match="left for too long"):
                kiosk.screen.going_on()
        assert kiosk.screen.turn is None


def test_a_turn_that_rests_is_forgotten(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        marked(kiosk, 0)
        kiosk.clock.now += REST_SECONDS
        assert kiosk.screen.turn is not None
        kiosk.clock.now += 1
        assert kiosk.screen.turn is None
        marked(kiosk, 0)
        kiosk.screen.seal()
        kiosk.screen.finish(challenge=False)
        kiosk.clock.now += AFTERWARDS_SECONDS + 1
        assert kiosk.screen.turn is None


@pytest.mark.parametrize("code", ["", "0000-0000", "123", "9" * 60])
def test_what_is_no_card_begins_nothing(hall: Hall, tmp_path: Path, code: str) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        with pytest.raises(InputError):
            kiosk.screen.present(Secret(code))
        assert kiosk.screen.turn is None


def test_a_slow_delivery_leaves_the_receipt_time(hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        marked(kiosk, 0)
        kiosk.screen.seal()
        now = [0.0]
        monkeypatch.setattr(kiosk.screen, "_clock", lambda: now[0])
        kiosk.screen.going_on()
        ask = kiosk.screen._jobs.ask

        def slowly(work: Callable[[], Any]) -> Any:
            now[0] += AFTERWARDS_SECONDS + 1
            return ask(work)

        monkeypatch.setattr(kiosk.screen._jobs, "ask", slowly)
        kiosk.screen.finish(challenge=False)
        now[0] += AFTERWARDS_SECONDS
        turn = kiosk.screen.turn
        assert turn is not None
        assert turn.phase is Phase.DONE
