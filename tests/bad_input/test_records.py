"""Records that cannot be accepted, as `plenum verify` meets them."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bad_input.items import says, says_one
from tests.bad_input.plenum import Plenum
from tests.golden.make_golden import FOLDER

RECORD = (FOLDER / "record.zip").read_bytes()
LOG = "log/00000000.jsonl"


def packed(**members: bytes) -> bytes:
    """An archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def changed(change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """The golden record with other lines in its log."""
    with zipfile.ZipFile(io.BytesIO(RECORD)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[LOG] = b"".join(line + b"\n" for line in change(members[LOG].splitlines()))
    return packed(**members)


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:50], lines[51], lines[50], *lines[52:]]


@pytest.mark.parametrize(
    ("item", "data"),
    [
        ("record: not a ZIP", b"hello"),
        ("record: not a ZIP", b""),
        ("record: truncated file", RECORD[: len(RECORD) // 2]),
        ("record: an empty ZIP", packed()),
        ("record: a ZIP without a record", packed(**{"a.txt": b"hello"})),
    ],
)
def test_what_is_no_record_exits_with_2(plenum: Plenum, tmp_path: Path, item: str, data: bytes) -> None:
    (tmp_path / "record.zip").write_bytes(data)
    plenum("verify", "record.zip").refused(item)


def test_a_folder_or_nothing_in_place_of_a_record(plenum: Plenum) -> None:
    plenum("verify", "session").refused("record: a folder")
    plenum("verify", "none.zip").refused("record: not there")


@pytest.mark.parametrize(
    ("item", "change"),
    [
        ("record: truncated log", lambda lines: lines[:-20]),
        ("record: edited", lambda lines: [*lines[:30], lines[30].replace(b'"time":', b'"time":1'), *lines[31:]]),
        ("record: re-ordered", swapped),
        ("record: a replayed entry", lambda lines: [*lines, lines[30]]),
    ],
)
def test_a_changed_record_exits_with_1_and_names_the_checks(
    plenum: Plenum, tmp_path: Path, item: str, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    (tmp_path / "record.zip").write_bytes(changed(change))
    ended = plenum("verify", "record.zip", "--json")
    assert ended.code == 1
    found = json.loads(ended.out)["findings"]
    # What is wrong with the archive comes first, then what is wrong with the log in it.
    assert found[0]["check"].startswith("V1.")
    says_one(item, [f"{one['check']} {one['subject']}: {one['message']}" for one in found])
    ended = plenum("verify", "record.zip")
    assert ended.code == 1
    assert "未通过" in ended.out
    assert "Fetch the record again" in ended.out


def test_a_foreign_record(plenum: Plenum, tmp_path: Path) -> None:
    (tmp_path / "record.zip").write_bytes(RECORD)
    ended = plenum("verify", "record.zip", "--fingerprint", "0" * 32, "--json")
    assert ended.code == 1
    (finding,) = json.loads(ended.out)["findings"]
    says("record: foreign", f"{finding['check']}: {finding['message']}")


def test_fingerprints_and_receipts_that_are_none(plenum: Plenum, tmp_path: Path) -> None:
    (tmp_path / "record.zip").write_bytes(RECORD)
    plenum("verify", "record.zip", "--fingerprint", "hello").refused("record: a fingerprint that is none")
    plenum("verify", "record.zip", "--receipt", "votes.jsonl").refused("record: a receipt that is none")
