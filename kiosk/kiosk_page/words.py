"""What a kiosk says when something does not go: one sentence for the person who stands there, and what to do."""

from typing import Final

from ballots.screen.words import Said
from kiosk.client import Unreachable
from voting_core.errors import PlenumError

UNREACHABLE: Final = Said(
    "暂时联系不上服务器，现在不能读卡。请稍候再出示；您的卡没有使用",
    "The server cannot be reached, so no card can be read just now. Show it again in a moment; it has not been used",
)
BUSY: Final = Said("终端正忙，没有执行，请再按一次", "The kiosk is busy and did nothing; press once more")
PAUSED: Final = Said(
    "本项表决已暂停，选票没有投出。恢复后请再按一次",
    "The vote is paused; no ballot was cast. Press again when it goes on",
)
OVER: Final = Said("本项表决已经结束，选票没有投出", "This vote is over; no ballot was cast")
GIVEN_UP: Final = Said(
    "本终端不再收这项表决的选票，选票没有投出，请到另一台终端",
    "This kiosk takes no more ballots of this vote; no ballot was cast. Go to another kiosk",
)
NO_PAPER: Final = Said("现在没有在终端上填写的纸质选票", "No ballot on paper is filled in at the kiosk just now")
VOIDED_MEANWHILE: Final = Said(
    "这张卡已作废，选票没有投出，请到签到处询问", "This card was voided; no ballot was cast. Ask at the desk"
)
BROKEN: Final = Said(
    "请告诉工作人员。要知道刚才的选票是否投出，请到另一台终端出示表决卡，它会告诉您",
    "Tell the officials. To learn whether your ballot was cast, show your card at another kiosk: it will tell you",
)


def kiosk_words(error: PlenumError) -> Said:
    """The sentence for what kept something from being done that can be done again."""
    return UNREACHABLE if isinstance(error, Unreachable) else BUSY
