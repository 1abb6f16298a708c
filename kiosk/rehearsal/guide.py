"""What a rehearsal tells: who signs in where, which pages there are, and what is done first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.rehearsal.hall import Place, RehearsalHall
from kiosk.rehearsal.people import PARTS, PASSWORD

FILE: Final = "start.txt"
"""The same text in the rehearsal's folder, with links that are always fresh, for where nobody sees the terminal."""

_ROOM: Final = 40
"""More people than these nobody plays alone."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many should attend and are present by the roll."""

    should_attend: int
    present: int

    @property
    def zh(self) -> str:
        """What scrutineers declare."""
        if self.should_attend > _ROOM:
            return "应到、实到都填参加演练的人数（照名册填，票数不够，谁也选不上）"
        return f"应到 {self.should_attend}、实到 {self.present}、领卡 {self.present}、查验卡 1"

    @property
    def en(self) -> str:
        """The same in English."""
        if self.should_attend > _ROOM:
            return "declare those who rehearse as all who should attend: by the roll nobody would have enough votes"
        return f"should attend {self.should_attend}, present {self.present}, cards {self.present}, test cards 1"

    @property
    def cards(self) -> str:
        """How many cards are made to be drawn, in Chinese."""
        return "每人一张" if self.should_attend > _ROOM else str(self.present)

    @property
    def cards_en(self) -> str:
        """The same in English."""
        return "one for each of you" if self.should_attend > _ROOM else str(self.present)


def guide(hall: RehearsalHall, numbers: Numbers) -> str:
    """The whole text."""
    return "\n".join((*_accounts(hall), "", *_pages(hall), "", *_steps(numbers), "", *_ending(hall)))


def kiosk_line(place: Place) -> str:
    """What is told when the kiosk has come."""
    return f"{place.said.zh} {place.said.en}: {place.link}"


def _accounts(hall: RehearsalHall) -> Iterator[str]:
    yield "演练：这不是真实的会议。Rehearsal: this is not a real session."
    yield ""
    yield f"账户，密码都是 accounts, all with the password:  {PASSWORD}"
    yield "每个账户一个网址，在同一个浏览器里各开一个标签页，互不影响。"
    yield "Each account has an address of its own: open all of them in one browser, a tab each."
    yield ""
    for part in PARTS:
        yield f"  {part.address(hall.port)}"
        yield f"      {part.account}  {part.name}  {part.duty.zh} · {part.duty.en}"
    yield f"打不开的，改用 {hall.server}（一个浏览器窗口一次只能登录一个账户）。"
    yield f"Where these names do not open, use {hall.server}: one account at a time in a browser window."


def _pages(hall: RehearsalHall) -> Iterator[str]:
    yield "本机各台的页面，链接用一次就换新的 the stations' pages; a link opens once, then there is a new one:"
    yield ""
    for place in (*hall.stations(), hall.kiosk()):
        yield f"  {place.said.zh} {place.said.en}"
        yield f"      {place.link or '密钥生成之后出现 comes when the key is made'}"


def _steps(numbers: Numbers) -> Iterator[str]:
    steps = (
        (
            "打开 official-1：会议已备好。“创建会议”，输入密码，“签名并提议”",
            "open official-1: the session is prepared. “Create the session”, password, “Sign and propose”",
        ),
        (
            "打开 official-2：“准备会议”→“创建会议”，“核对无误，会签并创建”",
            "open official-2: Set up, Create the session, countersign on the same page",
        ),
        (
            "打开每名监票人的页面，各自设定口令",
            "open every scrutineer's page and choose a passphrase for each",
        ),
        (
            "official-1、official-2：“待会签”，给每名监票人签名。密钥生成后终端出现，同样签名登记",
            "both officials: To be signed, every scrutineer; when the key is made the kiosk comes, sign it too",
        ),
        (
            "两人：“会议总览”，逐项“采用规则”“确定表决事项”",
            "both: The session, for each contest adopt the rules and define it",
        ),
        (
            f"监票人 1：“表决卡”，供领取 {numbers.cards}、查验 1，“制卡”。卡页先留着不关：投票时照着输入卡上的代码",
            f"scrutineer 1: Cards, {numbers.cards_en} to be drawn, 1 for tests. Keep the sheets open: their codes"
            " are typed at the kiosk",
        ),
        (
            "监票人 1“下载名单”，其他监票人“载入”；每项两人登记名单",
            "scrutineer 1 downloads the lists, the others load them; two register the list of each contest",
        ),
        (
            "desk-1：逐人“报到并发卡”",
            "desk-1: check everybody in and hand out cards",
        ),
        (
            f"两名监票人，每项：申报到会情况（{numbers.zh}）",
            f"two scrutineers, each contest: the attendance ({numbers.en})",
        ),
        (
            "两人：每项“开始投票”。终端：“输入代码”，逐字输入卡上的代码，投票",
            "both officials: open each contest. Kiosk: type the code of a card, vote",
        ),
        (
            "两人：“暂停投票”，作废查验卡，“结束投票”；监票人核对根值；写入票数，确认结果，签报告单，公布",
            "both: pause, void the test card, close; scrutineers compare the root; counts, outcome, reports, publish",
        ),
    )
    yield "步骤（docs/officials.md 逐步写明）steps (docs/officials.md has every press):"
    yield ""
    for number, (zh, en) in enumerate(steps, 1):
        yield f"  {number:>2}. {zh}"
        yield f"      {en}"


def _ending(hall: RehearsalHall) -> Iterator[str]:
    yield "按回车键再列一遍，链接都是新的；没有窗口的，看下面的文件。"
    yield "Press Enter to list this again, with fresh links; where there is no terminal, they are in:"
    yield f"  {hall.folder / FILE}"
    yield "Ctrl-C 停止，下次从停下的地方继续 stops; next time it goes on where it was"
