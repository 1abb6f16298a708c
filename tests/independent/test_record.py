"""The independent verifier accepts the golden record, and refuses what is changed in it."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.independent.errors import Refused
from tests.independent.record import entries, read_members, verify_record
from tests.independent.session import Session

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "session"


@pytest.fixture(scope="module")
def record() -> bytes:
    return (GOLDEN / "record.zip").read_bytes()


@pytest.fixture(scope="module")
def lines(record: bytes) -> list[bytes]:
    return list(entries(read_members(record)))


def _fingerprint() -> str:
    return json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))["fingerprint"]


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _code_of(raws: list[bytes]) -> str:
    """The number of the check that refuses a log, or the empty string."""
    session = Session()
    try:
        for raw in raws:
            session.take(raw)
    except Refused as refusal:
        return refusal.code
    return ""


def _first(lines: list[bytes], type_: str) -> int:
    return next(i for i, line in enumerate(lines) if f'"type":"{type_}"'.encode() in line)


def test_the_golden_record_is_accepted(record: bytes) -> None:
    session = verify_record(record, _fingerprint())
    assert sum(vote.counted for vote in session.votes.values()) >= 2
    assert len(session.ids_seen) >= 10


def test_order_and_compression_of_members_are_not_content(record: bytes) -> None:
    members = read_members(record)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members, reverse=True):
            archive.writestr(name, members[name])
    verify_record(out.getvalue(), _fingerprint())


def test_another_fingerprint_is_refused(record: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        verify_record(record, "0000-0000-0000-0000-0000-0000-0000-0000")
    assert refusal.value.code == "V13.A"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_changed_byte_of_any_member_is_refused(record: bytes, place: int) -> None:
    members = read_members(record)
    for name, data in members.items():
        changed = bytearray(data)
        changed[place * (len(data) - 1) // 2] ^= 1
        with pytest.raises(Refused) as refusal:
            verify_record(_packed({**members, name: bytes(changed)}))
        assert refusal.value.code in ("V1.B", "V1.C"), name


def test_members_that_do_not_belong_are_refused(record: bytes) -> None:
    members = read_members(record)
    for name in ("notes.txt", "../x", "log/00000001.jsonl", "checkpoints/1.note"):
        with pytest.raises(Refused) as refusal:
            verify_record(_packed({**members, name: b"x"}))
        assert refusal.value.code in ("V1.A", "V1.C"), name


def test_a_missing_member_is_refused(record: bytes) -> None:
    members = read_members(record)
    for name in members:
        with pytest.raises(Refused) as refusal:
            verify_record(_packed({other: data for other, data in members.items() if other != name}))
        assert refusal.value.code in ("V1.A", "V1.C"), name


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        verify_record(b"PK")
    assert refusal.value.code == "V1.A"


def test_a_changed_digit_in_any_entry_is_refused(lines: list[bytes]) -> None:
    session = Session()
    for line in lines:
        at = next(i for i in range(len(line) // 2, len(line)) if line[i : i + 1] in b"0123456789")
        changed = line[:at] + (b"1" if line[at : at + 1] != b"1" else b"2") + line[at + 1 :]
        with pytest.raises(Refused):
            session.take(changed)
        session.take(line)


def test_a_dropped_ballot_is_noticed(lines: list[bytes]) -> None:
    at = _first(lines, "ballot.cast")
    assert _code_of([*lines[:at], *lines[at + 1 :]]) == "V3.A"


def test_a_ballot_twice_is_noticed(lines: list[bytes]) -> None:
    at = _first(lines, "ballot.cast")
    assert _code_of([*lines[: at + 1], lines[at]]) == "V8.B"


def test_two_entries_in_another_order_are_noticed(lines: list[bytes]) -> None:
    at = _first(lines, "ballot.cast")
    assert _code_of([*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]]) != ""


def test_a_log_without_its_beginning_is_refused(lines: list[bytes]) -> None:
    assert _code_of(lines[1:]) == "V4.D"


def test_nothing_follows_in_an_abandoned_contest(lines: list[bytes]) -> None:
    at = _first(lines, "contest.abandoned")
    name = b'"contest":"broken-off"'
    opened = next(line for line in lines if name in line and b'"type":"contest.opened"' in line)
    cast = lines[at - 1]
    assert b'"type":"ballot.cast"' in cast
    assert _code_of([*lines[:at], cast]) == "V8.B"
    assert _code_of([*lines[: at + 1], cast]) == "V8.A"
    assert _code_of([*lines[: at + 1], opened]) == "V4.D"
    assert _code_of([*lines[: at + 1], lines[at]]) == "V4.D"


def test_no_commitment_follows_k_good_shares(lines: list[bytes]) -> None:
    commitment = lines[_first(lines, "tally.committed")]
    at = _first(lines, "tally.counted")
    assert _code_of([*lines[:at], commitment]) == "V10.B"
