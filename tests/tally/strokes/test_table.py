"""The table of characters: whole, consistent with the official order, and honest about what it does not know."""

from itertools import pairwise

import pytest

from tally.strokes.table import (
    LEVELS,
    Strokes,
    UnknownCharacterError,
    character_of,
    differ_by_level,
    is_placed,
    known_characters,
    strokes_of,
)
from voting_core.errors import InputError

TABLE = known_characters()

# Rare characters of given names, and the one whose count was long in doubt, each from its parts.
RARE = [
    ("𬭎", 12, "311154451354"),  # 钅宏
    ("䶮", 9, "135341134"),  # 龙 above 天
    ("㛃", 9, "111253531"),  # 㓞 above 女
    ("𬱖", 11, "25121132534"),  # 由页
    ("𬸣", 15, "445112213435451"),  # the upper part of 寒, and 鸟
    ("𫖯", 12, "341534132534"),  # 兆页
    ("𬀩", 8, "25111152"),  # 日韦
    ("䂮", 11, "11125313251"),  # 㓞 above 石
]


def test_size():
    assert len(TABLE) == LEVELS[-1] == 8105
    assert "".join(character for character in TABLE if is_placed(character)) == "尨厖牻𨱇𦝼嶲酅觿"


def test_the_lists_of_6500_are_exact_without_exception():
    common = [character for character, strokes in TABLE.items() if strokes.rank <= 6500]

    assert len(common) == 6500
    assert not any(is_placed(character) for character in common)


@pytest.mark.parametrize(("first", "last"), [(1, 3500), (3501, 6500), (6501, 8105)])
def test_each_list_is_in_stroke_order(first, last):
    level = sorted((s for s in TABLE.values() if first <= s.rank <= last), key=lambda strokes: strokes.rank)

    assert all(one.count <= two.count for one, two in pairwise(level))


def test_exact_characters_are_in_order_of_sequence_within_each_list():
    for first, last in ((1, 3500), (3501, 6500), (6501, 8105)):
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
    [("一", 1, "1"), ("王", 4, "1121"), ("陈", 7, "5215234"), ("达", 6, "134454"), ("皙", 13, "1234331232511"), *RARE],
)
def test_known_characters(character, count, sequence):
    strokes = strokes_of(character)

    assert (strokes.count, strokes.sequence) == (count, sequence)


@pytest.mark.parametrize("character", ["A", "龘", "㼆", "〇", "陳", "·", ""])
def test_an_unknown_character_is_named_and_never_guessed(character):
    with pytest.raises(UnknownCharacterError) as caught:
        strokes_of(character, "某某")

    assert isinstance(caught.value, InputError)
    assert "某某" in str(caught.value)
    assert caught.value.character == character


def test_strokes_compare_by_count_then_sequence_then_place():
    assert Strokes(3, "555") < Strokes(4, "111") < Strokes(4, "112", 9) < Strokes(4, "121", 1)
    assert Strokes(4, "112", 1) < Strokes(4, "112", 2)


def test_a_character_is_found_by_its_place():
    assert all(character_of(strokes) == character for character, strokes in TABLE.items())


@pytest.mark.parametrize(
    ("one", "two", "differ"), [("余", "佘", True), ("佘", "余", True), ("仇", "化", False), ("王", "韦", False)]
)
def test_equal_strokes_of_different_levels(one, two, differ):
    assert differ_by_level(strokes_of(one), strokes_of(two)) is differ


@pytest.mark.parametrize(("one", "two", "differ"), [(3500, 3501, True), (3499, 3500, False), (3501, 6500, False)])
def test_the_last_character_of_a_level_belongs_to_it(one, two, differ):
    assert differ_by_level(Strokes(7, "3", one), Strokes(7, "3", two)) is differ
