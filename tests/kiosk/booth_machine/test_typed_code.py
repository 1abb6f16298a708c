"""The pad: groups of four, one of them in sight, slips mended in their group."""

import pytest

from kiosk.booth_machine.typed_code import BACK, GROUPS, UNTYPED, TypedCode
from voting_core.errors import StateError

CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def typed(text: str, at: TypedCode = UNTYPED) -> TypedCode:
    for character in text:
        at = at.key(character)
    return at


def test_a_code_is_complete_at_its_last_character() -> None:
    assert typed(CODE[:-1]).text == ""
    assert typed(CODE).text == CODE
    assert typed(CODE[:5]).at == 1


def test_a_slip_is_mended_in_its_group() -> None:
    wrong = typed("0000" + CODE[4:])
    assert wrong.look(0).key("0").text == ""
    assert typed(CODE[:4], wrong.look(0)).text == CODE


def test_the_last_character_is_taken_back_across_groups() -> None:
    assert typed(CODE[:6]).key(BACK).groups[1] == CODE[4]
    assert typed(CODE[:4]).key(BACK).groups[0] == CODE[:3]
    assert UNTYPED.key(BACK) == UNTYPED


@pytest.mark.parametrize("key", ["U", "a", "", "AB", "-"])
def test_the_pad_has_no_other_keys(key: str) -> None:
    with pytest.raises(StateError, match="no such key"):
        UNTYPED.key(key)


def test_there_are_so_many_groups_and_they_are_in_no_text() -> None:
    for group in (-1, GROUPS):
        with pytest.raises(StateError, match="no such group"):
            UNTYPED.look(group)
    assert "0123" not in repr(typed(CODE))
