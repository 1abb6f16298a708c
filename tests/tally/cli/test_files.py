from pathlib import Path

import pytest

from tally.cli.files import read_folder
from tally.plan.table import MAX_FILE_BYTES
from voting_core.errors import InputError


def test_session_file_tables_and_rule_sets_are_read(tmp_path: Path) -> None:
    for name in ("session.toml", "roll.csv", "Mayors.XLSX", "notes.txt", "rules.toml"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "old.csv").mkdir()
    read = ("session.toml", "roll.csv", "Mayors.XLSX", "rules.toml")
    assert read_folder(tmp_path) == {name: name.encode() for name in read}


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "missing"):
        with pytest.raises(InputError, match="is not a folder"):
            read_folder(path)


def test_a_file_of_gigabytes_is_read_one_byte_past_the_maximum(tmp_path: Path) -> None:
    with (tmp_path / "roll.csv").open("wb") as file:
        file.truncate(3 * 2**30)
    assert len(read_folder(tmp_path)["roll.csv"]) == MAX_FILE_BYTES + 1
