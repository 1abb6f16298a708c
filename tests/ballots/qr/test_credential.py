"""The QR code of a card (SPEC §7.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.qr.credential import decode_credential, encode_credential
from ballots.qr.digits import Kind, Payload, encode_payload
from ballots.qr.receipt import encode_receipt
from tests.independent import cards as independent
from voting_core.errors import InputError
from voting_core.secret import Secret

SECRET = bytes(range(16))
SESSION = bytes(range(32))
TEXT = "001613215242528021626125262492526582578805849301456022947592951"


def test_byte_for_byte() -> None:
    assert encode_credential(Secret(SECRET), SESSION).reveal() == TEXT
    assert len(TEXT) == 63


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32))
def test_round_trip_and_the_second_implementation(secret: bytes, session: bytes) -> None:
    code = encode_credential(Secret(secret), session)
    assert code.reveal() == independent.qr(1, session, secret)
    assert decode_credential(code.reveal(), session).reveal() == secret
    assert (repr(code), repr(decode_credential(code.reveal(), session))) == ("<redacted>", "<redacted>")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is not a code of this system"),
        (TEXT[:-1], "it is not a code of this system"),
        (TEXT[:-1] + "2", "it is damaged or was mistyped"),
        (encode_receipt(bytes(32), SESSION), "it is the code of a receipt"),
        (encode_credential(Secret(SECRET), bytes(32)).reveal(), "it is of a credential card of another session"),
        (
            encode_payload(Payload(Kind.CREDENTIAL, SESSION[:4], bytes(15))),
            "its content is not that of a credential card",
        ),
        (
            encode_payload(Payload(Kind.CREDENTIAL, SESSION[:4], bytes(17))),
            "its content is not that of a credential card",
        ),
    ],
)
def test_refused_codes_say_why(text: str, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        decode_credential(text, SESSION)
    assert refused.value.problem == problem


def test_a_card_has_16_bytes() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        encode_credential(Secret(bytes(15)), SESSION)
