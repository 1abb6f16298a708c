"""Places of candidates: by strokes, total, and by the sheet where strokes are not known."""

import pytest

from tally.decide.ordering import fixed_places, stroke_places
from tally.rules.common import NameOrder
from tally.strokes.table import Strokes, UnknownCharacterError

SURNAME = NameOrder.SURNAME_STROKES


def test_places_follow_strokes_and_not_ids():
    places = stroke_places([("a", "陈静"), ("b", "王海"), ("c", "李娟")], SURNAME)

    assert places.ordered(["a", "b", "c"]) == ("b", "c", "a")
    assert places.doubts_about(["a", "b", "c"]) == ()


def test_equal_names_keep_the_order_of_the_sheet():
    places = stroke_places([("z", "王海"), ("a", "王海"), ("m", "丁海")], SURNAME)

    assert places.ordered(["a", "m", "z"]) == ("m", "z", "a")


def test_given_strokes_take_precedence_and_are_not_in_doubt():
    given = {"龘海": {0: Strokes(1, "1")}}

    places = stroke_places([("a", "王海"), ("b", "龘海")], SURNAME, given)
    assert places.ordered(["a", "b"]) == ("b", "a")
    assert places.doubts_about(["a", "b"]) == ()


NAMES = {"a": "陈静", "b": "龘海", "c": "王海", "d": "李娟"}
WRITTEN = [("w", "孙强")]


def test_a_contest_keeps_the_order_that_it_fixed():
    places = fixed_places(["c", "a", "b", "d"], NAMES, [], SURNAME)

    assert places.ordered(list(NAMES)) == ("c", "a", "b", "d")
    assert places.doubts_about(list(NAMES)) == ()


def test_a_person_written_in_stands_after_the_last_row_that_is_not_later_by_strokes():
    def order(fixed, written):
        return fixed_places(fixed, NAMES, written, SURNAME).ordered([*fixed, *(i for i, _ in written)])

    assert order(["c", "d", "a"], WRITTEN) == ("c", "w", "d", "a")
    assert order(["d", "a"], WRITTEN) == ("w", "d", "a")
    assert order(["c"], WRITTEN) == ("c", "w")
    # An order by hand: 王 stands last, and 孙 follows it.
    assert order(["d", "a", "c"], WRITTEN) == ("d", "a", "c", "w")
    assert order(["c"], [("w", "王海")]) == ("c", "w")
    assert order(["c", "d"], [("x", "李海"), ("w", "孙强"), ("v", "孙强")]) == ("c", "w", "v", "x", "d")


def test_a_written_name_is_placed_in_the_order_of_the_rule_set():
    def order(mode):
        return fixed_places(["a"], {"a": "田大利"}, [("w", "田富")], mode).ordered(["a", "w"])

    assert order(NameOrder.SURNAME_STROKES) == ("w", "a")
    assert order(NameOrder.FULL_NAME_STROKES) == ("a", "w")


def test_written_names_of_unknown_strokes_keep_the_order_of_the_sheet():
    written = [("z", "龘强"), ("w", "孙强"), ("y", "龘明")]

    assert fixed_places(["c"], NAMES, written, SURNAME).ordered(["w", "y", "z", "c"]) == ("c", "w", "z", "y")
    assert fixed_places([], {}, written, SURNAME).ordered(["w", "y", "z"]) == ("w", "z", "y")


def test_rows_of_unknown_strokes_place_nobody():
    places = fixed_places(["c", "d", "b"], NAMES, WRITTEN, SURNAME)

    assert places.ordered(["w", "b", "c", "d"]) == ("c", "w", "d", "b")


def test_a_written_name_of_unknown_strokes_stands_at_the_end_and_is_in_doubt():
    places = fixed_places(["c", "d"], NAMES, [("x", "龘强"), ("w", "孙强")], SURNAME)

    assert places.ordered(["x", "w", "d", "c"]) == ("c", "w", "d", "x")
    assert places.doubts_about(["c", "w", "x"]) == ("龘",)
    assert places.doubts_about(["c", "w"]) == ()


def test_elsewhere_unknown_strokes_are_an_error():
    with pytest.raises(UnknownCharacterError):
        stroke_places([("a", "龘海")], SURNAME)
