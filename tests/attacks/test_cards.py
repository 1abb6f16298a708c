"""Attacks with cards, codes and papers: guessing, moving between sessions and contests, copying (SPEC §7)."""

import hashlib

import pytest

from ballots.card import credential_key, parse_typed_code, typed_code
from ballots.crockford import ALPHABET, encode_bits
from ballots.qr.credential import decode_credential, encode_credential
from ballots.qr.digits import Kind, Payload, encode_payload
from ballots.qr.paper import PaperRecord, decode_paper, encode_paper, sign_paper, verify_paper
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError, VerificationError
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

SESSION = bytes(range(32))
# Another session with the same tags: its id begins with the same 4 bytes.
TWIN = SESSION[:4] + bytes(28)
SECRET = Secret(bytes(range(16)))
BOX = SigningKey.generate(SeededRng("box"))
SERIAL = bytes(16)
HASH = bytes(32)


def test_a_card_of_a_session_with_the_same_tag_has_other_keys() -> None:
    """The tags are for messages only. What keeps sessions apart is the session id in the key."""
    assert parse_typed_code(typed_code(SECRET, TWIN).reveal(), SESSION).reveal() == SECRET.reveal()
    assert decode_credential(encode_credential(SECRET, TWIN).reveal(), SESSION).reveal() == SECRET.reveal()
    assert credential_key(SECRET, TWIN, 0).public != credential_key(SECRET, SESSION, 0).public


def test_the_keys_of_a_card_cannot_be_linked_by_their_seed() -> None:
    """Whoever learns the key of one contest learns nothing about the keys of the others or the card."""
    seeds = [credential_key(SECRET, SESSION, slot).seed().reveal() for slot in range(32)]
    assert len(set(seeds)) == 32
    for seed in seeds:
        assert SECRET.reveal() not in seed
        assert hashlib.sha256(SECRET.reveal()).digest() != seed


def test_the_check_of_a_typed_code_is_not_a_way_to_find_cards() -> None:
    """A made-up code with a right check is still a secret that is in no list; without a right check it is a slip."""
    guess = encode_bits(b"\xaa" * 16, 130)
    tag = encode_bits(SESSION, 10)
    honest = typed_code(Secret(b"\xaa" * 16), SESSION).reveal().replace("-", "")
    assert honest.startswith(guess + tag)
    for number in range(400):
        check = encode_bits(number.to_bytes(3, "big"), 20)
        if check != honest[-4:]:
            with pytest.raises(InputError, match="it was mistyped"):
                parse_typed_code(guess + tag + check, SESSION)


def test_spare_bits_do_not_give_a_card_a_second_code() -> None:
    code = typed_code(SECRET, SESSION).reveal().replace("-", "")
    accepted = 0
    for character in ALPHABET:
        try:
            parse_typed_code(code[:25] + character + code[26:], SESSION)
            accepted += 1
        except InputError:
            continue
    assert accepted == 1


def test_a_receipt_or_paper_is_not_taken_for_a_card() -> None:
    """A payload's kind is under its check, so relabelling needs a new check and then has the wrong length."""
    for kind in (Kind.RECEIPT, Kind.PAPER):
        with pytest.raises(InputError, match="it is the code of a"):
            decode_credential(encode_payload(Payload(kind, SESSION[:4], SECRET.reveal())), SESSION)


def test_anybody_can_make_a_code_and_nobody_can_sign_a_paper() -> None:
    """The check of a code is no secret. A forged paper reads well; the signature is what counts."""
    honest = sign_paper(SESSION, HASH, 2, (0, 1, 1), SERIAL, BOX)
    forged = PaperRecord(
        session_tag=SESSION[:4],
        contest_hash=HASH,
        marks_per_row=2,
        marks=(0, 0, 0),
        serial=SERIAL,
        signature=honest.signature,
    )
    read = decode_paper(encode_paper(forged), SESSION)
    assert read == forged
    with pytest.raises(VerificationError) as refused:
        verify_paper(read, SESSION, BOX.public)
    assert refused.value.code == "V8.K"


def test_the_marks_of_a_paper_cannot_be_cut_into_other_rows() -> None:
    """Four rows of 2 marks and two rows of 4 have the same number of choices; the shape is signed too."""
    honest = sign_paper(SESSION, HASH, 2, (1, 0, 1, 1), SERIAL, BOX)
    number = 1 + 4 + 8
    moved = PaperRecord(
        session_tag=SESSION[:4],
        contest_hash=HASH,
        marks_per_row=4,
        marks=(number % 4, number // 4),
        serial=SERIAL,
        signature=honest.signature,
    )
    assert encode_paper(moved) != encode_paper(honest)
    with pytest.raises(VerificationError, match=r"V8\.K"):
        verify_paper(moved, SESSION, BOX.public)


def test_a_signature_of_the_box_for_a_ballot_is_none_for_a_paper() -> None:
    unsigned = sign_paper(SESSION, HASH, 2, (1, 0), SERIAL, BOX)
    signature = BOX.sign(Tag.ENTRY, unsigned.signed(SESSION))
    paper = PaperRecord(
        session_tag=SESSION[:4], contest_hash=HASH, marks_per_row=2, marks=(1, 0), serial=SERIAL, signature=signature
    )
    with pytest.raises(VerificationError, match=r"V8\.K"):
        verify_paper(paper, SESSION, BOX.public)


def test_a_copy_of_a_paper_has_the_serial_of_the_first() -> None:
    """Copies verify; that is why a comparison counts serial numbers."""
    paper = sign_paper(SESSION, HASH, 2, (1, 0), SERIAL, BOX)
    copy = decode_paper(encode_paper(paper), SESSION)
    verify_paper(copy, SESSION, BOX.public)
    assert copy.serial == paper.serial
