from pathlib import Path

import pytest

from tally.entries.entry_type import EntryType
from tests.kiosk.hall import kiosk_hall
from voting_core.errors import FatalError, InputError

pytestmark = pytest.mark.usefixtures("quick_key_files")


def test_a_station_without_keys_has_nothing_to_show(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        desk = hall.add_scrutineer(1).desk
        assert (desk.exists, desk.witnessed) == (False, 0)
        with pytest.raises(FatalError):
            _ = desk.secrets


def test_keys_of_another_session_or_name_are_refused(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path / "one") as hall:
        hall.create(trustees=2, threshold=2)
        first = hall.add_scrutineer(1)
        first.station.one_round()
        assert first.desk.exists
        (hall.directory / "scrutineer-2").mkdir()
        for path in first.directory.glob("*.json"):
            (hall.directory / "scrutineer-2" / path.name).write_bytes(path.read_bytes())
        with pytest.raises(InputError, match="another session or scrutineer"):
            hall.add_scrutineer(2).station.one_round()


def test_an_entry_that_is_refused_is_told(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        watch = hall.add_scrutineer(1)
        watch.station.one_round()
        assert not watch.desk.send(b"{}", EntryType.DKG_COMMITTED)
        assert watch.events.of("refused")[0]["type"] == "dkg.committed"
