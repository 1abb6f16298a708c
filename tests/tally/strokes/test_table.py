"""The table of characters: whole, consistent with the official order, and honest about what it does not know."""

from itertools import pairwise

import pytest

from tally.strokes.table import Strokes, UnknownCharacterError, is_placed, known_characters, strokes_of
from voting_core.errors import InputError

TABLE = known_characters()


def test_size():
    assert len(TABLE) == 8104
    assert sum(is_placed(character) for character in TABLE) == 1334


def test_the_first_list_of_3500_is_exact_without_exception():
    common = [character for character, strokes in TABLE.items() if strokes.rank <= 3500]

    assert len(common) == 3500
    assert not any(is_placed(character) for character in common)


@pytest.mark.parametrize(("first", "last"), [(1, 3500), (3501, 6500), (6501, 8104)])
def test_each_list_is_in_stroke_order(first, last):
    level = sorted((s for s in TABLE.values() if first <= s.rank <= last), key=lambda strokes: strokes.rank)

    assert all(one.count <= two.count for one, two in pairwise(level))


def test_exact_characters_are_in_order_of_sequence_within_each_list():
    for first, last in ((1, 3500), (3501, 6500), (6501, 8104)):
        exact = [s for c, s in TABLE.items() if first <= s.rank <= last and not is_placed(c)]
        exact.sort(key=lambda strokes: strokes.rank)
        assert all((a.count, a.sequence) <= (b.count, b.sequence) for a, b in pairwise(exact))


def test_a_sequence_has_one_class_for_each_stroke():
    for character, strokes in TABLE.items():
        assert set(strokes.sequence) <= set("12345")
        if not is_placed(character):
            assert len(strokes.sequence) == strokes.count


@pytest.mark.parametrize(
    ("character", "count", "sequence"),
    [("一", 1, "1"), ("王", 4, "1121"), ("陈", 7, "5215234"), ("达", 6, "134454"), ("皙", 13, "1234331232511")],
)
def test_known_characters(character, count, sequence):
    strokes = strokes_of(character)

    assert (strokes.count, strokes.sequence) == (count, sequence)


@pytest.mark.parametrize("character", ["A", "龘", "䂮", "·", ""])
def test_an_unknown_character_is_named_and_never_guessed(character):
    with pytest.raises(UnknownCharacterError) as caught:
        strokes_of(character, "某某")

    assert isinstance(caught.value, InputError)
    assert "某某" in str(caught.value)
    assert caught.value.character == character


def test_strokes_compare_by_count_then_sequence_then_place():
    assert Strokes(3, "555") < Strokes(4, "111") < Strokes(4, "112", 9) < Strokes(4, "121", 1)
    assert Strokes(4, "112", 1) < Strokes(4, "112", 2)
