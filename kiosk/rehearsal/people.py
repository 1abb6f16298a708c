"""Who takes part in a rehearsal: accounts that are ready to sign in, and scrutineers for the stations."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "qinglan lake rehearsal"  # noqa: S105 - printed for everybody; only rehearsal servers take such accounts
"""The password of all accounts of a rehearsal, which is no secret."""


@dataclass(frozen=True, slots=True)
class Part:
    """An account of the rehearsal."""

    account: str
    name: str
    role: str
    duty: str


PARTS: Final = (
    Part("official-1", "李会务", "official", "会议工作人员（发起）official, begins"),
    Part("official-2", "王会务", "official", "会议工作人员（会签）official, countersigns"),
    Part("desk-1", "赵签到", "desk", "签到员 desk"),
    Part("chief", "周建平", "chief_scrutineer", "总监票人 chief scrutineer"),
    Part("observer", "钱观察", "observer", "观察员 observer"),
    Part("boss", "孙管理", "admin", "系统管理员 administrator"),
)
"""Two officials, because what cannot be undone takes two."""

SCRUTINEERS: Final = ("周建平", "林秀兰", "何志刚", "马文涛", "高红梅")
"""The scrutineers of the example congress; the first ones sit at the stations."""
