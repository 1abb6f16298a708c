"""What an account may be. A role is one person's part in the session; nobody has two."""

from enum import StrEnum
from typing import Final

from ballots.screen.words import Said


class Role(StrEnum):
    """A role; the value stands in the database and in tests."""

    ADMIN = "admin"
    OFFICIAL = "official"
    DESK = "desk"
    CHIEF_SCRUTINEER = "chief_scrutineer"
    SCRUTINEER = "scrutineer"
    HALL = "hall"
    OBSERVER = "observer"


NAMES: Final[dict[Role, Said]] = {
    Role.ADMIN: Said("系统管理员", "Administrator"),
    Role.OFFICIAL: Said("会议工作人员", "Official"),
    Role.DESK: Said("签到员", "Desk"),
    Role.CHIEF_SCRUTINEER: Said("总监票人", "Chief scrutineer"),
    Role.SCRUTINEER: Said("监票人", "Scrutineer"),
    Role.HALL: Said("会场大屏", "Hall screen"),
    Role.OBSERVER: Said("观察员", "Observer"),
}

DUTIES: Final[dict[Role, Said]] = {
    Role.ADMIN: Said("管理账户和本机，不参与任何表决", "Looks after accounts and the machine; has no part in any vote"),
    Role.OFFICIAL: Said(
        "准备会议，开始和结束表决，公布结果；不可撤销的事须两人办理",
        "Prepares the session, opens and closes contests, publishes; what cannot be undone needs two of them",
    ),
    Role.DESK: Said("为代表签到、发表决卡", "Checks delegates in and hands out cards"),
    Role.CHIEF_SCRUTINEER: Said("主持监票，查看每一步", "Leads the scrutineers and sees every step"),
    Role.SCRUTINEER: Said(
        "监督表决；密钥和签名在本人的工作站上，不在这里",
        "Watches over the vote; the key and the signatures are on the own station, not here",
    ),
    Role.HALL: Said("只显示会务打开的画面", "Shows what the officials switch to, and nothing else"),
    Role.OBSERVER: Said("查看进展和日志，不能办理任何事", "Sees the progress and the log, and can do nothing"),
}

SIGNING: Final = frozenset({Role.OFFICIAL})
"""Roles whose accounts hold a key that signs log entries."""

WITHOUT_SECOND_FACTOR: Final = frozenset({Role.HALL})
"""A hall screen is a device: it signs in once with a one-time code, and can do nothing but show."""
