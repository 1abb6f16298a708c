"""What packaged rule sets rest on, in Chinese.

A rule set names its instrument in one text, which is part of what a session adopts, so it stays as it is. Most packaged
ones say it in English; here is the same for pages in Chinese. A county writes its own in whatever language it likes.
"""

from collections.abc import Mapping
from typing import Final

from tally.rules.words import Words

_OWN_METHOD: Final = "由县里的办法规定（试行）"

_TICKETS: Final = "《党的地方委员会全体会议对下一级党委、政府领导班子正职拟任人选和推荐人选表决办法》"

INSTRUMENTS_ZH: Final[Mapping[str, str]] = {
    "1994 《地方组织选举工作条例》 Art.43 「经半数以上应到会选举人同意后实施」 (quoted S6)": (
        "1994年《地方组织选举工作条例》第四十三条「经半数以上应到会选举人同意后实施」"
    ),
    "a county's assessment of delegates; no national text fixes scale or threshold": (
        "县里对代表的考核；等次和标准未见全国性规定"
    ),
    "a county's scheme for the assessment of delegates (2005)": "县里的代表考核办法（2005年）",
    "county assessment schemes; the 2019 cadre regulation no longer lists removal by one third": (
        "县里的考核办法；2019年《党政领导干部考核工作条例》不再有三分之一即免职的规定"
    ),
    "grades of older opinion polls; the county's own method decides the rest": (
        "等次取自较早的民意测验；其余由县里的办法规定"
    ),
    "no base fixed by a national text found; local 议事规则": "未见全国性规定确定基数；依县里的议事规则",
    "no national text fixes scale or share for delegates; the county's own method (试行)": (
        f"代表评优的等次和比例未见全国性规定；{_OWN_METHOD}"
    ),
    "no text governs questionnaires; the county's own method": "问卷无文规定；由县里的办法规定",
    f"{_TICKETS}(2004), applied to townships by local rule": f"{_TICKETS}（2004年），由县里规定用于乡镇",
    "一报告两评议, as met in practice; the county's own method decides the rest": (
        "一报告两评议的通行做法；其余由县里的办法规定"
    ),
    "干部考核工作条例 (2019), from memory": "《党政领导干部考核工作条例》（2019年），凭记忆，未对照原文",
    "a county's appraisal scheme for departments; no national text fixes scale or weights": (
        "县里评议部门的办法；等次和权重未见全国性规定"
    ),
    "county 选举办法 of the 「同意的不划任何符号」 type (S20); CPPCC 2013 ballot (S19)": (
        "「同意的不划任何符号」一类的县选举办法；2013年政协选票"
    ),
    "no national text fixes scale, denominator or threshold; the county's own method (试行)": (
        f"等次、分母和标准未见全国性规定；{_OWN_METHOD}"
    ),
    "《中国共产党地方组织选举工作条例》(2020) Art.24, committee plenum (常委、书记、副书记)": (
        "《中国共产党地方组织选举工作条例》（2020年）第二十四条，全委会选举常委、书记、副书记"
    ),
    "《中国共产党基层组织选举工作暂行条例》(1990, superseded)": (
        "《中国共产党基层组织选举工作暂行条例》（1990年，已废止）"
    ),
    "县代表资格规定（试行）：增补的代表由年会确认; no base fixed by a text that was read": (
        "县代表资格规定（试行）：增补的代表由年会确认；所读条文未确定基数"
    ),
    "县罢免办法（内容未见）; no text on procedure or threshold found": "县罢免办法（内容未见）；程序和票数未见规定",
}


def instrument_words(instrument: str) -> Words:
    """An instrument in both languages; what has no Chinese of its own reads as it is written."""
    return Words(INSTRUMENTS_ZH.get(instrument, instrument), instrument)
