"""Checkpoints and cosignatures (SPEC §8.6): exact bytes, and everything else refused."""

import base64
import dataclasses

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, VerificationError
from voting_core.log.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
    add_cosignatures,
    cosign_checkpoint,
    origin,
    parse_checkpoint,
    parse_signed_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
    verify_log_signature,
    witness_name,
)
from voting_core.log.note import Note, NoteSignature, format_note, parse_note, sign_text
from voting_core.signing_key import SigningKey

SESSION = bytes(range(32))
OTHER_SESSION = bytes(range(1, 33))
ROOT = bytes(range(100, 132))
CHECKPOINT = Checkpoint(SESSION, 20852163, ROOT)
LOG = SigningKey.generate(SeededRng("log"))
WITNESSES = {index: SigningKey.generate(SeededRng(f"witness {index}")) for index in range(1, 16)}
TIME = 1679315147
NOTE = sign_checkpoint(CHECKPOINT, LOG)
LINES = {index: cosign_checkpoint(CHECKPOINT, key, index, TIME + index) for index, key in WITNESSES.items()}


def test_the_body_byte_for_byte() -> None:
    assert CHECKPOINT.body() == (
        b"plenum-v1/000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
        b"20852163\n"
        b"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgoM=\n"
    )
    assert parse_checkpoint(CHECKPOINT.body()) == CHECKPOINT


def test_the_empty_log_has_a_checkpoint() -> None:
    empty = Checkpoint(SESSION, 0, ROOT)
    assert parse_checkpoint(empty.body()) == empty
    assert empty.body().split(b"\n")[1] == b"0"


def test_the_note_of_the_log() -> None:
    note = parse_note(NOTE)
    assert note.text == CHECKPOINT.body()
    assert note.signatures[0].name == origin(SESSION)
    Ed25519PublicKey.from_public_bytes(LOG.public).verify(note.signatures[0].signature, CHECKPOINT.body())
    signed = verify_checkpoint(NOTE, SESSION, LOG.public)
    assert signed.checkpoint == CHECKPOINT
    assert signed.cosignatures == ()
    assert signed.note() == NOTE


def test_a_cosignature_byte_for_byte() -> None:
    """The signed message is the one that c2sp.org/tlog-cosignature shows, over our checkpoint."""
    line = cosign_checkpoint(CHECKPOINT, WITNESSES[3], 3, TIME)
    name, encoded = line.decode().removeprefix("— ").removesuffix("\n").split(" ")
    assert name == f"plenum-v1/{SESSION.hex()}/witness/3" == witness_name(SESSION, 3)
    content = base64.b64decode(encoded)
    assert int.from_bytes(content[4:12], "big") == TIME
    message = b"cosignature/v1\ntime 1679315147\n" + CHECKPOINT.body()
    Ed25519PublicKey.from_public_bytes(WITNESSES[3].public).verify(content[12:], message)


def test_all_witnesses_cosign() -> None:
    note = add_cosignatures(NOTE, reversed(LINES.values()))
    signed = verify_checkpoint(note, SESSION, LOG.public)
    assert [cosignature.index for cosignature in signed.cosignatures] == list(range(1, 16))
    assert [cosignature.time for cosignature in signed.cosignatures] == [TIME + index for index in range(1, 16)]
    for index, key in WITNESSES.items():
        verify_cosignature(signed, index, key.public)
    assert signed.note() == note
    assert note == NOTE + b"".join(LINES.values())


def test_cosignatures_come_one_after_the_other() -> None:
    one_by_one = add_cosignatures(add_cosignatures(NOTE, [LINES[2]]), [LINES[1]])
    assert one_by_one == add_cosignatures(NOTE, [LINES[1], LINES[2]])


def test_the_first_line_of_a_witness_stays() -> None:
    later = cosign_checkpoint(CHECKPOINT, WITNESSES[1], 1, TIME + 99)
    assert add_cosignatures(add_cosignatures(NOTE, [LINES[1]]), [later]) == NOTE + LINES[1]


def test_another_order_of_witnesses_is_read_and_kept() -> None:
    note = NOTE + LINES[5] + LINES[2]
    assert parse_signed_checkpoint(note).note() == note


def refuse_cosignature(signed: SignedCheckpoint, index: int, public: bytes) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_cosignature(signed, index, public)
    assert refused.value.code == "V3.C"


def test_cosignatures_that_do_not_verify() -> None:
    signed = parse_signed_checkpoint(add_cosignatures(NOTE, [LINES[1], LINES[2]]))
    refuse_cosignature(signed, 3, WITNESSES[3].public)
    refuse_cosignature(signed, 1, WITNESSES[2].public)
    refuse_cosignature(signed, 0, LOG.public)
    first = signed.cosignatures[0]
    for changed in (
        dataclasses.replace(signed, checkpoint=dataclasses.replace(CHECKPOINT, size=20852164)),
        dataclasses.replace(signed, checkpoint=dataclasses.replace(CHECKPOINT, root=bytes(32))),
        dataclasses.replace(signed, checkpoint=dataclasses.replace(CHECKPOINT, session=OTHER_SESSION)),
        dataclasses.replace(signed, cosignatures=(dataclasses.replace(first, time=first.time + 1),)),
    ):
        refuse_cosignature(changed, 1, WITNESSES[1].public)


def test_a_cosignature_is_no_signature_of_the_log_and_the_other_way_round() -> None:
    """Were one key used for both, its two kinds of signature still could not be exchanged."""
    name = origin(SESSION)
    line = parse_note(NOTE + cosign_checkpoint(CHECKPOINT, LOG, 1, TIME)).signatures[1]
    as_log = format_note(Note(CHECKPOINT.body(), (NoteSignature(name, line.key_id, line.signature[8:]),)))
    with pytest.raises(VerificationError) as refused:
        verify_checkpoint(as_log, SESSION, LOG.public)
    assert refused.value.code == "V3.B"
    plain = sign_text(CHECKPOINT.body(), witness_name(SESSION, 1), LOG)
    padded = NoteSignature(plain.name, plain.key_id, bytes(8) + plain.signature)
    signed = parse_signed_checkpoint(format_note(Note(CHECKPOINT.body(), (parse_note(NOTE).signatures[0], padded))))
    refuse_cosignature(signed, 1, LOG.public)


def refuse_checkpoint(note: bytes) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_checkpoint(note, SESSION, LOG.public)
    assert refused.value.code == "V3.B"


def test_a_checkpoint_of_another_session() -> None:
    refuse_checkpoint(sign_checkpoint(Checkpoint(OTHER_SESSION, 5, ROOT), LOG))


def test_a_checkpoint_by_another_key() -> None:
    refuse_checkpoint(sign_checkpoint(CHECKPOINT, WITNESSES[1]))
    with pytest.raises(VerificationError) as refused:
        verify_log_signature(parse_signed_checkpoint(NOTE), WITNESSES[1].public)
    assert refused.value.code == "V3.B"


@given(st.integers(0, len(NOTE) * 8 - 1))
def test_one_bit_of_a_checkpoint(bit: int) -> None:
    changed = bytearray(NOTE)
    changed[bit // 8] ^= 1 << bit % 8
    refuse_checkpoint(bytes(changed))


BODY = CHECKPOINT.body().decode()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n",
        BODY[:-1],
        BODY + "extension\n",
        BODY + "\n",
        "\n" + BODY,
        BODY.replace("plenum-v1/", "plenum-v2/"),
        BODY.replace("plenum-v1/", ""),
        BODY.replace("/00", "/"),
        BODY.replace("/00", "/0000"),
        BODY.replace("0a0b", "0A0B"),
        BODY.replace("0a0b", "0a 0b"),
        BODY.replace("20852163", "020852163"),
        BODY.replace("20852163", "+20852163"),
        BODY.replace("20852163", "-20852163"),
        BODY.replace("20852163", "20_852_163"),
        BODY.replace("20852163", " 20852163"),
        BODY.replace("20852163", "20852163 "),
        BODY.replace("20852163", "20852163.0"),
        BODY.replace("20852163", "0x13e2e43"),
        BODY.replace("20852163", "\u0662"),
        BODY.replace("20852163", ""),
        BODY.replace("20852163", str(2**63)),
        BODY.replace("20852163", "9" * 6000),
        BODY.replace("oM=", "oN="),
        BODY.replace("oM=", "oM"),
        BODY.replace("oM=", "oM=="),
        BODY.replace("+f4", "-f4"),
        BODY.replace("ZGVm", ""),
        BODY.replace("ZGVm", "ZGVmZGVm"),
        BODY.replace("ZGVm", "ZG Vm"),
        BODY.replace("\n", "\r\n"),
    ],
)
def test_refused_bodies(body: str) -> None:
    with pytest.raises(EncodingError):
        parse_checkpoint(body.encode())


def test_the_largest_size() -> None:
    largest = Checkpoint(SESSION, 2**63 - 1, ROOT)
    assert parse_checkpoint(largest.body()) == largest


@pytest.mark.parametrize(
    "bad", [Checkpoint(SESSION, -1, ROOT), Checkpoint(SESSION, 2**63, ROOT), Checkpoint(b"", 1, ROOT)]
)
def test_checkpoints_that_are_not_written(bad: Checkpoint) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        bad.body()


@pytest.mark.parametrize("time", [-1, 2**63])
def test_times_that_are_not_signed(time: int) -> None:
    with pytest.raises(ValueError, match="time"):
        cosign_checkpoint(CHECKPOINT, WITNESSES[1], 1, time)


def line_of(name: str, content: bytes) -> bytes:
    return f"— {name} ".encode() + base64.b64encode(bytes(4) + content) + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        line_of(witness_name(SESSION, 0), bytes(72)),
        line_of(witness_name(SESSION, 16), bytes(72)),
        line_of(origin(SESSION) + "/witness/01", bytes(72)),
        line_of(origin(SESSION) + "/witness/-1", bytes(72)),
        line_of(origin(SESSION) + "/witness/", bytes(72)),
        line_of(origin(SESSION) + "/witness/\u0661", bytes(72)),
        line_of(origin(SESSION) + "/Witness/1", bytes(72)),
        line_of(origin(SESSION), bytes(64)),
        line_of(origin(SESSION), bytes(72)),
        line_of(witness_name(OTHER_SESSION, 1), bytes(72)),
        line_of("grease.example", bytes(64)),
        line_of(witness_name(SESSION, 1), bytes(64)),
        line_of(witness_name(SESSION, 1), bytes(71)),
        line_of(witness_name(SESSION, 1), bytes(73)),
        line_of(witness_name(SESSION, 1), b"\x80" + bytes(71)),
        LINES[2],
        b"",
        b"no line\n",
    ],
)
def test_refused_lines(line: bytes) -> None:
    note = NOTE + LINES[2]
    with pytest.raises(EncodingError):
        parse_signed_checkpoint(note + (line or b"\n"))
    if line != LINES[2]:
        with pytest.raises(EncodingError):
            add_cosignatures(note, [line])


def test_the_log_signs_first() -> None:
    with pytest.raises(EncodingError, match="log"):
        parse_signed_checkpoint(CHECKPOINT.body() + b"\n" + LINES[1] + NOTE.rpartition(b"\n\n")[2])
    with pytest.raises(EncodingError, match="log"):
        parse_signed_checkpoint(CHECKPOINT.body() + b"\n" + LINES[1])
    short = NoteSignature(origin(SESSION), bytes(4), bytes(63))
    with pytest.raises(EncodingError, match="log"):
        parse_signed_checkpoint(format_note(Note(CHECKPOINT.body(), (short,))))


def test_one_witness_under_two_keys() -> None:
    second = cosign_checkpoint(CHECKPOINT, WITNESSES[9], 2, TIME)
    with pytest.raises(EncodingError, match="twice"):
        parse_signed_checkpoint(NOTE + LINES[2] + second)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_round_trip(session: bytes, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(session, size, root)
    assert parse_checkpoint(checkpoint.body()) == checkpoint
    note = add_cosignatures(sign_checkpoint(checkpoint, LOG), [cosign_checkpoint(checkpoint, WITNESSES[4], 4, size)])
    signed = verify_checkpoint(note, session, LOG.public)
    assert (signed.checkpoint, signed.note()) == (checkpoint, note)
    verify_cosignature(signed, 4, WITNESSES[4].public)


@given(st.integers(0, len(NOTE)), st.binary(max_size=3), st.integers(0, 3))
def test_a_changed_checkpoint_is_refused_or_written_back(at: int, inserted: bytes, dropped: int) -> None:
    whole = NOTE + LINES[1]
    data = whole[:at] + inserted + whole[at + dropped :]
    try:
        signed = parse_signed_checkpoint(data)
    except EncodingError:
        return
    assert signed.note() == data
