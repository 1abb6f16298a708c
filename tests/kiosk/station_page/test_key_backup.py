"""A copy of the key file is good when it holds what the key file holds; anything else is said."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.station_page.key_backup import KEY_FILE, CopyState, check_copy, copy_of_key, restore
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

PASSPHRASE = Secret("korrekt pferd batterie")


def files(directory: Path, index: int = 1) -> ScrutineerFiles:
    made = ScrutineerFiles(directory, PASSPHRASE, SeededRng(f"backup {directory.name} {index}"))
    made.create(bytes(32), index, "甲")
    return made


def test_a_copy_opens_with_the_real_encryption(tmp_path: Path) -> None:
    files(tmp_path)
    copy = copy_of_key(tmp_path)
    assert copy == (tmp_path / KEY_FILE).read_bytes()
    assert check_copy(copy, PASSPHRASE, tmp_path) is CopyState.GOOD


@pytest.mark.usefixtures("quick_keys")
def test_an_older_copy_and_anothers_copy_are_told_apart(tmp_path: Path) -> None:
    mine = files(tmp_path / "mine")
    copy = copy_of_key(tmp_path / "mine")
    loaded = mine.load()
    assert loaded is not None
    mine.store_secrets(replace(loaded.secrets, share=Secret(5)))
    assert check_copy(copy, PASSPHRASE, tmp_path / "mine") is CopyState.OLD
    assert check_copy(copy_of_key(tmp_path / "mine"), PASSPHRASE, tmp_path / "mine") is CopyState.GOOD
    files(tmp_path / "other", 2)
    assert check_copy(copy_of_key(tmp_path / "other"), PASSPHRASE, tmp_path / "mine") is CopyState.OTHER


@pytest.mark.usefixtures("quick_keys")
@pytest.mark.parametrize("copy", [b"", b"korrekt pferd batterie\n{}", b"x" * 200_000])
def test_what_is_no_copy_is_refused(tmp_path: Path, copy: bytes) -> None:
    files(tmp_path)
    with pytest.raises(InputError):
        check_copy(copy, PASSPHRASE, tmp_path)


@pytest.mark.usefixtures("quick_keys")
def test_the_wrong_passphrase_and_a_missing_file_are_said(tmp_path: Path) -> None:
    files(tmp_path)
    with pytest.raises(InputError, match="passphrase is wrong"):
        check_copy(copy_of_key(tmp_path), Secret("another one entirely"), tmp_path)
    (tmp_path / KEY_FILE).unlink()
    with pytest.raises(InputError, match="there is none"):
        copy_of_key(tmp_path)


@pytest.mark.usefixtures("quick_keys")
def test_a_copy_takes_the_place_of_a_lost_key_and_never_of_one_that_is_there(tmp_path: Path) -> None:
    mine = files(tmp_path / "mine").load()
    copy = copy_of_key(tmp_path / "mine")
    with pytest.raises(InputError, match="already"):
        restore(copy, PASSPHRASE, tmp_path / "mine")
    with pytest.raises(InputError, match="passphrase is wrong"):
        restore(copy, Secret("another one entirely"), tmp_path / "new")
    assert not (tmp_path / "new").exists()
    lost = restore(copy, PASSPHRASE, tmp_path / "new")
    again = ScrutineerFiles(tmp_path / "new", PASSPHRASE, SeededRng("new")).load()
    assert mine is not None
    assert again is not None
    assert again.secrets.to_bytes().reveal() == mine.secrets.to_bytes().reveal() == lost.to_bytes().reveal()
    assert not again.memory.signed_roots
