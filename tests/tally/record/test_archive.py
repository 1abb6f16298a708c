import io
import zipfile

import pytest

from tally.record import archive as archive_module
from tally.record.archive import Archive, NotARecord
from tally.record.read import raise_finding
from tests.tally.record.archives import members, pack, record
from voting_core.errors import VerificationError


def opened(data: bytes) -> tuple[Archive, list[VerificationError]]:
    findings: list[VerificationError] = []
    return Archive(io.BytesIO(data), findings.append), findings


def one_finding(data: bytes) -> VerificationError:
    archive, findings = opened(data)
    for name in archive.names:
        archive.read(name)
    assert len(findings) == 1
    assert findings[0].code == "V1.A"
    return findings[0]


def test_a_good_archive() -> None:
    archive, findings = opened(record())
    assert archive.names == ("checkpoints/00000003.note", "log/00000000.jsonl", "record.json")
    assert {name: archive.read(name) for name in archive.names} == members(record())
    assert findings == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"PK\x05\x06",
        b"PK\x05\x06" + bytes(18),
        record()[:-30],
        record()[:200],
        pack({"hello.txt": b"x"}),
        pack({"RECORD.JSON": b"x"}),
        pack({"dir/record.json": b"x"}),
        b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_what_is_no_record_at_all(data: bytes) -> None:
    with pytest.raises(NotARecord):
        opened(data)


def test_a_pipe_is_no_record() -> None:
    class Pipe(io.BytesIO):
        def seek(self, position: int, whence: int = 0) -> int:
            raise io.UnsupportedOperation("no seeking")

    with pytest.raises(NotARecord):
        Archive(Pipe(record()), raise_finding)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "log/../../x",
        "extra.txt",
        "log/",
        "log/00000000.jsonl/",
        "记录",
        "x\x1b[2J",
        "C:\\x",
        "record.json ",
    ],
)
def test_a_member_that_is_not_allowed_is_found_and_not_opened(name: str) -> None:
    finding = one_finding(pack({**members(record()), name: b"x"}))
    assert "not a member of a record" in finding.message
    assert finding.message.isascii()
    assert finding.message.isprintable()


def test_a_zero_byte_does_not_hide_the_end_of_a_name() -> None:
    data = pack({**members(record()), "log/00001000.jsonl_evil": b"x"}).replace(b"jsonl_evil", b"jsonl\0evil")
    assert "\\x00evil" in one_finding(data).message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_twice() -> None:
    out = io.BytesIO(record())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("log/00000000.jsonl", b"other")
    finding = one_finding(out.getvalue())
    assert "is there twice" in finding.message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_manifest_twice() -> None:
    out = io.BytesIO(record())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("record.json", b"{}")
    assert "is there twice" in one_finding(out.getvalue()).message


def test_links_and_devices() -> None:
    for mode in (0o120777, 0o020666, 0o040755, 0o010644):

        def change(info: zipfile.ZipInfo, mode: int = mode) -> None:
            if info.filename.startswith("log/"):
                info.external_attr = mode << 16

        assert "not a regular file" in one_finding(pack(members(record()), change)).message


def test_an_encrypted_member() -> None:
    data = bytearray(pack(members(record())))
    # The flag of the directory's first entry, 8 bytes into it.
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted" in one_finding(bytes(data)).message


def test_other_compressions() -> None:
    def change(info: zipfile.ZipInfo) -> None:
        if info.filename.startswith("log/"):
            info.compress_type = zipfile.ZIP_BZIP2

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members(record()).items():
            info = zipfile.ZipInfo(name)
            change(info)
            archive.writestr(info, content, info.compress_type)
    assert "method 12" in one_finding(out.getvalue()).message


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = pack({**members(record()), "log/00001000.jsonl": bytes(30_000_000)})
    assert len(bomb) < 100_000
    assert "more than 200 times" in one_finding(bomb).message


def test_a_note_of_many_megabytes() -> None:
    assert "at most" in one_finding(pack({**members(record()), "checkpoints/00000002.note": bytes(5_000_000)})).message


def test_a_member_that_unpacks_to_more_than_its_directory_says() -> None:
    content = b"a" * 50_000
    data = bytearray(pack({**members(record()), "checkpoints/00000002.note": content}))
    at = data.index(b"checkpoints/00000002.note", data.index(b"PK\x01\x02")) - 46 + 24
    assert int.from_bytes(data[at : at + 4], "little") == len(content)
    data[at : at + 4] = (100).to_bytes(4, "little")
    archive, findings = opened(bytes(data))
    assert len(archive.read("checkpoints/00000002.note")) <= 100
    assert "is damaged" in findings[0].message


def test_damaged_content() -> None:
    data = bytearray(record())
    start = data.index(b"log/00000000.jsonl") + len(b"log/00000000.jsonl")
    data[start + 10 : start + 40] = b"\xff" * 30
    assert "is damaged" in one_finding(bytes(data)).message


def test_a_directory_that_points_beyond_the_file() -> None:
    data = bytearray(record())
    at = data.index(b"PK\x01\x02") + 42
    data[at : at + 4] = (len(data) + 1000).to_bytes(4, "little")
    archive, findings = opened(bytes(data))
    for name in archive.names:
        archive.read(name)
    assert [finding.code for finding in findings] == ["V1.A"]


def test_a_directory_too_large_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_DIRECTORY_BYTES", 100)
    with pytest.raises(NotARecord, match="directory"):
        opened(record())


def test_a_large_directory_that_only_its_second_record_admits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    data = bytearray(pack(members(record())))
    at = data.rindex(b"PK\x05\x06")
    assert data[at - 20 : at - 16] == b"PK\x06\x07"
    data[at + 12 : at + 16] = bytes(4)
    opened(bytes(data))
    monkeypatch.setattr(archive_module, "MAX_DIRECTORY_BYTES", 100)
    with pytest.raises(NotARecord, match="directory"):
        opened(bytes(data))


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_MEMBERS", 2)
    finding = one_finding(record())
    assert "3 members, at most 2" in finding.message


def test_order_compression_and_dates_are_no_content() -> None:
    content = members(record())
    backwards = {name: content[name] for name in sorted(content, reverse=True)}

    def change(info: zipfile.ZipInfo) -> None:
        info.compress_type = zipfile.ZIP_STORED
        info.date_time = (2026, 12, 8, 10, 0, 0)
        info.comment = b"a comment"
        info.external_attr = 0

    archive, findings = opened(pack(backwards, change))
    assert {name: archive.read(name) for name in archive.names} == content
    assert findings == []


def test_a_record_that_was_cut_short_is_to_be_copied_again() -> None:
    with pytest.raises(NotARecord, match=r"whose end is missing\. Copy or download it again"):
        opened(record()[:-30])
