"""The program that builds the table of strokes, on small lists, and the table against its hand-made parts."""

import importlib.util
from pathlib import Path

import pytest

from tally.strokes.table import is_placed, strokes_of

SPEC = importlib.util.spec_from_file_location("build_table", Path("tools/strokes/build_table.py"))
assert SPEC is not None
assert SPEC.loader is not None
build_table = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(build_table)


def test_a_gap_gets_the_sequence_of_its_neighbour_of_equal_count():
    assert build_table.place(["一", "丁", "七"], {"一": "12", "七": "15"}) == [
        ("一", 2, "12", "="),
        ("丁", 2, "12", "~"),
        ("七", 2, "15", "="),
    ]


def test_where_the_count_changes_it_is_told():
    exact = {"尢": "135", "殳": "3554"}

    assert build_table.place(["尢", "彳", "卬", "殳"], exact)[1:3] == [("彳", 3, "135", "~"), ("卬", 4, "3554", "~")]


def test_a_count_that_nobody_knows_stops_the_program():
    with pytest.raises(SystemExit, match="not known"):
        build_table.place(["尢", "一", "殳"], {"尢": "135", "殳": "3554"})


def test_a_character_without_a_certain_count_is_left_out():
    assert [row[0] for row in build_table.place(["尢", "䂮", "殳"], {"尢": "135", "殳": "3554"})] == ["尢", "殳"]


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


def test_the_table_has_the_parts_that_were_made_by_hand():
    for character, sequence in build_table.CORRECTIONS.items():
        assert strokes_of(character).sequence == sequence
    for count, characters in build_table.COUNTS.items():
        for character in characters:
            assert strokes_of(character).count == count
            assert is_placed(character)
