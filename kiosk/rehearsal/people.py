"""Who takes part in a rehearsal: accounts that are ready to sign in."""

from dataclasses import dataclass
from typing import Final

from ballots.screen.words import Said

PASSWORD: Final = "qinglan lake rehearsal"  # noqa: S105 - printed for everybody; only rehearsal servers take such accounts
"""The password of all accounts of a rehearsal, which is no secret."""


@dataclass(frozen=True, slots=True)
class Part:
    """An account of the rehearsal, and what it is there for."""

    account: str
    name: str
    role: str
    duty: Said

    def address(self, port: int) -> str:
        """Where this account signs in.

        Browsers take every name below `localhost` for this machine and keep the cookies of each name apart: one
        browser holds all accounts at once, a tab each.
        """
        return f"http://{self.account}.localhost:{port}"


PARTS: Final = (
    Part("official-1", "李会务", "official", Said("会议工作人员：准备会议，发起", "official: prepares, proposes")),
    Part("official-2", "王会务", "official", Said("另一名工作人员：会签", "second official: countersigns")),
    Part("desk-1", "赵签到", "desk", Said("签到员：报到，发卡", "desk: checks in, hands out cards")),
    Part(
        "chief",
        "周建平",
        "chief_scrutineer",
        Said("总监票人：只看进展，签名在工作站", "chief scrutineer: watches; signs at the station"),
    ),
    Part("hall-1", "会场大屏", "hall", Said("大屏：接投影，全屏", "hall screen: for the projector, full screen")),
    Part("observer", "钱观察", "observer", Said("观察员：只看，不能办理", "observer: watches alone")),
    Part(
        "admin",
        "系统管理员",
        "admin",
        Said("系统管理员：管账户和登记码，本次演练用不到", "administrator: accounts, codes; not needed here"),
    ),
)
"""Two officials, because what cannot be undone takes two."""
