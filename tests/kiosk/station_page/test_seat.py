from pathlib import Path

import pytest

from kiosk.station_page.seat import SHORTEST_PASSPHRASE, Seat, check_new_passphrase, load_seat, open_station, store_seat
from tests.kiosk.station_page.page_hall import PASSPHRASE
from voting_core.errors import InputError
from voting_core.secret import Secret

SEAT = Seat(server="http://10.0.0.1:8300", name="郭志明", index=2, decrypts=False)


def test_a_seat_is_kept_without_the_passphrase(tmp_path: Path) -> None:
    assert load_seat(tmp_path) is None
    store_seat(tmp_path / "page", SEAT)
    assert load_seat(tmp_path / "page") == SEAT
    assert (tmp_path / "page" / "station.json").stat().st_mode & 0o777 == 0o600


def test_a_damaged_seat_is_named(tmp_path: Path) -> None:
    (tmp_path / "station.json").write_bytes(SEAT.to_bytes()[:-1])
    with pytest.raises(InputError, match="is damaged"):
        load_seat(tmp_path)


@pytest.mark.parametrize(("first", "second"), [("one two three", "one two four"), ("short", "short"), ("", "")])
def test_a_bad_passphrase_is_refused_and_not_repeated(first: str, second: str) -> None:
    with pytest.raises(InputError) as caught:
        check_new_passphrase(first, second)
    assert not first or first not in str(caught.value)


def test_a_passphrase_of_five_chinese_words_is_enough() -> None:
    words = "青山绿水蓝天白云红旗"
    assert len(words) == SHORTEST_PASSPHRASE
    assert check_new_passphrase(words, words).reveal() == words


def test_opening_a_seat_does_nothing_yet(tmp_path: Path) -> None:
    worker = open_station(tmp_path, SEAT, Secret(PASSPHRASE))
    assert (worker.snapshot.index, worker.snapshot.name, worker.snapshot.decrypts) == (2, "郭志明", False)
    assert not (tmp_path / "trustee.key.json").exists()
