import io
import tracemalloc

import pytest

from tally.record.members import MAX_LINE_BYTES
from tally.record.read import NotARecord, RecordReader, raise_finding
from tests.tally.record.archives import entries, members, note, pack, record, signed_again
from voting_core.errors import VerificationError

PART = "log/00000000.jsonl"


def read(data: bytes) -> tuple[list[bytes], list[tuple[int, bytes]], list[VerificationError]]:
    findings: list[VerificationError] = []
    reader = RecordReader(io.BytesIO(data), findings.append)
    return list(reader.entries()), list(reader.checkpoints()), findings


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in read(data)[2]]


@pytest.mark.parametrize("count", [1, 3, 1000, 1001, 2500])
def test_what_is_written_is_read(count: int) -> None:
    lines = entries(count)
    assert read(record(count)) == (lines, [(count, note(lines))], [])


def test_without_a_collector_the_first_finding_is_raised() -> None:
    content = members(record())
    with pytest.raises(VerificationError, match=r"V1\.C"):
        RecordReader(io.BytesIO(pack({**content, "checkpoints/00000002.note": b"x"})))
    with pytest.raises(VerificationError, match=r"V9\.Z"):
        raise_finding(VerificationError("V9.Z", "x"))


def test_no_record_at_all() -> None:
    with pytest.raises(NotARecord, match=r"Name a record\.zip"):
        RecordReader(io.BytesIO(b"hello"))


def test_a_changed_byte_in_any_member_is_found() -> None:
    content = members(record())
    for name, data in content.items():
        for at in (0, len(data) // 2, len(data) - 1):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            assert codes(pack({**content, name: changed})) != [] or name == "record.json"


def test_a_missing_and_an_extra_member() -> None:
    content = members(record())
    without = {name: data for name, data in content.items() if name != PART}
    assert codes(pack(without)) == ["V1.C"]
    assert codes(pack({**content, "checkpoints/00000002.note": note(entries(2))})) == ["V1.C"]


def test_a_shortened_and_a_lengthened_member() -> None:
    content = members(record())
    assert codes(pack({**content, PART: content[PART] + b"{}\n"})) == ["V1.C"]
    assert codes(pack({**content, PART: content[PART][:-9]})) == ["V1.C", "V1.A"]


def test_a_manifest_that_is_none_leaves_the_log_readable() -> None:
    lines, notes, findings = read(pack({**members(record()), "record.json": b"{}"}))
    assert (len(lines), len(notes)) == (3, 1)
    assert [finding.code for finding in findings] == ["V1.B"]


def test_a_gap_in_the_log() -> None:
    content = members(record(2500))
    del content["log/00001000.jsonl"]
    lines, _, findings = read(pack(signed_again(content)))
    assert len(lines) == 1000
    assert [finding.code for finding in findings] == ["V1.A"]
    assert "log/00001000.jsonl" in findings[0].message


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("log/00000000.jsonl", b"{}\n" * 999),
        ("log/00000000.jsonl", b"{}\n" * 1001),
        ("log/00001000.jsonl", b""),
        ("log/00001000.jsonl", b"{}\n" * 1001),
        ("log/00001000.jsonl", b"{}\n{}"),
    ],
)
def test_a_part_with_another_number_of_lines(part: str, text: bytes) -> None:
    content = {**members(record(1500)), part: text}
    assert codes(pack(signed_again(content))) == ["V1.A"]


def test_a_line_of_megabytes() -> None:
    content = members(record(2))
    long = b"x" * (MAX_LINE_BYTES + 1)
    for text in (content[PART] + long + b"\n{}\n", content[PART] + long + b"x" * 200_000):
        lines, _, findings = read(
            pack(signed_again({**content, PART: text}), lambda info: setattr(info, "compress_type", 0))
        )
        assert lines[:2] == entries(2)
        assert "V1.A" in {finding.code for finding in findings}


def test_empty_lines_and_carriage_returns_reach_replay_as_they_are() -> None:
    content = members(record(1))
    lines, _, findings = read(pack(signed_again({**content, PART: content[PART] + b"\n{}\r\n"})))
    assert lines[1:] == [b"", b"{}\r"]
    assert findings == []


def test_a_large_log_does_not_fill_the_memory() -> None:
    content = members(record(1))
    line = b'{"n":"' + bytes(32 + at * 7 % 90 for at in range(40_000)) + b'"}\n'
    data = pack(
        signed_again({**content, PART: content[PART] + line * 999}), lambda info: setattr(info, "compress_type", 0)
    )
    source = io.BytesIO(data)
    tracemalloc.start()
    try:
        reader = RecordReader(source)
        assert sum(len(entry) for entry in reader.entries()) > 39_000_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000
    assert reader.total_bytes > 39_000_000


def test_sizes_for_progress() -> None:
    reader = RecordReader(io.BytesIO(record(3)))
    assert reader.members == 3
    assert reader.total_bytes == sum(len(line) + 1 for line in entries(3))
