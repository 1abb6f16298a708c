from pathlib import Path

import pytest

from api.settings import Settings
from voting_core.errors import InputError


def test_a_batch_below_eight_is_refused() -> None:
    with pytest.raises(InputError, match="order of casting"):
        Settings(directory=Path("x"), batch_size=7)
    assert Settings(directory=Path("x"), batch_size=20).batch_size == 20


def test_officials_are_two_or_unknown() -> None:
    with pytest.raises(InputError, match="exactly two"):
        Settings(directory=Path("x"), officials=(bytes(32),))


def test_everything_lies_in_the_directory() -> None:
    settings = Settings(directory=Path("/d"))
    files = (settings.database, settings.keys_file, settings.desk_token_file, settings.lock_file)
    assert {file.parent for file in files} == {Path("/d")}
    assert len(set(files)) == 4
