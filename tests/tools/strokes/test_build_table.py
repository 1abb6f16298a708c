"""The program that builds the table of strokes, on small lists, and the table against its hand-made parts."""

import pytest

from tally.strokes.table import LEVELS, is_placed, known_characters, strokes_of
from tools.strokes import build_table, by_hand
from tools.strokes.compose import Composer

BY_HAND = {**by_hand.ACROSS, **by_hand.DOWN, **by_hand.AROUND, **by_hand.WRITTEN}


def test_a_placed_character_gets_the_sequence_of_a_neighbour_of_its_count():
    exact, counts = {"一": "12", "七": "15", "三": "111"}, {"丁": 2, "上": 3}

    assert build_table.place(["一", "丁", "七", "上", "三"], exact, counts) == [
        ("一", 2, "12", "="),
        ("丁", 2, "12", "~"),
        ("七", 2, "15", "="),
        ("上", 3, "111", "~"),
        ("三", 3, "111", "="),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_count_that_no_neighbour_has_stops_the_program(count):
    with pytest.raises(SystemExit, match="no neighbour of 丁 has its count"):
        build_table.place(["一", "丁", "七"], {"一": "12", "七": "15"}, {"丁": count})


@pytest.mark.parametrize(
    "rows",
    [
        [("甲", 5, "11111", "="), ("乙", 4, "1111", "=")],
        [("甲", 5, "11112", "="), ("乙", 5, "11111", "=")],
        [("甲", 5, "11111", "~"), ("乙", 4, "1111", "=")],
    ],
)
def test_rows_against_the_official_order_stop_the_program(rows):
    with pytest.raises(SystemExit, match="stands before"):
        build_table.check(rows)


def test_a_character_whose_parts_nobody_knows_stops_the_program():
    with pytest.raises(SystemExit, match="the parts of 甲 are not known"):
        build_table.composed(["甲"], {}, Composer({}, {}))


def test_a_character_is_composed_unless_it_is_known_or_left_placed():
    exact = {"日": "2511", "月": "3511"}
    parts = {"明": ("a", ("日", "月")), "尨": ("a", ("日", "月")), "日": ("a", ("月", "月"))}

    composer = build_table.composer_of(["日", "月", "明", "尨"], exact, parts)
    assert build_table.composed(["日", "月", "明", "尨"], exact, composer) == {"明": "25113511"}


def test_known_characters_that_come_out_differently_are_counted():
    exact = {"日": "2511", "月": "3511", "明": "25113511", "朋": "35113511", "昌": "25112512"}
    parts = {"明": ("a", ("日", "月")), "朋": ("ra", ("月",)), "昌": ("d", ("日", "日"))}

    assert build_table.measure(list(exact), exact, build_table.composer_of(list(exact), exact, parts)) == (3, 1)


def counts_of(made):
    return {char: len(sequence) for char, sequence in made.items()}


def test_a_count_that_differs_from_unihan_stops_the_program_unless_it_is_explained():
    made = {"明": "25113511"} | dict.fromkeys(by_hand.OTHER_COUNTS, "1")
    explained = counts_of(made) | dict.fromkeys(by_hand.OTHER_COUNTS, 2)
    build_table.check_counts(made, explained)

    with pytest.raises(SystemExit, match="明"):
        build_table.check_counts(made, explained | {"明": 9})
    with pytest.raises(SystemExit, match=by_hand.OTHER_COUNTS[0]):
        build_table.check_counts(made, explained | {by_hand.OTHER_COUNTS[0]: 1})


def test_decompositions_by_hand_come_before_those_of_the_source():
    parts = build_table.all_parts({"鿍": ("a", ("土", "网")), "明": ("a", ("日", "月"))})

    assert parts["鿍"] == ("a", ("土", "夅"))
    assert parts["明"] == ("a", ("日", "月"))
    assert (parts["䂮"], parts["𬮱"], parts["𫷷"]) == (("d", ("㓞", "石")), ("st", ("门", "垔")), ("stl", ("广", "钦")))


def test_every_character_is_written_by_hand_once():
    lists = (by_hand.ACROSS, by_hand.DOWN, by_hand.AROUND, by_hand.WRITTEN, by_hand.LEFT_PLACED, by_hand.CORRECTIONS)

    assert sum(map(len, lists)) == len(set().union(*lists))


def test_the_table_has_the_parts_that_were_made_by_hand():
    for character, sequence in {**by_hand.CORRECTIONS, **by_hand.WRITTEN}.items():
        assert strokes_of(character).sequence == sequence
    assert {character for character in known_characters() if is_placed(character)} == set(by_hand.LEFT_PLACED)
    assert not any(map(is_placed, BY_HAND))


def test_parts_give_the_sequences_of_the_table():
    known = {char: strokes.sequence for char, strokes in known_characters().items()} | by_hand.FORMS
    composer = Composer(known, build_table.all_parts({}))
    whole = [char for char, parts in {**by_hand.ACROSS, **by_hand.DOWN}.items() if all(part in known for part in parts)]

    assert len(whole) > 60
    # Without the forms that were learnt from the whole list, 车 on the left is the one that comes out differently.
    different = [char for char in whole if composer.compose(char) != known[char]]
    assert all("车" in by_hand.ACROSS.get(char, "") for char in different)


def test_the_levels_of_the_table_are_those_of_the_program():
    assert (0, *LEVELS) == build_table.LEVELS
