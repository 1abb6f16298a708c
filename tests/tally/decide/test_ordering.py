"""Places of candidates: by strokes, total, and by the sheet where strokes are not known."""

import pytest

from tally.decide.ordering import places_for_contest, stroke_places
from tally.rules.families import NameOrder
from tally.strokes.table import Strokes, UnknownCharacterError

SURNAME = NameOrder.SURNAME_STROKES


def test_places_follow_strokes_and_not_ids():
    places = stroke_places([("a", "陈静"), ("b", "王海"), ("c", "李娟")], SURNAME)

    assert places.ordered(["a", "b", "c"]) == ("b", "c", "a")
    assert places.doubtful == ()


def test_equal_names_keep_the_order_of_the_sheet():
    places = stroke_places([("z", "王海"), ("a", "王海"), ("m", "丁海")], SURNAME)

    assert places.ordered(["a", "m", "z"]) == ("m", "z", "a")


def test_given_strokes_take_precedence_and_are_not_in_doubt():
    given = {"龘海": {0: Strokes(1, "1")}}

    places = stroke_places([("a", "王海"), ("b", "龘海")], SURNAME, given)
    assert places.ordered(["a", "b"]) == ("b", "a")
    assert places.doubtful == ()


def test_a_contest_is_decided_even_when_strokes_are_not_known():
    places = places_for_contest([("a", "陈静"), ("b", "龘海"), ("c", "王海")], SURNAME)

    assert places.ordered(["c", "b", "a"]) == ("a", "b", "c")
    assert places.doubtful == ("龘",)


def test_a_placed_character_orders_and_is_in_doubt():
    places = places_for_contest([("a", "陈静"), ("b", "张尨")], SURNAME)

    assert places.ordered(["a", "b"]) == ("b", "a")
    assert places.doubtful == ("尨",)


def test_elsewhere_unknown_strokes_are_an_error():
    with pytest.raises(UnknownCharacterError):
        stroke_places([("a", "龘海")], SURNAME)
