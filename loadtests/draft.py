"""The draft of a large session for the measurement of pages: a folder as officials upload it, and edits of its roll."""

import io
import re
import zipfile
from html import unescape
from time import perf_counter
from typing import Final

import httpx2

from voting_core.errors import FatalError

EDITED_ROW: Final = 3
_ROW: Final = f"/setup/tables/roll/rows/{EDITED_ROW}"
_INPUT: Final = re.compile(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"')
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅辉玲"


def draft_zip(delegates: int, contests: int, rows: int) -> bytes:
    """A folder with a roll and with candidates from it, who differ from contest to contest."""
    people = [(f"{number:04}", _name(number)) for number in range(1, delegates + 1)]
    files = {"roll.csv": "编号,姓名,性别,民族,代表团,状态\n"}
    files["roll.csv"] += "".join(
        f"{id_},{name},男,汉族,{place % 20 + 1}团,正常\n" for place, (id_, name) in enumerate(people)
    )
    text = (
        '[session]\nid = "pages"\ntitle = "页面测速"\nkind = "congress"\ndate = "2026-11-20"\nroll = "roll.csv"\n\n'
        '[scrutineers]\nthreshold = 2\nnames = ["监票甲", "监票乙", "监票丙"]\n'
    )
    for contest in range(1, contests + 1):
        text += (
            f'\n[[contest]]\nid = "c{contest}"\nkind = "election"\ntitle = "选举{contest}"\nseats = {rows // 2}\n'
            f'rule_set = "election_local_2020"\ncandidates = "c{contest}.csv"\n'
        )
        named = [people[(contest + step) % len(people)] for step in range(rows)]
        files[f"c{contest}.csv"] = "编号,姓名,性别,民族\n" + "".join(f"{id_},{name},男,汉族\n" for id_, name in named)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, "session.toml": text}.items():
            archive.writestr(name, content)
    return out.getvalue()


def upload(browser: httpx2.Client, folder: bytes) -> None:
    """Begin a draft with a folder.

    Raises:
        FatalError: it was refused.
    """
    fields = _fields(browser.get("/setup").text)
    answer = browser.post("/setup/upload", data=fields, files={"files": ("folder.zip", folder, "application/zip")})
    if answer.status_code != httpx2.codes.OK:
        raise FatalError(f"the draft was refused: status {answer.status_code}")


def edit_row(browser: httpx2.Client, number: int) -> float:
    """Give one person of the roll another name; tells the milliseconds from sending the form to the next page.

    Raises:
        FatalError: the edit was refused.
    """
    fields = _fields(browser.get(_ROW).text)
    begin = perf_counter()
    answer = browser.post(
        _ROW, data={**fields, "action": "", "cell-姓名": f"改{_name(number)}"}, follow_redirects=False
    )
    took = (perf_counter() - begin) * 1000
    if answer.status_code != httpx2.codes.SEE_OTHER:
        raise FatalError(f"the edit was refused: status {answer.status_code}")
    return took


def _name(number: int) -> str:
    """A name of its own for each number below 20 * 30 * 30."""
    first, rest = divmod(number, len(_GIVEN) * len(_SURNAMES))
    second, surname = divmod(rest, len(_SURNAMES))
    return _SURNAMES[surname] + _GIVEN[second] + _GIVEN[first]


def _fields(page: str) -> dict[str, str]:
    """The fields of the first form for signed-in people of a page that have a value."""
    return {name: unescape(value) for name, value in _INPUT.findall(page)}
