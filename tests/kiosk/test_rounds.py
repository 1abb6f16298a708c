"""Turns that come too early, too many, or with the server away."""

import pytest

from kiosk.outbox import Outbox
from kiosk.rounds import TURNS_A_ROUND
from kiosk.turns import Turn
from tests.api.hall import Hall
from tests.kiosk.booth import Booth, turn


def later(hall: Hall, card: int) -> str:
    return turn(hall, card, contest="later")


def open_later(hall: Hall, *, opened: bool) -> None:
    size = len(hall.world.entries)
    contest = hall.world.contest("later", slot=1)
    if not opened:
        hall.world.define(contest)
    else:
        hall.world.open(contest)
    for raw in hall.world.entries[size:]:
        hall.post(raw)


def test_a_ballot_for_a_contest_not_yet_open_is_refused_or_waits(hall: Hall, booth: Booth) -> None:
    open_later(hall, opened=False)
    booth.round(later(hall, 0))
    assert "not open yet" in booth.events.of("refused")[0]["problem"]
    booth.round(later(hall, 1), turn(hall, 2), wait=True)
    assert [fields["contest"] for fields in booth.events.of("cast")] == ["report"]
    open_later(hall, opened=True)
    booth.round(wait=True)
    assert [fields["contest"] for fields in booth.events.of("cast")] == ["report", "later"]
    assert booth.turns.finished


def test_a_line_that_is_nonsense_does_not_wait(hall: Hall, booth: Booth) -> None:
    booth.round("nonsense", turn(hall, 0), wait=True)
    assert len(booth.events.of("refused")) == 1
    assert len(booth.events.of("cast")) == 1


def test_a_round_takes_so_many_turns_and_keeps_the_others_in_order(hall: Hall, booth: Booth) -> None:
    booth.round(*["nonsense"] * (TURNS_A_ROUND + 2))
    assert len(booth.events.of("refused")) == TURNS_A_ROUND
    assert booth.turns.take() == [Turn("nonsense", f"line {TURNS_A_ROUND + more}") for more in (1, 2)]


def test_after_a_round_the_disk_forgets_its_order(hall: Hall, booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[int] = []
    outbox = booth.station.outbox
    forget = Outbox.forget_the_order

    def counted(self: Outbox) -> None:
        forgotten.append(len(self.of_contest("report")))
        forget(self)

    monkeypatch.setattr(Outbox, "forget_the_order", counted)
    booth.round(turn(hall, 0), turn(hall, 1), turn(hall, 2))
    assert forgotten == [3]
    assert len(outbox.of_contest("report")) == 3
