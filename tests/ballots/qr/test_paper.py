"""Paper records (SPEC §7.6)."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.qr.digits import Kind, Payload, decode_payload, encode_payload
from ballots.qr.paper import PaperRecord, decode_paper, encode_paper, sign_paper, verify_paper
from ballots.qr.receipt import encode_receipt
from tests.independent import cards as independent
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError, VerificationError
from voting_core.params import Tag
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey

SESSION = bytes(range(32))
HASH = bytes(range(50, 82))
SERIAL = bytes(range(16))
BOX = SigningKey.generate(SeededRng("box"))
RECORD = sign_paper(SESSION, HASH, 3, (2, 0, 1), SERIAL, BOX)
TEXT = encode_paper(RECORD)
NO_PAPER = "its content is not that of a paper record"


def test_the_signed_bytes() -> None:
    """2 + 0·3 + 1·9 = 11, the largest is 26: one byte."""
    head = b"\x01\x03" + SESSION[:4] + HASH + b"\x00\x03" + b"\x03" + b"\x0b" + SERIAL
    assert RECORD.payload() == head
    assert RECORD.signed(SESSION) == SESSION + head
    verify_signature(BOX.public, Tag.PAPER, SESSION + head, RECORD.signature)
    assert decode_payload(TEXT).head() == head + RECORD.signature


shapes = st.integers(2, 8).flatmap(
    lambda k: st.tuples(st.just(k), st.lists(st.integers(0, k - 1), min_size=1, max_size=200))
)


@given(shapes, st.binary(min_size=16, max_size=16))
def test_round_trip_and_the_second_implementation(shape: tuple[int, list[int]], serial: bytes) -> None:
    marks_per_row, marks = shape
    record = sign_paper(SESSION, HASH, marks_per_row, tuple(marks), serial, BOX)
    text = encode_paper(record)
    assert decode_paper(text, SESSION) == record
    verify_paper(decode_paper(text, SESSION), SESSION, BOX.public)
    kind, tag, content = independent.read_qr(text)
    assert (kind, tag) == (3, SESSION[:4])
    assert independent.read_paper(content, SESSION, BOX.public) == (HASH, marks, serial)


def test_the_largest_record() -> None:
    record = sign_paper(SESSION, HASH, 8, (7,) * 200, SERIAL, BOX)
    assert decode_paper(encode_paper(record), SESSION) == record
    assert len(encode_paper(record)) == 482


def refuse(text: str) -> str:
    with pytest.raises(InputError) as refused:
        decode_paper(text, SESSION)
    return refused.value.problem


def with_content(content: bytes) -> str:
    return encode_payload(Payload(Kind.PAPER, SESSION[:4], content))


def content_of(rows: int, marks_per_row: int, choices: bytes) -> bytes:
    return HASH + rows.to_bytes(2, "big") + bytes([marks_per_row]) + choices + SERIAL + bytes(64)


def test_the_content_that_the_refusals_change_is_read() -> None:
    assert decode_paper(with_content(content_of(3, 3, b"\x1a")), SESSION).marks == (2, 2, 2)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HASH,
        content_of(3, 3, b"\x0b")[:-1],
        content_of(3, 3, b"\x0b") + b"\x00",
        content_of(3, 3, b""),
        content_of(3, 3, b"\x00\x0b"),
        content_of(3, 3, b"\x1b"),
        content_of(3, 3, b"\xff"),
        content_of(0, 3, b""),
        content_of(0, 3, b"\x00"),
        content_of(201, 2, bytes(26)),
        content_of(65535, 2, b"\x00"),
        content_of(3, 0, b"\x00"),
        content_of(3, 1, b""),
        content_of(3, 9, b"\x00\x00"),
        content_of(3, 255, b"\x00" * 3),
    ],
)
def test_contents_that_are_no_paper_record(content: bytes) -> None:
    assert refuse(with_content(content)) == NO_PAPER


def test_other_codes() -> None:
    assert refuse(encode_receipt(bytes(32), SESSION)) == "it is the code of a receipt"
    assert refuse(TEXT[:-1]) == "it is not a code of this system"
    foreign = sign_paper(bytes(32), HASH, 3, (2, 0, 1), SERIAL, BOX)
    assert refuse(encode_paper(foreign)) == "it is of a paper record of another session"


def test_a_changed_record_is_not_signed_by_the_box() -> None:
    other = bytes(reversed(HASH))
    changes: list[PaperRecord] = [
        dataclasses.replace(RECORD, marks=(0, 0, 1)),
        dataclasses.replace(RECORD, marks=(2, 0, 1, 0)),
        dataclasses.replace(RECORD, marks_per_row=4),
        dataclasses.replace(RECORD, contest_hash=other),
        dataclasses.replace(RECORD, serial=bytes(16)),
        dataclasses.replace(RECORD, session_tag=bytes(4)),
        dataclasses.replace(RECORD, signature=bytes(64)),
    ]
    for record in changes:
        with pytest.raises(VerificationError) as refused:
            verify_paper(record, SESSION, BOX.public)
        assert refused.value.code == "V8.K"
        assert refused.value.culprits == (record.serial.hex(),)
    with pytest.raises(VerificationError):
        verify_paper(RECORD, SESSION, SigningKey.generate(SeededRng("another box")).public)


@pytest.mark.parametrize(
    ("contest_hash", "marks_per_row", "marks", "serial"),
    [
        (HASH, 3, (), SERIAL),
        (HASH, 3, (3,), SERIAL),
        (HASH, 3, (-1,), SERIAL),
        (HASH, 1, (0,), SERIAL),
        (HASH, 9, (0,), SERIAL),
        (HASH, 2, (0,) * 201, SERIAL),
        (HASH[1:], 3, (0,), SERIAL),
        (HASH, 3, (0,), SERIAL[1:]),
    ],
)
def test_records_that_are_not_made(
    contest_hash: bytes, marks_per_row: int, marks: tuple[int, ...], serial: bytes
) -> None:
    with pytest.raises(ValueError, match="contest"):
        sign_paper(SESSION, contest_hash, marks_per_row, marks, serial, BOX)
