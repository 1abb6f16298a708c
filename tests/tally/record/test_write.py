import hashlib
import io
import json
import zipfile

import pytest

from tally.entries.envelope import decode_entry
from tally.record.manifest import parse_manifest, verify_manifest
from tally.record.write import write_record
from tests.tally.record.archives import SERVICE, entries, members, note, record
from voting_core.errors import StateError, VerificationError
from voting_core.log.merkle import leaf_hash, tree_root


def test_members_and_manifest_describe_each_other() -> None:
    content = members(record(3))
    assert sorted(content) == ["checkpoints/00000003.note", "log/00000000.jsonl", "record.json"]
    manifest = parse_manifest(content["record.json"])
    verify_manifest(manifest, SERVICE.public)
    for file in manifest.files:
        assert file.size == len(content[file.name])
        assert file.sha256 == hashlib.sha256(content[file.name]).digest()
    assert (manifest.size, manifest.session) == (3, decode_entry(entries(1)[0]).session)
    assert manifest.root == tree_root([leaf_hash(line) for line in entries(3)])


@pytest.mark.parametrize(
    ("count", "parts"), [(999, [999]), (1000, [1000]), (1001, [1000, 1]), (2500, [1000, 1000, 500])]
)
def test_a_thousand_entries_to_a_file(count: int, parts: list[int]) -> None:
    content = members(record(count))
    logs = sorted(name for name in content if name.startswith("log/"))
    assert logs == [f"log/{1000 * number:08d}.jsonl" for number in range(len(parts))]
    assert [content[name].count(b"\n") for name in logs] == parts
    assert b"".join(content[name] for name in logs) == b"".join(line + b"\n" for line in entries(count))


def test_the_same_log_gives_the_same_bytes() -> None:
    assert record(5) == record(5)


def test_all_checkpoints_are_kept_byte_for_byte() -> None:
    out, lines = io.BytesIO(), entries(4)
    notes = [(size, note(lines[:size])) for size in (4, 2, 3)]
    write_record(out, lines, notes, SERVICE)
    content = members(out.getvalue())
    assert {name: data for name, data in content.items() if "note" in name} == {
        f"checkpoints/{size:08d}.note": data for size, data in notes
    }


def test_it_streams_into_a_file_that_cannot_seek() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return False

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    pipe, lines = Pipe(), entries(3)
    write_record(pipe, iter(lines), iter([(3, note(lines))]), SERVICE)  # type: ignore[arg-type]
    assert json.loads(members(pipe.data)["record.json"])["size"] == 3


def test_members_are_deflated_regular_files() -> None:
    with zipfile.ZipFile(io.BytesIO(record())) as archive:
        for info in archive.infolist():
            assert info.compress_type == zipfile.ZIP_DEFLATED
            assert info.external_attr >> 16 == 0o100644


def test_what_makes_no_record() -> None:
    lines = entries(3)
    with pytest.raises(StateError, match="no checkpoint"):
        write_record(io.BytesIO(), lines, [(2, note(lines[:2]))], SERVICE)
    with pytest.raises(StateError, match="without entries"):
        write_record(io.BytesIO(), [], [], SERVICE)
    with pytest.raises(VerificationError):
        write_record(io.BytesIO(), [b"{}"], [], SERVICE)


def test_a_programmers_mistakes() -> None:
    lines = entries(2)
    with pytest.raises(ValueError, match="line feed"):
        write_record(io.BytesIO(), [*lines, b"{\n}"], [], SERVICE)
    with pytest.raises(ValueError, match="two checkpoints"):
        write_record(io.BytesIO(), lines, [(2, note(lines))] * 2, SERVICE)
