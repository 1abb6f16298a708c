"""The order of names: known lists, both modes, compound surnames, names with a dot, and all names of the examples."""

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.rules.common import NameOrder
from tally.strokes.order import (
    COMPOUND_SURNAMES,
    doubtful_characters,
    name_key,
    order_names,
    plain_name,
    surname_length,
    unknown_characters,
)
from tally.strokes.table import Strokes, UnknownCharacterError, known_characters
from tests.independent.outcome import COMPOUNDS

SURNAME, FULL = NameOrder.SURNAME_STROKES, NameOrder.FULL_NAME_STROKES

# 巴 stands before 孔 in the official list: equal count and classes, and the second stroke of 孔 is a hooked 竖.
FOUR_STROKES = "王韦尤车水牛毛仇文方计尹巴孔邓毋"


@given(st.permutations(FOUR_STROKES))
def test_surnames_of_four_strokes(shuffled):
    assert "".join(order_names(shuffled, SURNAME)) == FOUR_STROKES


# The surnames of lists that were officially printed in the order of surname strokes.
PRINTED = ("丁习马王尹石刘李何张陈赵袁黄蔡", "马王刘许孙李汪张范孟赵胡俞栗郭韩", "王朱刘孙李杨张陈")


@given(st.sampled_from(PRINTED), st.randoms(use_true_random=False))
def test_printed_lists(printed, chance):
    shuffled = list(printed)
    chance.shuffle(shuffled)

    assert "".join(order_names(shuffled, SURNAME)) == printed


@pytest.mark.parametrize(
    "printed",
    [
        "王坚 王沪生",
        "李希 李强 李干林 李书林 李鸿林",
        "何卫林 何立林",
        "张又林 张国林",
        "陈文林 陈吉林 陈敏林",
        "李克林 李建林 李源林",
        "张春林 张高林 张德林",
        "刘云林 刘延林 刘奇林",
    ],
)
def test_given_names_as_in_printed_lists(printed):
    names = printed.split(" ")

    assert list(order_names(reversed(names), SURNAME)) == names


def test_rare_characters_have_their_place():
    names = ["王䶮", "王𬀩", "王㛃", "王𬱖", "王𬭎", "王𫖯", "王𬸣"]

    assert order_names(names, SURNAME) == ("王𬀩", "王㛃", "王䶮", "王𬱖", "王𬭎", "王𫖯", "王𬸣")
    assert order_names(["䶮明", "龙明", "谢明"], SURNAME) == ("龙明", "䶮明", "谢明")


def test_equal_counts_fall_back_on_the_sequence():
    names = ["陈静", "张伟", "杨光", "李娟", "孙强", "刘芳", "朱明", "王海"]

    assert order_names(names, SURNAME) == ("王海", "朱明", "刘芳", "孙强", "李娟", "杨光", "张伟", "陈静")


def test_a_given_name_of_one_character_in_both_modes():
    assert order_names(["田大利", "田富"], SURNAME) == ("田富", "田大利")
    assert order_names(["田大利", "田富"], FULL) == ("田大利", "田富")


def test_one_character_given_names_are_compared_with_each_other():
    assert order_names(["王海", "王大利", "王刚"], SURNAME) == ("王刚", "王海", "王大利")


def test_compound_surnames_sort_by_their_first_character():
    names = ["诸葛明", "欧阳志远", "司马懿", "欧阳明", "杨光"]

    assert order_names(names, SURNAME) == ("司马懿", "杨光", "欧阳明", "欧阳志远", "诸葛明")
    assert order_names(names, FULL) == ("司马懿", "杨光", "欧阳志远", "欧阳明", "诸葛明")


@pytest.mark.parametrize("surname", ["万俟", "呼延", "尉迟", "哥舒", "贺兰", "第二", "第五", "羊舌", "闾丘"])
def test_a_compound_surname_with_a_given_name_of_one_character(surname):
    names = [f"{surname}一一", f"{surname}明"]

    assert surname_length(names[1]) == 2
    assert order_names(names, SURNAME) == (names[1], names[0])
    assert order_names(names, FULL) == (names[0], names[1])


def test_two_characters_are_a_surname_and_a_given_name():
    assert surname_length("东方") == 1
    assert order_names(["东一一", "东方"], SURNAME) == ("东方", "东一一")
    assert order_names(["东一一", "东方"], FULL) == ("东一一", "东方")


def test_the_specification_and_the_second_implementation_have_the_same_compound_surnames():
    text = Path("docs/spec/13-rules.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("> 欧阳"))

    assert len(COMPOUND_SURNAMES) == 103
    assert set(line.removeprefix("> ").split(" ")) == COMPOUND_SURNAMES == COMPOUNDS


def test_joined_surnames_sort_by_the_first():
    names = ["张李玉兰", "李娟", "张李兰", "张兰"]

    assert surname_length("张李玉兰") == 1
    assert order_names(names, SURNAME) == ("李娟", "张兰", "张李玉兰", "张李兰")


def test_names_of_minorities_sort_by_their_first_character():
    names = ["阿不都·热西提", "才让卓玛", "买买提·艾山"]

    assert order_names(names, SURNAME) == ("才让卓玛", "买买提·艾山", "阿不都·热西提")


@pytest.mark.parametrize("written", ["王　海", "王 海", "王海（女）", "王海(女,苗族)", " 王海"])
def test_blanks_and_notes_do_not_count(written):
    assert plain_name(written) == "王海"
    assert name_key(written, SURNAME) == name_key("王海", SURNAME)


@pytest.mark.parametrize("dot", "··•‧∙・．")
def test_all_dots_are_one(dot):
    assert plain_name(f"买买提{dot}艾山") == "买买提艾山"


@pytest.mark.parametrize("name", ["王A", "", "（女）", "John"])
def test_unknown_characters_are_reported_with_the_name(name):
    with pytest.raises(UnknownCharacterError):
        name_key(name, SURNAME)


def test_given_strokes_take_precedence():
    assert name_key("龘海", SURNAME, {0: Strokes(48, "41431")})[0] == Strokes(48, "41431")
    assert name_key("王海", SURNAME, {0: Strokes(1, "5")})[0] == Strokes(1, "5")


def test_equal_names_keep_their_order():
    names = ["王海（东河镇）", "丁海", "王海（西岭乡）"]

    assert order_names(names, SURNAME) == ("丁海", "王海（东河镇）", "王海（西岭乡）")


def test_doubtful_characters_are_named_once():
    assert doubtful_characters(["王海", "张尨", "李尨", "龘𬭎"]) == ("尨", "龘")


def test_unknown_characters_are_named_once():
    assert unknown_characters(["王海", "龘A", "A龘·（女）"]) == ("龘", "A")


def names_of_examples():
    for path in sorted(Path("examples").glob("*/*.csv")):
        with path.open(encoding="utf-8-sig") as file:
            yield from (row["姓名"] for row in csv.DictReader(file))
    for path in sorted(Path("examples").glob("*/session.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["scrutineers"]["names"]


def test_all_names_of_the_examples_have_a_key():
    names = list(names_of_examples())

    assert len(names) > 500
    for name in names:
        assert name_key(name, SURNAME)
        assert name_key(name, FULL)


characters = st.sampled_from(sorted(known_characters()))
names = st.text(characters, min_size=1, max_size=4)


@given(st.lists(names, max_size=12), st.sampled_from(NameOrder))
def test_the_order_does_not_depend_on_how_the_names_came(values, mode):
    keys = [name_key(name, mode) for name in order_names(reversed(values), mode)]

    assert keys == sorted(name_key(name, mode) for name in values)


@given(names, names)
def test_more_strokes_in_the_surname_always_come_later(one, two):
    first, second = name_key(one, SURNAME)[0], name_key(two, SURNAME)[0]

    if first.count < second.count:
        assert order_names([two, one], SURNAME) == (one, two)
