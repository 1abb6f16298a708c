"""The ceremony through the server: interrupted, repeated, complained about."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import trustee_ceremony
from kiosk.client import WaitingProposal
from tally.entries.entry_type import EntryType
from tests.kiosk.hall import kiosk_hall

pytestmark = pytest.mark.usefixtures("quick_key_files")


def test_stations_that_stop_after_every_step_make_the_key_all_the_same(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        for _ in range(10):
            hall.scrutineers.clear()
            for index in (1, 2):
                hall.add_scrutineer(index)
            hall.watch()
        assert hall.state.joint_key is not None
        for watch in hall.scrutineers:
            assert watch.desk.secrets.share is not None
            assert watch.desk.secrets.deal is None


def test_a_station_asks_to_join_once(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        watch = hall.add_scrutineer(1)
        for _ in range(3):
            watch.station.one_round()
        assert len(watch.desk.client.proposals()) == 1
        assert len(watch.events.of("joining")) == 1


def test_a_station_that_is_admitted_while_it_looks_does_not_ask_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its log is the one before the admission, the list of what waits the one after it."""
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        watch = hall.add_scrutineer(1)
        watch.station.one_round()
        listed = watch.desk.client.proposals

        def admitted_meanwhile() -> list[WaitingProposal]:
            hall.officials.approve(EntryType.TRUSTEE_JOINED)
            return listed()

        monkeypatch.setattr(watch.desk.client, "proposals", admitted_meanwhile)
        watch.station.one_round()
        assert 1 in hall.state.trustees
        assert listed() == []
        assert len(watch.events.of("joining")) == 1


def test_a_key_that_was_lost_in_the_ceremony_is_said_to_be_missing(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        for index in (1, 2):
            hall.add_scrutineer(index)
        hall.watch(3)
        watch = hall.scrutineers[0]
        assert watch.desk.secrets.deal is not None
        watch.desk.keep_secrets(replace(watch.desk.secrets, deal=None))
        hall.watch(5)
        assert hall.state.joint_key is None
        assert "no deal" in watch.events.of("waiting")[0]["problem"]
        trustee_ceremony.next_step(hall.scrutineers[1].desk)
