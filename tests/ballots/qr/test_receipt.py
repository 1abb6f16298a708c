"""The QR code of a receipt (SPEC §7.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.qr.credential import encode_credential
from ballots.qr.digits import Kind, Payload, encode_payload
from ballots.qr.receipt import decode_receipt, encode_receipt
from tests.independent import cards as independent
from voting_core.errors import InputError
from voting_core.secret import Secret

BALLOT = bytes(range(32))
SESSION = bytes(range(32))
TEXT = "000551084688116291897008918205538099042717194111949832945078923534547003408958645473485372081705118268"


def test_byte_for_byte() -> None:
    assert encode_receipt(BALLOT, SESSION) == TEXT
    assert len(TEXT) == 102


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_round_trip_and_the_second_implementation(ballot: bytes, session: bytes) -> None:
    text = encode_receipt(ballot, session)
    assert text == independent.qr(2, session, ballot)
    assert decode_receipt(text, session) == ballot


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TEXT[1:], "it is not a code of this system"),
        ("9" * 102, "it is not a code of this system"),
        (TEXT[:-1] + "9", "it is damaged or was mistyped"),
        (encode_credential(Secret(bytes(16)), SESSION).reveal(), "it is the code of a credential card"),
        (encode_receipt(BALLOT, bytes(32)), "it is of a receipt of another session"),
        (encode_payload(Payload(Kind.RECEIPT, SESSION[:4], bytes(31))), "its content is not that of a receipt"),
    ],
)
def test_refused_codes_say_why(text: str, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        decode_receipt(text, SESSION)
    assert refused.value.problem == problem


def test_a_ballot_id_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        encode_receipt(bytes(31), SESSION)
