"""Crockford's base32: bits as characters that people read aloud and type (SPEC §5.5, §6.7, §7.3).

Writing gives capitals in groups of four. Reading accepts what SPEC §7.3 lists — lower case, spaces and hyphens, `O` for
`0`, `I` and `L` for `1` — and nothing else, so that one text has one meaning.
"""

from typing import Final

from voting_core.errors import InputError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS: Final = 5
GROUP: Final = 4
FINGERPRINT_BITS: Final = 160

_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
# An explicit table of ASCII: str.upper() would also turn letters of other alphabets into these.
_READ: Final = {
    **{ord(character): character for character in ALPHABET},
    **{ord(character.lower()): character for character in ALPHABET},
    **{ord(character): "0" for character in "Oo"},
    **{ord(character): "1" for character in "IiLl"},
    **{ord(character): "" for character in " -"},
}


def encode_bits(data: bytes, bits: int) -> str:
    """Write the first `bits` bits of the data, five a character; missing bits at the end are zero.

    `bits` is a multiple of 5, and at most four bits are missing.
    """
    if bits % BITS or bits > 8 * len(data) + BITS - 1:
        raise ValueError(f"{bits} bits cannot be written from {len(data)} bytes")
    number = int.from_bytes(data, "big")
    spare = 8 * len(data) - bits
    number = number >> spare if spare >= 0 else number << -spare
    return "".join(ALPHABET[number >> shift & 31] for shift in range(bits - BITS, -1, -BITS))


def decode_bits(characters: str, length: int) -> bytes | None:
    """Give the `length` bytes that :func:`encode_bits` wrote as these characters, None if spare bits are set.

    The characters are capitals of the alphabet, as :func:`read_characters` gives them.
    """
    number = 0
    for character in characters:
        number = number << BITS | _VALUES[character]
    spare = BITS * len(characters) - 8 * length
    if not 0 <= spare < BITS:
        raise ValueError(f"{len(characters)} characters do not hold {length} bytes")
    if number & ((1 << spare) - 1):
        return None
    return (number >> spare).to_bytes(length, "big")


def in_groups(characters: str) -> str:
    """Join groups of four with hyphens."""
    return "-".join(characters[at : at + GROUP] for at in range(0, len(characters), GROUP))


def read_characters(text: str, count: int, place: str) -> str:
    """Read exactly `count` characters as people type them; `place` names the code in messages.

    Raises:
        InputError: a character that does not occur in codes, with its position, or another number of characters.
    """
    remedy = f"Type its {count} letters and digits as they are printed"
    characters = ""
    for typed in text:
        character = _READ.get(ord(typed))
        if character is None:
            group, position = divmod(len(characters), GROUP)
            problem = f"character {position + 1} of group {group + 1} is {typed!a}, which no code contains"
            raise InputError(place, problem, remedy)
        characters += character
        if len(characters) > count:
            raise InputError(place, f"it has more than {count} characters", remedy)
    if len(characters) < count:
        missing = count - len(characters)
        verb = "is" if missing == 1 else "are"
        raise InputError(place, f"it has {len(characters)} characters, {missing} {verb} missing", remedy)
    return characters


def fingerprint_text(fingerprint: bytes) -> str:
    """Write a session fingerprint of 32 bytes as it is shown: its first 160 bits in eight groups (SPEC §6.7)."""
    if len(fingerprint) != 32:
        raise ValueError("a fingerprint has 32 bytes")
    return in_groups(encode_bits(fingerprint, FINGERPRINT_BITS))


def read_fingerprint(text: str) -> str:
    """Read a fingerprint as people type it into the form of :func:`fingerprint_text`.

    Raises:
        InputError: not 32 characters of the alphabet.
    """
    return in_groups(read_characters(text, FINGERPRINT_BITS // BITS, "session fingerprint"))
