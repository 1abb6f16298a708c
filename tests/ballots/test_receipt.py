"""Promises and receipts (SPEC §7.5, §8.8)."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.crockford import fingerprint_text
from ballots.receipt import Promise, Receipt, parse_promise, parse_receipt, sign_promise
from ballots.sealed_ballot import confirmation_code
from tests.support.seeded_rng import SeededRng
from voting_core.codec import canonical, parse_canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import Tag
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey

BALLOT = bytes(range(32))
SESSION = bytes(range(100, 132))
ROOT = bytes(range(200, 232))
SERVICE = SigningKey.generate(SeededRng("service"))
PROMISE = sign_promise(ballot=BALLOT, size=7, root=ROOT, session=SESSION, service_key=SERVICE)
FINGERPRINT = fingerprint_text(bytes(32))
RECEIPT = Receipt(ballot=BALLOT, session=SESSION, fingerprint=FINGERPRINT, promise=PROMISE)


def test_what_the_service_signs() -> None:
    message = (
        f'{{"ballot":"{BALLOT.hex()}","checkpoint":{{"root":"{ROOT.hex()}","size":7}},"session":"{SESSION.hex()}"}}'
    )
    verify_signature(SERVICE.public, Tag.PROMISE, message.encode(), PROMISE.signature)
    PROMISE.verify(SERVICE.public)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**53 - 1), st.binary(min_size=32, max_size=32))
def test_promise_round_trip(ballot: bytes, size: int, root: bytes) -> None:
    promise = sign_promise(ballot=ballot, size=size, root=root, session=SESSION, service_key=SERVICE)
    data = canonical(promise.to_json())
    read = parse_promise(parse_canonical(data, "promise", 1000))
    assert read == promise
    assert canonical(read.to_json()) == data
    read.verify(SERVICE.public)


@pytest.mark.parametrize(
    "changed",
    [
        dataclasses.replace(PROMISE, ballot=bytes(32)),
        dataclasses.replace(PROMISE, size=8),
        dataclasses.replace(PROMISE, root=bytes(32)),
        dataclasses.replace(PROMISE, session=bytes(32)),
        dataclasses.replace(PROMISE, signature=bytes(64)),
    ],
)
def test_a_changed_promise_is_not_the_services(changed: Promise) -> None:
    with pytest.raises(VerificationError) as refused:
        changed.verify(SERVICE.public)
    assert refused.value.code == "V13.B"
    assert refused.value.culprits == (changed.ballot.hex(),)


def test_a_promise_of_another_key() -> None:
    with pytest.raises(VerificationError, match=r"V13\.B"):
        PROMISE.verify(SigningKey.generate(SeededRng("intruder")).public)


GOOD = dict(PROMISE.to_json())


@pytest.mark.parametrize(
    "value",
    [
        [],
        "promise",
        {},
        {**GOOD, "time": 5},
        {**GOOD, "ballot": "00"},
        {**GOOD, "ballot": BALLOT.hex().upper()},
        {**GOOD, "session": 5},
        {**GOOD, "signature": "AA"},
        {**GOOD, "checkpoint": []},
        {**GOOD, "checkpoint": {}},
        {**GOOD, "checkpoint": {"root": ROOT.hex(), "size": -1}},
        {**GOOD, "checkpoint": {"root": ROOT.hex(), "size": True}},
        {**GOOD, "checkpoint": {"root": ROOT.hex(), "size": 1, "time": 1}},
        {key: value for key, value in GOOD.items() if key != "signature"},
    ],
)
def test_what_is_no_promise(value: object) -> None:
    with pytest.raises(EncodingError, match="promise"):
        parse_promise(value)  # the type is wrong on purpose


def test_receipt_byte_for_byte() -> None:
    without = dataclasses.replace(RECEIPT, promise=None)
    assert (
        without.to_bytes()
        == (
            f'{{"ballot":"{BALLOT.hex()}","code":"{confirmation_code(BALLOT)}","fingerprint":"{FINGERPRINT}",'
            f'"session":"{SESSION.hex()}"}}'
        ).encode()
    )


@pytest.mark.parametrize("receipt", [RECEIPT, dataclasses.replace(RECEIPT, promise=None)])
def test_receipt_round_trip(receipt: Receipt) -> None:
    assert parse_receipt(receipt.to_bytes()) == receipt
    assert receipt.code == confirmation_code(receipt.ballot)


@given(st.binary(min_size=32, max_size=32))
def test_the_code_is_the_confirmation_code(ballot: bytes) -> None:
    assert dataclasses.replace(RECEIPT, ballot=ballot).code == confirmation_code(ballot)


OTHER_BALLOT = sign_promise(ballot=bytes(32), size=7, root=ROOT, session=SESSION, service_key=SERVICE)
OTHER_SESSION = sign_promise(ballot=BALLOT, size=7, root=ROOT, session=bytes(32), service_key=SERVICE)
DATA = RECEIPT.to_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b" " + DATA,
        DATA + b"\n",
        DATA.replace(RECEIPT.code.encode(), confirmation_code(bytes(32)).encode()),
        DATA.replace(RECEIPT.code.encode(), RECEIPT.code.lower().encode()),
        DATA.replace(FINGERPRINT.encode(), FINGERPRINT[:-1].encode()),
        DATA.replace(FINGERPRINT.encode(), FINGERPRINT.replace("0", "O").encode()),
        DATA.replace(FINGERPRINT.encode(), b""),
        DATA.replace(b'"session"', b'"sessiom"'),
        DATA.replace(b'"code"', b'"coda"'),
        dataclasses.replace(RECEIPT, promise=OTHER_BALLOT).to_bytes(),
        dataclasses.replace(RECEIPT, promise=OTHER_SESSION).to_bytes(),
        canonical({**dict(parse_canonical(DATA, "x", 4096)), "marks": [1]}),
        canonical({**dict(parse_canonical(DATA, "x", 4096)), "promise": {}}),
        b"a" * 5000,
    ],
)
def test_what_is_no_receipt(data: bytes) -> None:
    with pytest.raises(EncodingError, match="receipt"):
        parse_receipt(data)


@given(st.integers(0, len(DATA)), st.binary(max_size=3), st.integers(0, 3))
def test_a_changed_receipt_is_refused_or_written_back(at: int, inserted: bytes, dropped: int) -> None:
    data = DATA[:at] + inserted + DATA[at + dropped :]
    try:
        receipt = parse_receipt(data)
    except EncodingError:
        return
    assert receipt.to_bytes() == data
