"""Readings of characters and names."""

import pytest

from api.services.pinyin import COMPOUNDS, SURNAMES, folded, readings_of, readings_of_name
from tally.strokes.order import COMPOUND_SURNAMES


@pytest.mark.parametrize(
    ("surname", "reading"),
    [("单", "shan"), ("解", "xie"), ("区", "ou"), ("仇", "qiu"), ("查", "zha"), ("朴", "piao"), ("任", "ren")],
)
def test_a_surname_is_read_as_a_surname_first_and_as_anything_else_too(surname: str, reading: str) -> None:
    first, *others = readings_of_name(surname + "文")[0]
    assert first == reading
    assert set(readings_of(surname)) <= {first, *others}


def test_only_the_surname_is_read_as_one() -> None:
    assert readings_of_name("文单")[1][0] == readings_of("单")[0] != "shan"


@pytest.mark.parametrize(
    ("name", "readings"),
    [("单于雄", ("chan", "yu")), ("万俟明", ("mo", "qi")), ("尉迟恭", ("yu", "chi")), ("长孙晟", ("zhang", "sun"))],
)
def test_a_compound_surname_has_readings_of_its_own(name: str, readings: tuple[str, ...]) -> None:
    assert tuple(one[0] for one in readings_of_name(name)[:2]) == readings


def test_two_characters_are_no_compound_surname_alone() -> None:
    assert readings_of_name("单于")[0][0] == "shan"


def test_every_reading_of_the_tables_is_one_that_is_typed_and_needed() -> None:
    assert set(COMPOUNDS) <= COMPOUND_SURNAMES
    assert all(reading.isascii() and reading.isalpha() for reading in SURNAMES.values())
    assert all(len(name) == 1 for name in SURNAMES)


def test_every_way_of_typing_an_umlaut_is_known() -> None:
    assert readings_of_name("吕")[0][:1] == ("lv",)
    assert {"lv", "lu", "lyu"} <= set(readings_of_name("吕")[0])
    assert folded("Lǚ Bù") == "lvbu"


@pytest.mark.parametrize(
    ("text", "plain"),
    [("买买提·艾山", "买买提艾山"), ("００１２", "0012"), ("Zhāng Wěi", "zhangwei"), ("A-7", "a7"), ("xi'an", "xian")],
)
def test_text_is_folded_before_it_is_compared(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_a_character_that_nobody_can_read_has_no_reading() -> None:
    assert readings_of("。") == ()
    assert readings_of("A") == ("a",)
