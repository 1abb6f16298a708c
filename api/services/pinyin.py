"""How a name is read: for each character its readings in pinyin, without tones, the likely one first.

* All readings of a character count: who types 解 as `jie` finds it too, only later in the list.
* Surnames have readings of their own, 单 is `shan` and 区 is `ou`; so have some compound surnames.
* `ü` is written `v` here; people also type `u` and `yu` for it.
"""

import unicodedata
from functools import lru_cache
from typing import Final

from tally.strokes.order import COMPOUND_SURNAMES

Readings = tuple[str, ...]

SURNAMES: Final = {
    "万": "wan", "丁": "ding", "乐": "yue", "乜": "nie", "仇": "qiu", "任": "ren", "会": "gui", "俞": "yu",
    "冼": "xian", "华": "hua", "单": "shan", "卜": "bu", "区": "ou", "占": "zhan", "召": "shao", "员": "yun",
    "宁": "ning", "尉": "wei", "尹": "yin", "应": "ying", "折": "she", "於": "yu", "曲": "qu", "曾": "zeng",
    "朴": "piao", "柏": "bai", "查": "zha", "洗": "xian", "牟": "mou", "瞿": "qu", "石": "shi", "祭": "zhai",
    "种": "chong", "秘": "bi", "纪": "ji", "繁": "po", "缪": "miao", "翟": "zhai", "能": "nai", "臧": "zang",
    "葛": "ge", "薄": "bo", "藏": "zang", "覃": "qin", "解": "xie", "訾": "zi", "谌": "chen", "贠": "yun",
    "贾": "jia", "车": "che", "过": "guo", "逄": "pang", "那": "na", "邸": "di", "都": "du", "重": "chong",
    "长": "chang", "阚": "kan", "隗": "wei", "黑": "he", "盖": "ge", "盛": "sheng", "佴": "nai", "沈": "shen",
}  # fmt: skip
"""The reading of a character as a surname, where it may be another than the usual one."""

COMPOUNDS: Final = {
    "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "夏侯": ("xia", "hou"), "令狐": ("ling", "hu"), "鲜于": ("xian", "yu"),
    "皇甫": ("huang", "fu"), "宰父": ("zai", "fu"), "亓官": ("qi", "guan"), "毌丘": ("guan", "qiu"),
    "綦毋": ("qi", "wu"), "夹谷": ("jia", "gu"), "子车": ("zi", "ju"), "相里": ("xiang", "li"),
    "少正": ("shao", "zheng"), "库狄": ("she", "di"), "尔朱": ("er", "zhu"), "拓跋": ("tuo", "ba"),
    "乐正": ("yue", "zheng"), "公冶": ("gong", "ye"), "贺若": ("he", "ruo"), "纳兰": ("na", "lan"),
}  # fmt: skip
"""The readings of compound surnames whose characters are read otherwise alone."""

_MARKS: Final = str.maketrans("", "", " \t'’`·•‧∙・．.-_")


@lru_cache(maxsize=4096)
def readings_of(character: str) -> Readings:
    """All readings of one character, the most usual first; a letter or digit is its own reading, anything else none."""
    if character.isascii() and character.isalnum():
        return (character.lower(),)
    # Its tables of phrases take half a second and 50 MB, which only a process that finds people needs.
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()


def readings_of_name(name: str) -> tuple[Readings, ...]:
    """The readings of each character of a name as :func:`folded` gives it, those of the surname first for its part."""
    usual = [readings_of(character) for character in name]
    for place, reading in enumerate(_surname(name)):
        usual[place] = tuple(dict.fromkeys((reading, *usual[place])))
    return tuple(_with_umlaut(one) for one in usual)


def folded(text: str) -> str:
    """Text as it is compared: wide letters narrow, capitals small, without tones, spaces and the dots of names."""
    text = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFD", text).replace("u\u0308", "v")
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", plain).translate(_MARKS)


def _surname(name: str) -> tuple[str, ...]:
    """The readings of the characters of the surname, as far as they may be others than the usual ones."""
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return COMPOUNDS.get(name[:2], ())
    return (SURNAMES[name[0]],) if name and name[0] in SURNAMES else ()


def _with_umlaut(readings: Readings) -> Readings:
    """The same with the other ways in which ü is typed behind."""
    umlauts = [one for one in readings if "v" in one and len(one) > 1]
    other = [one.replace("v", typed) for one in umlauts for typed in ("u", "yu")]
    return tuple(dict.fromkeys((*readings, *other)))
