"""The envelope: strict reading, and what signatures are over (SPEC §8.3)."""

import json

import pytest

from tally.entries.entry_type import EntryType
from tally.entries.envelope import decode_entry, signing_bytes
from tests.support.session import SessionBuilder
from voting_core.codec import canonical
from voting_core.errors import VerificationError
from voting_core.log.merkle import leaf_hash
from voting_core.params import MAX_ENTRY_BYTES


@pytest.fixture(scope="module")
def session() -> SessionBuilder:
    return SessionBuilder().run("counted")


def entry_of(session: SessionBuilder, type_: EntryType) -> bytes:
    return next(raw for raw in session.entries if decode_entry(raw).type is type_)


def test_every_entry_of_a_session_is_read_and_its_body_written_again(session: SessionBuilder) -> None:
    for raw in session.entries:
        entry = decode_entry(raw)
        assert canonical(entry.body.to_json()) == canonical(json.loads(raw)["body"])
        assert entry.leaf == leaf_hash(raw)


def test_signatures_are_over_the_canonical_entry_without_them(session: SessionBuilder) -> None:
    for raw in session.entries:
        value = json.loads(raw)
        del value["signatures"]
        assert signing_bytes(decode_entry(raw)) == canonical(value)


def test_ballots_tell_no_time_and_no_view_of_the_log(session: SessionBuilder) -> None:
    entry = decode_entry(entry_of(session, EntryType.BALLOT_CAST))
    assert (entry.time, entry.seen) == (None, None)


def changed(raw: bytes, **changes: object) -> bytes:
    value = {**json.loads(raw), **changes}
    return canonical({key: item for key, item in value.items() if item is not ...})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: raw + b"\n", "V2.A"),
        (lambda raw: raw.replace(b'":', b'": ', 1), "V2.A"),
        (lambda raw: raw[:-1], "V2.A"),
        (lambda raw: b"\xff" + raw, "V2.A"),
        (lambda _: b"[]", "V2.B"),
        (lambda _: b'{"' + b"a" * MAX_ENTRY_BYTES + b'":1}', "V2.A"),
        (lambda raw: changed(raw, more=1), "V2.B"),
        (lambda raw: changed(raw, type="session.renamed"), "V2.B"),
        (lambda raw: changed(raw, time=...), "V2.B"),
        (lambda raw: changed(raw, time=-1), "V2.B"),
        (lambda raw: changed(raw, seen=...), "V2.B"),
        (lambda raw: changed(raw, seen={"root": "00" * 32, "size": 0, "more": 1}), "V2.B"),
        (lambda raw: changed(raw, author="AA" * 32), "V2.B"),
        (lambda raw: changed(raw, session="00" * 31), "V2.B"),
        (lambda raw: changed(raw, body=[]), "V2.B"),
        (lambda raw: changed(raw, signatures=[]), "V2.B"),
        (lambda raw: changed(raw, author="00" * 32), "V2.B"),
    ],
)
def test_other_forms_of_an_envelope_are_refused(session: SessionBuilder, change: object, code: str) -> None:
    raw = entry_of(session, EntryType.CONTEST_OPENED)
    with pytest.raises(VerificationError) as refused:
        decode_entry(change(raw))  # type: ignore[operator]  # a function of the table
    assert refused.value.code == code


@pytest.mark.parametrize("key", ["time", "seen"])
def test_a_ballot_with_time_or_view_is_refused(session: SessionBuilder, key: str) -> None:
    value = {"time": 1, "seen": {"root": "00" * 32, "size": 0}}[key]
    with pytest.raises(VerificationError) as refused:
        decode_entry(changed(entry_of(session, EntryType.BALLOT_CAST), **{key: value}))
    assert refused.value.code == "V2.B"


def test_signatures_stand_in_order_each_key_once(session: SessionBuilder) -> None:
    raw = entry_of(session, EntryType.TRUSTEE_JOINED)
    signatures = json.loads(raw)["signatures"]
    swapped = [signatures[0], *reversed(signatures[1:])]
    twice = [*signatures, signatures[-1]]
    for other in (swapped, twice):
        with pytest.raises(VerificationError) as refused:
            decode_entry(changed(raw, signatures=other))
        assert refused.value.code == "V2.B"


def test_a_signature_that_is_not_canonical_base64_is_refused(session: SessionBuilder) -> None:
    raw = entry_of(session, EntryType.TALLY_COUNTED)
    (signature,) = json.loads(raw)["signatures"]
    text = signature["signature"]
    trailing_bits = text[:-1] + "B" if text[-1] == "A" else text[:-1] + chr(ord(text[-1]) + 1)
    for other in (text + "=", text[:-2], trailing_bits, "!" * 86):
        with pytest.raises(VerificationError) as refused:
            decode_entry(changed(raw, signatures=[{**signature, "signature": other}]))
        assert refused.value.code == "V2.D"
