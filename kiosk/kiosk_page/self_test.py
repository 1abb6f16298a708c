"""The kiosk proves itself before anybody votes at it: what was looked at, what came of it, and what to do.

The staff sees the list while no contest is open; a delegate never does. A test ballot is sealed for a key and a contest
of this test alone, opened again and verified: nothing of it is sent anywhere.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ballots.contest import Contest, Kind, Row, RulesRef, Title, make_contest
from ballots.encrypt import new_seed, seal_ballot
from ballots.opening import check_opening
from ballots.paper_setting import PaperSetting
from ballots.screen.words import Said
from ballots.sealed_ballot import statement
from kiosk.client import Refused, Unreachable, WrongClock
from kiosk.kiosk_page.frames import can_read
from kiosk.station import Station
from voting_core.argument.verify import verify_argument
from voting_core.errors import PlenumError
from voting_core.group import base_mul
from voting_core.rng import Rng, random_scalar
from voting_core.signing_key import SigningKey

CLOCK_SECONDS: Final = 60
"""Clocks decide nothing; one that is a minute off tells that the machine was not looked after."""

_SESSION_BYTES: Final = 32

FREE_BYTES: Final = 200_000_000
"""Room on the disk for the log and the ballots of a session of 5,000 delegates, several times over."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. What is `needed` keeps the kiosk from being used when it is not good."""

    name: Said
    good: bool
    said: Said
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the kiosk stands on: its disk, its clock in Unix seconds, randomness, what its printers say, and whether the
    session has it print ballots (None while that is not known).
    """

    folder: Path
    clock: Callable[[], int]
    rng: Rng
    printers: tuple[Callable[[], Said | None], ...] = ()
    paper: Callable[[], PaperSetting | None] = PaperSetting


def self_test(station: Station, around: Surroundings) -> tuple[Check, ...]:
    """Look at everything. Never raises for what is not good: that is what the answer says."""
    return (
        _version(),
        _registered(station),
        *_connection(station, around.clock),
        _ballot(around.rng),
        _disk(around.folder),
        _reader(),
        *_printers(around.printers),
        _paper(around.paper()),
    )


def hindering(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """What keeps the kiosk from being used."""
    return tuple(check for check in checks if check.needed and not check.good)


def _version() -> Check:
    number = version("plenum")
    return Check(Said("程序版本", "Version"), True, Said(number, number))


def _registered(station: Station) -> Check:
    name = station.setup.name
    return Check(
        Said("终端密钥", "Key of the kiosk"),
        station.admitted,
        Said(f"“{name}”已登记", f"“{name}” is registered")
        if station.admitted
        else Said("尚未登记：请两名工作人员签名接纳", "Not registered yet: two officials must admit it"),
    )


def _connection(station: Station, clock: Callable[[], int]) -> tuple[Check, ...]:
    name = Said("与服务器的连接", "Connection to the server")
    try:
        theirs = station.client.server_time()
    except WrongClock as error:
        return (Check(name, False, error.said),)
    except (Unreachable, Refused):
        return (Check(name, False, Said("联系不上：请检查网线和交换机", "No answer: check cable and switch")),)
    reached = Check(name, True, Said("正常", "Good"))
    if theirs is None:
        return (reached,)
    off = abs(clock() - theirs)
    good = off <= CLOCK_SECONDS
    said = Said("正常", "Good") if good else Said(f"相差 {off} 秒：请校准", f"{off} seconds off: set it")
    return reached, Check(Said("时钟", "Clock"), good, said, needed=False)


def _ballot(rng: Rng) -> Check:
    """Seal a ballot, open it and verify its argument, with a key that is thrown away."""
    try:
        contest, session = _trial_contest(), rng.bytes(_SESSION_BYTES)
        key, seed, marks = base_mul(random_scalar(rng)), new_seed(rng), (0, 1, 2)
        ballot = seal_ballot(contest, session, key, SigningKey.generate(rng).public, marks, seed)
        check_opening(ballot, contest, key, marks, seed.reveal())
        verify_argument(statement(ballot, contest, key))
    except PlenumError:
        said = Said("不对：停止使用，换一台终端", "Wrong: stop, and use another kiosk")
        return Check(Said("加密并核验一张试票", "A trial ballot, sealed and verified"), False, said)
    return Check(Said("加密并核验一张试票", "A trial ballot, sealed and verified"), True, Said("正确", "Right"))


def _trial_contest() -> Contest:
    return make_contest(
        id="self-test",
        kind=Kind.MOTION,
        title=Title(zh="自检", en="Self-test"),
        slot=0,
        rows=[Row(f"r{number}", f"第{number}行") for number in range(1, 4)],
        marks=("approve", "disapprove", "abstain"),
        rules=RulesRef("resolution_default", bytes(32)),
        classes=("delegate",),
    )


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    good = free >= FREE_BYTES
    room = f"{free // 1_000_000:,} MB"
    said = (
        Said(f"空余 {room}", f"{room} free") if good else Said(f"只剩 {room}：请清理", f"Only {room} left: free some")
    )
    return Check(Said("磁盘", "Disk"), good, said)


def _reader() -> Check:
    good = can_read()
    said = (
        Said("已安装；镜头由下面的画面确认", "Installed; the picture below shows whether the camera works")
        if good
        else Said("没有安装：只能用扫码枪或输入", "Not installed: cards by scanner or typing only")
    )
    return Check(Said("二维码识别", "Reading of QR codes"), good, said, needed=False)


def _paper(setting: PaperSetting | None) -> Check:
    said = setting.said if setting else Said("还没有从服务器得到设置", "The server has not said yet")
    return Check(Said("纸质记录", "Paper records"), setting is not None, said, needed=False)


def _printers(problems: tuple[Callable[[], Said | None], ...]) -> tuple[Check, ...]:
    name = Said("打印机", "Printer")
    if not problems:
        said = Said("没有打印机：回执在屏幕上拍照", "No printer: receipts are photographed from the screen")
        return (Check(name, True, said, needed=False),)
    wrong = [problem() for problem in problems]
    return tuple(Check(name, each is None, each or Said("正常", "Good"), needed=False) for each in wrong)
