"""Checkpoints that look signed: lenient reading, borrowed signatures, keys that sign anything (SPEC §8.6).

The weak reader is the kind that is seen in the wild: it strips, splits, and skips the lines that it does not like.
"""

import base64
import re

import pytest

from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, VerificationError
from voting_core.log.checkpoint import (
    Checkpoint,
    add_cosignatures,
    cosign_checkpoint,
    origin,
    parse_signed_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
    witness_name,
)
from voting_core.log.note import COSIGNATURE_V1, ED25519, NoteSignature, format_signature, key_id
from voting_core.signing_key import SigningKey

SESSION = bytes(range(32))
LOG = SigningKey.generate(SeededRng("log key"))
WITNESS = SigningKey.generate(SeededRng("witness key"))
INTRUDER = SigningKey.generate(SeededRng("intruder"))
CHECKPOINT = Checkpoint(SESSION, 1234, bytes(range(32, 64)))
NOTE = add_cosignatures(sign_checkpoint(CHECKPOINT, LOG), [cosign_checkpoint(CHECKPOINT, WITNESS, 1, 1_700_000_000)])


def weak_read(note: bytes) -> tuple[str, int, bytes, int]:
    """Give origin, size, root and number of signatures, in the easy-going way."""
    text, _, rest = note.decode(errors="replace").partition("\n\n")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    signatures = re.findall("— (\\S+) (\\S+)", rest)
    return lines[0], int(lines[1]), base64.b64decode(lines[2] + "==")[:32], len(signatures)


READ = weak_read(NOTE)


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace(b"\n1234\n", b"\n 1234 \n"),
        NOTE.replace(b"\n1234\n", b"\n01234\n"),
        NOTE.replace(b"\n1234\n", b"\n+1234\n"),
        NOTE.replace(b"\n1234\n", b"\n1_234\n"),
        NOTE.replace(b"\n1234\n", "\n\u0661\u0662\u0663\u0664\n".encode()),
        NOTE.replace(b"=\n\n", b"\n\n"),
        NOTE.replace(b"=\n\n", b"=\nvotes 99\n\n"),
        NOTE.replace(b"=\n\n", b"=\n\nan official remark\n"),
        NOTE + b"an official remark\n",
        NOTE.replace(b"\n\n", b"\r\n\n"),
        b"\n" + NOTE,
        NOTE[:-1],
    ],
)
def test_a_second_spelling_of_a_checkpoint(note: bytes) -> None:
    """The weak reader sees the same checkpoint in different bytes; hashes and comparisons of files then disagree."""
    assert weak_read(note) == READ
    with pytest.raises(VerificationError) as refused:
        verify_checkpoint(note, SESSION, LOG.public)
    assert refused.value.code == "V3.B"


def test_counting_signature_lines_is_not_counting_witnesses() -> None:
    """One witness in three lines, under its own key, an intruder's key and a copy."""
    second = cosign_checkpoint(CHECKPOINT, INTRUDER, 1, 1_700_000_001)
    copy = cosign_checkpoint(CHECKPOINT, WITNESS, 1, 1_700_000_000)
    for extra in (second, copy):
        assert weak_read(NOTE + extra)[3] == 3
        with pytest.raises(EncodingError):
            parse_signed_checkpoint(NOTE + extra)


def test_an_intruder_in_the_place_of_a_witness() -> None:
    note = add_cosignatures(sign_checkpoint(CHECKPOINT, LOG), [cosign_checkpoint(CHECKPOINT, INTRUDER, 2, 5)])
    signed = verify_checkpoint(note, SESSION, LOG.public)
    with pytest.raises(VerificationError) as refused:
        verify_cosignature(signed, 2, WITNESS.public)
    assert refused.value.code == "V3.C"


def test_the_id_of_the_right_key_on_the_signature_of_another() -> None:
    """A key id is four bytes; it finds the key and proves nothing."""
    name = origin(SESSION)
    forged = NoteSignature(name, key_id(name, ED25519, LOG.public), INTRUDER.sign_raw(CHECKPOINT.body()))
    with pytest.raises(VerificationError, match=r"V3\.B.*does not verify"):
        verify_checkpoint(CHECKPOINT.body() + b"\n" + format_signature(forged), SESSION, LOG.public)


def test_a_cosignature_of_another_session() -> None:
    """The same witness key in two sessions: the line is renamed, the signed origin is not."""
    other = Checkpoint(bytes(32), CHECKPOINT.size, CHECKPOINT.root)
    content = base64.b64decode(cosign_checkpoint(other, WITNESS, 1, 7).split(b" ")[2])
    name = witness_name(SESSION, 1)
    renamed = NoteSignature(name, key_id(name, COSIGNATURE_V1, WITNESS.public), content[4:])
    signed = parse_signed_checkpoint(sign_checkpoint(CHECKPOINT, LOG) + format_signature(renamed))
    with pytest.raises(VerificationError) as refused:
        verify_cosignature(signed, 1, WITNESS.public)
    assert refused.value.code == "V3.C"


def test_a_cosignature_under_the_name_of_another_witness() -> None:
    """The Ed25519 form does not sign the name; the key of witness 2 decides."""
    content = base64.b64decode(cosign_checkpoint(CHECKPOINT, WITNESS, 1, 7).split(b" ")[2])
    name = witness_name(SESSION, 2)
    renamed = NoteSignature(name, key_id(name, COSIGNATURE_V1, WITNESS.public), content[4:])
    signed = parse_signed_checkpoint(NOTE + format_signature(renamed))
    with pytest.raises(VerificationError) as refused:
        verify_cosignature(signed, 2, INTRUDER.public)
    assert refused.value.code == "V3.C"


def test_a_key_of_small_order_cosigns_everything() -> None:
    """OpenSSL accepts the identity as key and signature for each message; a note's keys pass the same strict rules."""
    identity = (1).to_bytes(32, "little")
    signature = identity + bytes(32)
    log_name, witness = origin(SESSION), witness_name(SESSION, 1)
    log_line = format_signature(NoteSignature(log_name, key_id(log_name, ED25519, identity), signature))
    cosigned = NoteSignature(witness, key_id(witness, COSIGNATURE_V1, identity), bytes(8) + signature)
    note = CHECKPOINT.body() + b"\n" + log_line + format_signature(cosigned)
    with pytest.raises(VerificationError, match=r"V3\.B.*small order"):
        verify_checkpoint(note, SESSION, identity)
    with pytest.raises(VerificationError, match=r"V3\.C.*small order"):
        verify_cosignature(parse_signed_checkpoint(note), 1, identity)


def test_a_cosignature_of_the_future_or_the_past_is_over_its_time() -> None:
    """The time is signed: nobody can make an old cosignature look new."""
    content = bytearray(base64.b64decode(cosign_checkpoint(CHECKPOINT, WITNESS, 1, 7).split(b" ")[2]))
    content[11] = 8
    name = witness_name(SESSION, 1)
    changed = NoteSignature(name, bytes(content[:4]), bytes(content[4:]))
    signed = parse_signed_checkpoint(sign_checkpoint(CHECKPOINT, LOG) + format_signature(changed))
    assert signed.cosignatures[0].time == 8
    with pytest.raises(VerificationError) as refused:
        verify_cosignature(signed, 1, WITNESS.public)
    assert refused.value.code == "V3.C"
