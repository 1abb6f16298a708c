"""Cards: the keys they give and the code that is typed (SPEC §7.1, §7.3)."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.card import credential_key, new_card_secret, parse_typed_code, typed_code
from ballots.crockford import ALPHABET
from tests.independent import cards as independent
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.framing import frames, u64
from voting_core.secret import Secret
from voting_core.signing import check_key
from voting_core.signing_key import SigningKey

SECRET = bytes(range(16))
SESSION = bytes(range(32))
OTHER_SESSION = bytes(range(100, 132))
CODE = "000G-40R4-0M30-E209-185G-R38E-1W00-X917"


def test_the_keys_are_hkdf_of_the_secret() -> None:
    """RFC 5869 written out: one block of 32 bytes."""
    prk = hmac.digest(SESSION, SECRET, hashlib.sha256)
    seed = hmac.digest(prk, frames(b"plenum-v1/credential", u64(3)) + b"\x01", hashlib.sha256)
    assert credential_key(Secret(SECRET), SESSION, 3).public == SigningKey.from_seed(Secret(seed)).public


def test_known_keys() -> None:
    key = credential_key(Secret(SECRET), SESSION, 3)
    assert key.public.hex() == "9f1242b8c657981a268855ed32ab25744959193786e9572c7ce2a5d883b49b24"
    check_key(key.public, "credential")


def test_every_slot_session_and_card_has_its_own_key() -> None:
    keys = {
        credential_key(Secret(secret), session, slot).public
        for secret in (SECRET, bytes(16))
        for session in (SESSION, OTHER_SESSION)
        for slot in range(32)
    }
    assert len(keys) == 2 * 2 * 32


@pytest.mark.parametrize(("secret", "slot"), [(bytes(15), 0), (bytes(17), 0), (b"", 0), (SECRET, -1), (SECRET, 32)])
def test_what_is_no_card_or_slot(secret: bytes, slot: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        credential_key(Secret(secret), SESSION, slot)


def test_the_code_byte_for_byte() -> None:
    assert typed_code(Secret(SECRET), SESSION).reveal() == CODE


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32))
def test_round_trip_and_the_second_implementation(secret: bytes, session: bytes) -> None:
    code = typed_code(Secret(secret), session).reveal()
    assert code == independent.typed_code(secret, session)
    assert parse_typed_code(code, session).reveal() == secret
    assert parse_typed_code(code.lower().replace("-", " "), session).reveal() == secret
    assert parse_typed_code(code.replace("-", "").replace("0", "O").replace("1", "l"), session).reveal() == secret


def test_new_cards_differ_and_hide_their_secret() -> None:
    rng = SeededRng("cards")
    first, second = new_card_secret(rng), new_card_secret(rng)
    assert first.reveal() != second.reveal()
    assert (repr(first), repr(typed_code(first, SESSION))) == ("<redacted>", "<redacted>")


@pytest.mark.parametrize("secret", [b"", bytes(15), bytes(17)])
def test_only_cards_have_codes(secret: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        typed_code(Secret(secret), SESSION)


def refuse(text: str, session: bytes = SESSION) -> InputError:
    with pytest.raises(InputError) as refused:
        parse_typed_code(text, session)
    assert refused.value.place == "card code"
    assert refused.value.remedy
    return refused.value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it has 0 characters, 32 are missing"),
        (CODE[:-1], "it has 31 characters, 1 is missing"),
        (CODE[:19], "it has 16 characters, 16 are missing"),
        (CODE + "0", "it has more than 32 characters"),
        (CODE * 2, "it has more than 32 characters"),
        (CODE.replace("R38E", "RU8E"), "character 2 of group 6 is 'U', which no code contains"),
        (CODE.replace("G", "?"), "character 4 of group 1 is '?', which no code contains"),
        (CODE[:-1] + "8", "it was mistyped"),
        ("1" + CODE[1:], "it was mistyped"),
        (CODE.replace("E-1W00", "G-1W00"), "it was mistyped"),
        (CODE.replace("W00-X", "W01-X"), "it was mistyped"),
    ],
)
def test_refused_codes_say_why(text: str, problem: str) -> None:
    assert refuse(text).problem == problem


def test_a_card_of_another_session_is_told_apart_from_a_slip() -> None:
    assert refuse(CODE, OTHER_SESSION).problem == "it is of a card of another session"


@given(st.integers(0, 31), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(at: int, character: str) -> None:
    characters = CODE.replace("-", "")
    if characters[at] != character:
        assert refuse(characters[:at] + character + characters[at + 1 :]).problem == "it was mistyped"


@given(st.integers(0, 30))
def test_two_swapped_characters_are_noticed(at: int) -> None:
    characters = CODE.replace("-", "")
    swapped = characters[:at] + characters[at + 1] + characters[at] + characters[at + 2 :]
    if swapped != characters:
        assert refuse(swapped).problem == "it was mistyped"


@given(st.text(max_size=50))
def test_any_text_is_refused_in_our_own_words(text: str) -> None:
    refuse(text)


def test_a_message_never_repeats_the_code() -> None:
    for text in (CODE[:-1], CODE[:-1] + "8", CODE + "0"):
        assert CODE[5:14] not in str(refuse(text))
