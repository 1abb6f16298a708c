from pathlib import Path

import pytest

from kiosk.kiosk_keys import BOX_FILE, load_or_create_kiosk_keys
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError


def test_kiosks_have_their_own_keys_and_one_ballot_box(tmp_path: Path) -> None:
    first = load_or_create_kiosk_keys(tmp_path / "keys" / "1.json", SeededRng(1))
    second = load_or_create_kiosk_keys(tmp_path / "keys" / "2.json", SeededRng(2))
    assert first.own.public != second.own.public
    assert first.box.public == second.box.public
    again = load_or_create_kiosk_keys(tmp_path / "keys" / "1.json", SeededRng(3))
    assert (again.own.public, again.box.public) == (first.own.public, first.box.public)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_a_file_of_the_other_kind_is_refused(tmp_path: Path) -> None:
    load_or_create_kiosk_keys(tmp_path / "1.json", SeededRng(1))
    (tmp_path / "1.json").write_bytes((tmp_path / BOX_FILE).read_bytes())
    with pytest.raises(InputError, match="not a file of the form"):
        load_or_create_kiosk_keys(tmp_path / "1.json", SeededRng(1))


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    load_or_create_kiosk_keys(tmp_path / "1.json", SeededRng(1))
    (tmp_path / BOX_FILE).chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        load_or_create_kiosk_keys(tmp_path / "1.json", SeededRng(1))
