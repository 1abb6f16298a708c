"""Two meanings with one hash (SPEC §3.1 to §3.5).

Where parts are joined without their lengths, the end of one can be moved into the next, and what was committed to turns
out to be something else. Where values are turned into text for hashing, nothing, an empty list and the word
"null" can be the same. And a hash cut down to a range that does not divide evenly prefers some of its values.
"""

import hashlib
from collections import Counter
from fractions import Fraction
from itertools import combinations, product

import pytest

from voting_core.codec import JsonValue, canonical
from voting_core.errors import EncodingError
from voting_core.framing import digest, frames, u64
from voting_core.group import Q
from voting_core.hash_to_group import expand_message_xmd, hash_to_scalar
from voting_core.params import Tag
from voting_core.transcript import Transcript

SESSION = bytes(range(32))


def weak_digest(*parts: str | bytes | int) -> bytes:
    """Joins what it is given, as text or bytes, without lengths."""
    joined = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)
    return hashlib.sha256(joined).digest()


def test_a_commitment_of_one_attempt_is_one_of_another_trustee() -> None:
    """Attempt 1 of trustee 11 and attempt 11 of trustee 1: a commitment could be moved to where it helps."""
    deal = b"\x07" * 32
    assert weak_digest(SESSION, 1, 11, deal) == weak_digest(SESSION, 11, 1, deal)
    ours = {digest(Tag.DEAL_COMMITMENT, SESSION, u64(a), u64(i), deal) for a, i in product((1, 11), repeat=2)}
    assert len(ours) == 4


def test_a_name_gives_its_end_to_the_next_field() -> None:
    assert weak_digest("张三", "丰") == weak_digest("张", "三丰")
    assert digest(Tag.ROSTER, "张三".encode(), "丰".encode()) != digest(Tag.ROSTER, "张".encode(), "三丰".encode())


def test_no_two_lists_of_parts_have_the_same_frames() -> None:
    """All lists of up to three parts of up to two letters."""
    parts = [b"", b"a", b"b", b"aa", b"ab", b"ba", b"bb", b"\x00", b"\x01\x00"]
    lists = [chosen for length in range(4) for chosen in product(parts, repeat=length)]
    assert len({frames(*chosen) for chosen in lists}) == len(lists)
    assert len({b"".join(chosen) for chosen in lists}) < len(lists) / 2


def test_a_label_of_a_transcript_gives_its_end_to_the_value() -> None:
    def challenge(*absorbed: tuple[str, bytes]) -> int:
        transcript = Transcript(Tag.ARGUMENT)
        for label, data in absorbed:
            transcript.absorb(label, data)
        return transcript.challenge("w")

    split = [
        (("key", b"abc"),),
        (("keya", b"bc"),),
        (("key", b"ab"), ("c", b"")),
        (("key", b""), ("abc", b"")),
        (("key", b"abc"), ("", b"")),
    ]
    assert len({challenge(*absorbed) for absorbed in split}) == len(split)
    assert len({weak_digest(*(part for pair in absorbed for part in pair)) for absorbed in split}) == 1


def weak_hash_of(value: object) -> bytes:
    """How one reference implementation hashed absent and empty values: all as the word null."""
    return hashlib.sha256(b"null" if not value else str(value).encode()).digest()


def test_nothing_an_empty_list_and_the_word_null_are_three_things() -> None:
    assert weak_hash_of(None) == weak_hash_of([]) == weak_hash_of("null") == weak_hash_of(0)
    with pytest.raises(EncodingError):
        canonical(None)  # type: ignore[arg-type]  # there is no null
    values: list[JsonValue] = [[], "", "null", "[]", 0, "0", False, "false", {}, {"a": []}, {"a": ""}, [[]], [""], [0]]
    assert len({canonical(value) for value in values}) == len(values)


def test_a_list_of_one_is_not_its_element() -> None:
    assert weak_digest(*["a"]) == weak_digest("a")
    assert len({canonical("a"), canonical(["a"]), canonical([["a"]]), canonical({"a": "a"})}) == 4


def test_the_same_bytes_for_two_purposes_have_two_hashes() -> None:
    """Without a tag, a contest that is cut to fit could be the rule set that decides it."""
    assert weak_digest(SESSION) == weak_digest(SESSION)
    assert len({digest(tag, SESSION) for tag in Tag}) == len(Tag)
    for one, two in combinations(Tag, 2):
        assert one.raw != two.raw
        # Nor can the rest of a longer tag pass for content.
        assert digest(one, two.raw, SESSION) != digest(two, one.raw, SESSION)


def distance(outcomes: int, modulus: int) -> Fraction:
    """How far a uniform number below `outcomes`, taken modulo `modulus`, is from uniform (statistical distance)."""
    rest = outcomes % modulus
    return Fraction(rest * (modulus - rest), outcomes * modulus)


def test_a_hash_cut_to_a_range_prefers_some_values_and_a_wide_one_does_not() -> None:
    """One byte modulo 150: the first 106 values come twice as often, and an attacker bets on them."""
    narrow = Counter(byte % 150 for byte in range(256))
    assert {narrow[value] for value in range(106)} == {2}
    assert {narrow[value] for value in range(106, 150)} == {1}
    assert distance(256, 150) > Fraction(1, 9)
    # A scalar is 64 bytes modulo q, which nobody tells from uniform.
    assert distance(2**512, Q) < Fraction(1, 2**258)
    wide = int.from_bytes(expand_message_xmd(b"message", b"tag", 64), "little")
    assert wide > 2**500
    assert hash_to_scalar(b"message", b"tag") == wide % Q
