"""The order of names: 姓氏笔画 (Party congresses) and 姓名笔画 (people's congresses).

* Names are compared character by character from the surname on: number of strokes, then the classes of the strokes in
  writing order, then the official list. Compound surnames and names of minorities sort by their first character.
* With 姓氏笔画 a given name of one character has an empty second character before it, as it is printed (田　富), so
  田富 stands before 田大利. With 姓名笔画 given names are compared as they are.
* Two surnames joined to one name are no compound surname: 张李玉兰 sorts under 张, with 李玉兰 after it.
* Spaces, the dots of names like 买买提·艾山, and notes in brackets do not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from tally.rules.common import NameOrder
from tally.strokes.table import Strokes, UnknownCharacterError, is_known, is_placed, strokes_of

NameKey: TypeAlias = tuple[Strokes, ...]

_NOTHING: Final = Strokes(0, "")
_NOT_COUNTED: Final = re.compile(r"[\s··•‧∙・．]|（[^（）]*）|\([^()]*\)")

_COMPOUNDS: Final = (
    "欧阳诸葛司马上官皇甫尉迟公孙令狐长孙慕容宇文司徒夏侯东方轩辕端木独孤南宫闻人申屠太史澹台公冶宗政"
    "濮阳淳于单于鲜于钟离赫连呼延拓跋司空仲孙公羊第五百里东郭西门南郭梁丘左丘谷梁段干亓官司寇太叔公西"
    "漆雕壤驷公良乐正宰父夹谷巫马颛孙子车东野北宫完颜耶律纳兰万俟闾丘羊舌微生南门东门东里北堂公输公仪"
    "公户叔孙毌丘綦毋主父相里少正即墨第一第二第三第四第六第七第八哥舒贺兰贺若贺拔尔朱斛律斛斯达奚乌孙"
    "沮渠屈突库狄叱干秃发乞伏富察"
)
COMPOUND_SURNAMES: Final = frozenset(_COMPOUNDS[place : place + 2] for place in range(0, len(_COMPOUNDS), 2))


def name_key(name: str, mode: NameOrder, given: Mapping[int, Strokes] | None = None) -> NameKey:
    """What a name sorts by; `given` are strokes by the place of the character in the name, for the table to step back.

    Raises:
        UnknownCharacterError: a character is neither given nor in the table, or the name has no character at all.
    """
    characters = plain_name(name)
    if not characters:
        raise UnknownCharacterError(name, name)
    known = given or {}
    keys = [known[place] if place in known else strokes_of(char, name) for place, char in enumerate(characters)]
    surname = surname_length(characters)
    if mode is NameOrder.SURNAME_STROKES and len(characters) == surname + 1:
        keys.insert(surname, _NOTHING)
    return tuple(keys)


def surname_length(characters: str) -> int:
    """The number of characters of the surname: two for the compound surnames, otherwise one.

    A name of two characters is not a compound surname alone: 东方 is 东 with the given name 方.
    """
    return 2 if len(characters) > 2 and characters[:2] in COMPOUND_SURNAMES else 1


def plain_name(name: str) -> str:
    """The characters of a name that count for its order."""
    return _NOT_COUNTED.sub("", name)


def order_names(names: Iterable[str], mode: NameOrder) -> tuple[str, ...]:
    """Names in the order of strokes; equal names keep the order in which they came.

    Raises:
        UnknownCharacterError: see :func:`name_key`.
    """
    return tuple(sorted(names, key=lambda name: name_key(name, mode)))


def doubtful_characters(names: Iterable[str]) -> tuple[str, ...]:
    """The characters whose place officials should confirm: not in the table, or placed by neighbours; each once."""
    return _distinct(names, lambda character: not is_known(character) or is_placed(character))


def unknown_characters(names: Iterable[str]) -> tuple[str, ...]:
    """The characters that are not in the table, each once."""
    return _distinct(names, lambda character: not is_known(character))


def _distinct(names: Iterable[str], chosen: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(character for name in names for character in plain_name(name) if chosen(character)))
