import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from api.keeping import archive
from api.keeping.archive import Manifest, digest_of, open_archive, read_manifest, write_archive
from voting_core.errors import EncodingError, InputError


def manifest(path: Path) -> Manifest:
    return Manifest(revision="0001", session="", size=0, root="00" * 32, sha256=digest_of(path))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "db").write_bytes(b"rows" * 1000)
    with (tmp_path / "b").open("wb") as target:
        write_archive(target, manifest(tmp_path / "db"), tmp_path / "db", None)
    return tmp_path / "b"


def test_what_is_written_is_read(tmp_path: Path, made: Path) -> None:
    target = io.BytesIO()
    with open_archive(made) as found:
        found.unpack(target)
        assert (found.manifest, found.keys) == (manifest(tmp_path / "db"), None)
    assert target.getvalue() == b"rows" * 1000


def test_an_archive_tells_no_time(made: Path) -> None:
    with zipfile.ZipFile(made) as found:
        assert {item.date_time for item in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_file_that_unfolds_without_end_is_stopped(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_DATABASE_BYTES", 100)
    with open_archive(made) as found, pytest.raises(InputError, match="damaged"):
        found.unpack(None)


def test_a_damaged_byte_is_told_or_changes_nothing(tmp_path: Path) -> None:
    rows = hashlib.shake_256(b"rows").digest(300) + b"rows" * 40
    (tmp_path / "db").write_bytes(rows)
    with (tmp_path / "b").open("wb") as target:
        write_archive(target, manifest(tmp_path / "db"), tmp_path / "db", b"keys")
    whole, told = (tmp_path / "b").read_bytes(), 0
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        (tmp_path / "d").write_bytes(damaged)
        read = io.BytesIO()
        try:
            with open_archive(tmp_path / "d") as found:
                found.unpack(read)
        except InputError:
            told += 1
        else:
            assert (read.getvalue(), found.manifest) == (rows, manifest(tmp_path / "db")), place
            # A damaged list of members may hide the keys; a restore without keys is told as such.
            assert found.keys in (b"keys", None)
    assert told > len(rows)


def test_a_manifest_is_of_this_form(made: Path) -> None:
    with open_archive(made) as found:
        data = found.manifest.encode()
    assert read_manifest(data).size == 0
    with pytest.raises(EncodingError):
        read_manifest(data.replace(b"plenum-backup-1", b"plenum-backup-2"))
    with pytest.raises(EncodingError):
        read_manifest(data.replace(b'"size"', b'"sizes"'))
