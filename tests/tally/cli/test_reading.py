from pathlib import Path

import pytest

from tally.cli.reading import read_file
from voting_core.errors import InputError


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_file(path, 3) == b"123"
    assert read_file(path, 10) == b"12345"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_file(path, 10)
