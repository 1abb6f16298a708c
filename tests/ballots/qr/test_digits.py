"""The common form of QR payloads (SPEC §7.4)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.qr.digits import (
    MAX_CONTENT_BYTES,
    Kind,
    Payload,
    decode_payload,
    encode_payload,
    read_content,
    session_tag,
)
from voting_core.errors import InputError
from voting_core.framing import digest
from voting_core.params import Tag

SESSION = bytes(range(32))
PAYLOAD = Payload(Kind.RECEIPT, SESSION[:4], b"content")
TEXT = encode_payload(PAYLOAD)


def digits_of(data: bytes) -> str:
    """The definition of SPEC §7.4 with real numbers."""
    return str(int.from_bytes(data, "big")).zfill(math.ceil(8 * len(data) * math.log10(2)))


def checked(head: bytes) -> str:
    return digits_of(head + digest(Tag.QR_CHECK, head)[:4])


def refuse(text: str) -> str:
    with pytest.raises(InputError) as refused:
        decode_payload(text)
    assert refused.value.place == "QR code"
    assert refused.value.remedy
    return refused.value.problem


FOREIGN = "it is not a code of this system"
DAMAGED = "it is damaged or was mistyped"
NEWER = "it is of a version that this program does not know"

payloads = st.builds(
    Payload, st.sampled_from(Kind), st.binary(min_size=4, max_size=4), st.binary(max_size=MAX_CONTENT_BYTES)
)


@given(payloads)
def test_round_trip(payload: Payload) -> None:
    text = encode_payload(payload)
    assert text == checked(bytes([1, payload.kind]) + payload.session_tag + payload.content)
    assert decode_payload(text) == payload


@given(st.text("0123456789", max_size=500) | st.text(max_size=100))
def test_any_text_is_refused_or_written_back(text: str) -> None:
    try:
        payload = decode_payload(text)
    except InputError:
        return
    assert encode_payload(payload) == text


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("0123456789"))
def test_one_wrong_digit(at: int, digit: str) -> None:
    if TEXT[at] != digit:
        assert refuse(TEXT[:at] + digit + TEXT[at + 1 :]) in (DAMAGED, FOREIGN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "https://example.org/",
        TEXT[:-1],
        TEXT + "0",
        "0" + TEXT,
        " " + TEXT[1:],
        "-" + TEXT[1:],
        "+" + TEXT[1:],
        TEXT[:-1] + "\n",
        TEXT[:-1] + "\u0663",
        TEXT[:-1] + "\u00b2",
        TEXT[:3] + "_" + TEXT[4:],
        "9" * len(TEXT),
        "9" * 10_000,
        "0" * 24,
    ],
)
def test_what_is_no_payload(text: str) -> None:
    assert refuse(text) == FOREIGN


def test_a_number_that_just_does_not_fit() -> None:
    assert refuse(str(256**17)) == FOREIGN
    assert refuse(str(256**17 - 1)) == DAMAGED


@pytest.mark.parametrize("head", [b"\x00\x02", b"\x02\x02", b"\xff\x02", b"\x01\x00", b"\x01\x05", b"\x01\xff"])
def test_other_versions_and_kinds(head: bytes) -> None:
    assert refuse(checked(head + SESSION[:4] + b"content")) == NEWER


def test_the_check_covers_everything_before_it() -> None:
    data = int(TEXT).to_bytes(17, "big")
    for at in range(17):
        changed = bytearray(data)
        changed[at] ^= 1
        assert refuse(digits_of(bytes(changed))) == DAMAGED


def test_no_content_is_the_shortest_payload() -> None:
    payload = Payload(Kind.PAPER, SESSION[:4], b"")
    assert decode_payload(encode_payload(payload)) == payload
    assert len(encode_payload(payload)) == 25


def test_the_numbers_of_digits_tell_the_lengths_apart() -> None:
    lengths = {len(encode_payload(Payload(Kind.PAPER, bytes(4), bytes(n)))) for n in range(MAX_CONTENT_BYTES + 1)}
    assert len(lengths) == MAX_CONTENT_BYTES + 1


@pytest.mark.parametrize(
    "payload", [Payload(Kind.PAPER, b"abc", b""), Payload(Kind.PAPER, b"abcd", bytes(MAX_CONTENT_BYTES + 1))]
)
def test_payloads_that_are_not_written(payload: Payload) -> None:
    with pytest.raises(ValueError, match="payload"):
        encode_payload(payload)


def test_reading_asks_for_kind_and_session() -> None:
    assert read_content(TEXT, Kind.RECEIPT, SESSION) == b"content"
    with pytest.raises(InputError) as refused:
        read_content(TEXT, Kind.CREDENTIAL, SESSION)
    assert refused.value.problem == "it is the code of a receipt"
    assert refused.value.remedy == "Scan the code of a credential card"
    with pytest.raises(InputError) as refused:
        read_content(TEXT, Kind.RECEIPT, bytes(32))
    assert refused.value.problem == "it is of a receipt of another session"


def test_the_session_tag() -> None:
    assert session_tag(SESSION) == b"\x00\x01\x02\x03"
