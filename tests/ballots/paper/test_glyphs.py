from importlib.resources import files
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from ballots.paper.glyphs import check_text, check_value, missing_character
from tally.strokes.table import known_characters
from voting_core.errors import InputError


def test_every_character_of_the_list_of_strokes_can_be_printed() -> None:
    assert missing_character("".join(known_characters())) is None


def test_every_character_of_gb_2312_can_be_printed() -> None:
    pairs = [bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    text = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    assert len(text) > 7000
    assert missing_character(text) is None


@pytest.mark.parametrize(
    "text", ["买买提·吐尔逊江·阿布都热合曼", "𬭎䶮堃犇喆赟䂮", "○×△—“”（）《》〇　", "Aé ü 12.5 %", ""]
)
def test_names_and_signs_can_be_printed(text: str) -> None:
    assert missing_character(text) is None


@pytest.mark.parametrize(
    ("text", "character"), [("张𠀀三", "𠀀"), ("a\nb", "\n"), ("a\tb", "\t"), ("李\u200b四", "\u200b"), ("😀", "😀")]
)
def test_what_the_fonts_lack_is_told(text: str, character: str) -> None:
    assert missing_character(text) == character


def test_the_refusal_has_place_text_and_character() -> None:
    with pytest.raises(InputError, match=r'^rows\[3\]\.name: "张𠀀三" has .*U00020000.* \(𠀀\)') as caught:
        check_text("张𠀀三", "rows[3].name")
    assert caught.value.place == "rows[3].name"


def test_a_value_is_looked_through() -> None:
    check_value({"𠀀": ["甲", 3, True, {"b": "乙"}]}, "report")
    with pytest.raises(InputError) as caught:
        check_value({"a": ["甲", {"b": "乙𠀀"}], "c": 1}, "report")
    assert caught.value.place == "report.a[1].b"


@pytest.mark.parametrize("name", ["plenum-song.otf", "plenum-hei.otf"])
def test_the_table_is_what_both_fonts_have(name: str) -> None:
    content = (files("ballots.paper") / "fonts" / name).read_bytes()
    font = TTFont(BytesIO(content), lazy=True)
    points = set(font.getBestCmap())
    table = (files("ballots.paper") / "fonts/characters.txt").read_text(encoding="ascii")
    ends = [[int(end, 16) for end in line.split("-")] for line in table.split()]
    listed = {point for first, last in ends for point in range(first, last + 1)}
    assert listed <= points
    assert len(points - listed) < 10
