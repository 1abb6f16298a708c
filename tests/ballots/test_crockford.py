"""Crockford's base32 (SPEC §5.5, §6.7, §7.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.crockford import (
    ALPHABET,
    decode_bits,
    encode_bits,
    fingerprint_text,
    in_groups,
    read_characters,
    read_fingerprint,
)
from voting_core.errors import InputError


def test_the_alphabet() -> None:
    assert ALPHABET == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert len(set(ALPHABET)) == 32


@pytest.mark.parametrize(
    ("data", "bits", "text"),
    [
        (b"", 0, ""),
        (b"\x00", 5, "0"),
        (b"\xff", 5, "Z"),
        (b"\xff", 10, "ZW"),
        (b"\x08\x42", 15, "111"),
        (bytes(range(5)), 40, "000G40R4"),
        (b"\xff" * 16, 130, "Z" * 25 + "W"),
        (b"\xff" * 32, 100, "Z" * 20),
    ],
)
def test_known_values(data: bytes, bits: int, text: str) -> None:
    assert encode_bits(data, bits) == text


@given(st.binary(min_size=1, max_size=40))
def test_round_trip(data: bytes) -> None:
    bits = -(-8 * len(data) // 5) * 5
    assert decode_bits(encode_bits(data, bits), len(data)) == data


@given(st.integers(1, 20), st.data())
def test_characters_have_one_meaning_or_none(length: int, data: st.DataObject) -> None:
    count = -(-8 * length // 5)
    characters = data.draw(st.text(ALPHABET, min_size=count, max_size=count))
    decoded = decode_bits(characters, length)
    if decoded is not None:
        assert encode_bits(decoded, 5 * count) == characters
    else:
        assert 8 * length % 5


def test_spare_bits_are_refused() -> None:
    assert decode_bits("ZW", 1) == b"\xff"
    assert decode_bits("ZX", 1) is None


@pytest.mark.parametrize(("data", "bits"), [(b"a", 4), (b"a", 15), (b"", 5), (b"abcd", 40)])
def test_bits_that_cannot_be_written(data: bytes, bits: int) -> None:
    with pytest.raises(ValueError, match="bits"):
        encode_bits(data, bits)


@pytest.mark.parametrize(("characters", "length"), [("Z", 1), ("ZZZ", 1), ("ZZ", 0)])
def test_characters_of_another_length(characters: str, length: int) -> None:
    with pytest.raises(ValueError, match="characters"):
        decode_bits(characters, length)


def test_reading_as_people_type() -> None:
    assert read_characters("aoO0 iIlL-1z", 10, "code") == "A000111" + "11Z"
    assert read_characters(in_groups("0123456789ABCDEF"), 16, "code") == "0123456789ABCDEF"


def refuse(text: str, count: int = 4) -> str:
    with pytest.raises(InputError) as refused:
        read_characters(text, count, "code")
    assert refused.value.place == "code"
    assert refused.value.remedy
    return refused.value.problem


@pytest.mark.parametrize(
    "character", ["U", "u", "!", "_", "\n", "\t", "\u0131", "\u017f", "\uff11", "\u0661", "é", "\u212a"]
)
def test_characters_that_no_code_contains(character: str) -> None:
    problem = refuse("12" + character + "4")
    assert problem.startswith(f"character 3 of group 1 is {character!a}")


def test_the_position_counts_in_groups() -> None:
    assert refuse("1234-5 67U", 8).startswith("character 4 of group 2")


def test_too_few_and_too_many() -> None:
    assert refuse("") == "it has 0 characters, 4 are missing"
    assert refuse("123") == "it has 3 characters, 1 is missing"
    assert refuse("12345") == "it has more than 4 characters"
    assert refuse("1" * 100_000) == "it has more than 4 characters"


def test_fingerprints() -> None:
    shown = fingerprint_text(bytes(range(32)))
    assert shown == "000G-40R4-0M30-E209-185G-R38E-1W81-24GK"
    assert read_fingerprint(shown.lower().replace("-", " ").replace("0", "o")) == shown
    with pytest.raises(InputError, match="session fingerprint"):
        read_fingerprint(shown[:-1])
    with pytest.raises(ValueError, match="32 bytes"):
        fingerprint_text(bytes(20))
