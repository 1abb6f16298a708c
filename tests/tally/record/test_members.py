import pytest

from tally.record.members import (
    MAX_MANIFEST_BYTES,
    MAX_NOTE_BYTES,
    note_name,
    note_size,
    part_index,
    part_name,
    size_limit,
)


def test_names_are_written_and_read() -> None:
    assert part_name(0) == "log/00000000.jsonl"
    assert part_index(part_name(12000)) == 12000
    assert note_name(123) == "checkpoints/00000123.note"
    assert note_size(note_name(123)) == 123


@pytest.mark.parametrize(
    "name",
    [
        "log/00000001.jsonl",
        "log/0.jsonl",
        "log/00000000.json",
        "log/00000000.jsonl\n",
        "log/０0000000.jsonl",
        "/log/00000000.jsonl",
        "../log/00000000.jsonl",
        "LOG/00000000.jsonl",
        "log/",
        "log/02000000.jsonl",
        "log\\00000000.jsonl",
        "checkpoints/02000001.note",
        "checkpoints/1.note",
        "checkpoints/../x.note",
        "record.JSON",
        "__MACOSX/._record.json",
        "",
    ],
)
def test_other_names_are_not_allowed(name: str) -> None:
    assert size_limit(name) is None


def test_each_member_has_its_limit() -> None:
    assert size_limit("record.json") == MAX_MANIFEST_BYTES
    assert size_limit(note_name(7)) == MAX_NOTE_BYTES
    assert (size_limit(part_name(0)) or 0) > 10**9
