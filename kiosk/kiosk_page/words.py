"""What a kiosk says when something does not go: one sentence for the person who stands there, and what to do."""

from typing import Final

from ballots.screen.problem_words import said_of
from ballots.screen.words import Said
from kiosk.client import Refused, Unreachable
from voting_core.errors import InputError, PlenumError, StateError

_BY_PROBLEM: Final = {
    "it does not vote in this contest": Said(
        "这张卡不参加本次表决，请到签到处询问", "This card does not vote here; ask at the desk"
    ),
    "it was declared void": Said("这张卡已作废，请到签到处换卡", "This card was voided; ask at the desk for another"),
    "it has already voted in this contest": Said(
        "这张卡已经投过票。可凭回执上的确认码查询", "This card has voted already; look the ballot up by its receipt"
    ),
    "no contest is open now": Said("现在没有开放的表决，请稍候", "No contest is open now; please wait"),
}

_CARD: Final = Said(
    "这不是本次会议的表决卡，或者输错了，请核对后再输一次",
    "This is no card of this session, or it was mistyped; check it and try again",
)
_AGAIN: Final = Said("屏幕上的内容已经变了，请再看一遍", "The screen has changed; look at it again")
_UNREACHABLE: Final = Said(
    "暂时联系不上服务器，请稍候再试；选票没有生成", "The server does not answer; try again soon. No ballot was made"
)


def kiosk_words(error: PlenumError) -> Said:
    """The sentence for an error of a turn."""
    match error:
        case Unreachable():
            return _UNREACHABLE
        case InputError():
            return _BY_PROBLEM.get(error.problem, _CARD)
        case StateError() | Refused():
            return _AGAIN
        case _:
            return said_of(error)
