"""Sequences by parts: forms that parts show in a place, and what is not composed."""

import pytest

from tools.strokes.compose import Composer

KNOWN = {
    "车": "1512",
    "仑": "3435",
    "轮": "15213435",
    "军": "451512",
    "冖": "45",
    "口": "251",
    "门": "425",
    "寸": "124",
}


def composer(parts, learnt="", known=KNOWN):
    made = Composer(known, parts)
    made.learn(learnt)
    return made


@pytest.mark.parametrize(
    ("parts", "sequence"),
    [
        (("a", ("口", "仑")), "2513435"),
        (("d", ("口", "寸")), "251124"),
        (("a", ("口", "寸", "口")), "251124251"),
        (("st", ("门", "口")), "425251"),
        (("s", ("囗", "寸")), "251241"),
        (("ra", ("口",)), "251251"),
        (("r3tr", ("口",)), "251251251"),
        (("w", ("口", "寸")), None),
        (("a/m", ("口", "寸")), None),
        (("st", ("口", "门")), None),
        (("a", ("口", "甲")), None),
    ],
)
def test_parts_that_are_written_one_after_the_other(parts, sequence):
    assert composer({"某": parts}).compose("某") == sequence


def test_the_road_is_written_last():
    assert composer({"某": ("sbl", ("辶", "寸"))}, known=KNOWN | {"辶": "454"}).compose("某") == "124454"


def test_the_form_of_a_place_is_learnt_from_two_characters():
    parts = {"轮": ("a", ("车", "仑")), "轲": ("a", ("车", "寸")), "某": ("a", ("车", "口"))}
    known = KNOWN | {"轲": "1521124"}

    assert composer(parts, "", known).compose("某") == "1512251"
    assert composer(parts, "轮", known).compose("某") == "1512251"
    assert composer(parts, "轮轲", known).compose("某") == "1521251"


def test_a_form_is_learnt_for_its_place_only():
    parts = {"轮": ("a", ("车", "仑")), "轲": ("a", ("车", "寸")), "某": ("d", ("口", "车"))}

    assert composer(parts, "轮轲", KNOWN | {"轲": "1521124"}).compose("某") == "2511512"


def test_a_part_that_is_no_character_is_learnt_from_one():
    parts = {"甲": ("a", ("10001", "口")), "某": ("a", ("10001", "寸"))}
    made = composer(parts, "甲", KNOWN | {"甲": "333251"})

    assert made.shown("10001") == "333"
    assert made.compose("某") == "333124"


def test_a_part_of_which_characters_show_different_forms_is_not_known():
    parts = {"甲": ("a", ("10001", "口")), "乙": ("a", ("10001", "寸")), "某": ("a", ("10001", "仑"))}
    made = composer(parts, "甲乙", KNOWN | {"甲": "333251", "乙": "332124"})

    assert made.shown("10001") is None
    assert made.compose("某") is None


def test_a_part_is_composed_itself():
    parts = {"10002": ("d", ("口", "寸")), "某": ("a", ("车", "10002"))}

    assert composer(parts).compose("某") == "1512251124"


def test_parts_that_contain_each_other_are_not_composed():
    assert composer({"某": ("a", ("甲", "口")), "甲": ("a", ("某", "口"))}).compose("某") is None


def test_a_known_character_is_composed_as_if_nothing_was_learnt_from_it():
    parts = {"轮": ("a", ("车", "仑")), "轲": ("a", ("车", "寸"))}
    made = composer(parts, "轮轲", KNOWN | {"轲": "1521124"})

    assert made.without("轮") == "15123435"
    assert made.compose("轮") == "15213435"
