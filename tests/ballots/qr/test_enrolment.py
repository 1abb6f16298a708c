"""The enrolment code (SPEC §7.8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.qr.digits import Kind, Payload, encode_payload
from ballots.qr.enrolment import (
    NO_AUTHORITY,
    EnrolmentCode,
    StationRole,
    decode_enrolment,
    encode_enrolment,
    is_this_machine,
    read_typed_enrolment_code,
    typed_enrolment_code,
)
from ballots.qr.receipt import encode_receipt
from tests.independent import cards as independent
from voting_core.errors import InputError
from voting_core.secret import Secret

CODE, AUTHORITY = bytes(range(10)), bytes(range(32))


def made(role: int = 1, code: bytes = CODE, authority: bytes = AUTHORITY, address: bytes = b"10.0.0.1:8300") -> str:
    content = bytes([role]) + code + authority + address
    return encode_payload(Payload(Kind.ENROLMENT, bytes(4), content))


def test_byte_for_byte() -> None:
    content = EnrolmentCode(StationRole.KIOSK, Secret(CODE), AUTHORITY, "10.0.0.1:8300")
    assert (
        encode_enrolment(content).reveal()
        == made()
        == independent.qr(4, bytes(4), b"\x01" + CODE + AUTHORITY + b"10.0.0.1:8300")
    )
    assert decode_enrolment(made()).url == "https://10.0.0.1:8300"


@given(
    st.sampled_from(StationRole),
    st.binary(min_size=10, max_size=10),
    st.binary(min_size=32, max_size=32).filter(any),
    st.sampled_from(["10.0.0.1", "vote.lan", "a-b.c", "[fd00::1]", "localhost"]),
    st.integers(1, 65535),
)
def test_round_trip(role: StationRole, code: bytes, authority: bytes, host: str, port: int) -> None:
    text = encode_enrolment(EnrolmentCode(role, Secret(code), authority, f"{host}:{port}")).reveal()
    read = decode_enrolment(text)
    assert (read.role, read.code.reveal(), read.authority, read.address) == (role, code, authority, f"{host}:{port}")
    typed = typed_enrolment_code(Secret(code)).reveal()
    assert len(typed) == 19
    assert read_typed_enrolment_code(typed.lower().replace("-", " ")).reveal() == code


@pytest.mark.parametrize(
    "address",
    [
        b"",
        b"10.0.0.1",
        b"10.0.0.1:0",
        b"10.0.0.1:080",
        b"10.0.0.1:65536",
        b"10.0.0.1:8300/evil",
        b"user@10.0.0.1:8300",
        b"Vote.lan:8300",
        b"-a.lan:1",
        b"a..b:1",
        b"[10.0.0.1]:8300",
        b"[::1:8300",
        b"[:::1]:8300",
        b"fd00::1:8300",
        "投票.lan:1".encode(),
        b"10.0.0.1:8300\n",
        b"a" * 63 + b"." + b"a" * 40 + b":80",
    ],
)
def test_addresses_that_are_none_are_refused(address: bytes) -> None:
    with pytest.raises(InputError, match="content is not that of a station's enrolment"):
        decode_enrolment(made(address=address))


@pytest.mark.parametrize("role", [0, 3, 255])
def test_roles_that_are_none_are_refused(role: int) -> None:
    with pytest.raises(InputError, match="content is not"):
        decode_enrolment(made(role=role))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not a code of this system"),
        (made()[:-1] + "7", "damaged"),
        (encode_receipt(bytes(32), bytes(32)), "code of a receipt"),
        (encode_payload(Payload(Kind.ENROLMENT, b"abcd", b"\x01" + CODE + AUTHORITY + b"a:1")), "content is not"),
        (encode_payload(Payload(Kind.ENROLMENT, bytes(4), b"\x01" + CODE)), "content is not"),
    ],
)
def test_other_codes_are_refused(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        decode_enrolment(text)


def test_without_tls_only_the_same_machine() -> None:
    for host in (b"127.0.0.1", b"[::1]", b"localhost"):
        assert decode_enrolment(made(authority=NO_AUTHORITY, address=host + b":8300")).url.startswith("http://")
    for host in (b"10.0.0.1", b"vote.lan", b"[fd00::1]", b"127.evil.lan"):
        with pytest.raises(InputError, match="content is not"):
            decode_enrolment(made(authority=NO_AUTHORITY, address=host + b":8300"))
    assert not is_this_machine("")


def test_what_nobody_may_write_is_not_written() -> None:
    for code, authority, address in (
        (b"", AUTHORITY, "a:1"),
        (CODE, b"", "a:1"),
        (CODE, AUTHORITY, "a"),
        (CODE, NO_AUTHORITY, "10.0.0.1:1"),
    ):
        with pytest.raises(ValueError, match="host:port"):
            encode_enrolment(EnrolmentCode(StationRole.KIOSK, Secret(code), authority, address))


def test_a_typed_code_has_16_characters() -> None:
    for text in ("", "0000-0000-0000", "0000-0000-0000-000U"):
        with pytest.raises(InputError, match="enrolment code"):
            read_typed_enrolment_code(text)
