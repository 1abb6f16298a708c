"""What is said of a card that does not vote: each case for itself, kindly, and with what to do.

None of it repeats a character of the card's code.
"""

from typing import Final

from ballots.screen.words import Said
from voting_core.errors import InputError

MISTYPED: Final = Said(
    "代码有一处输错了。请点一下每一组，与卡上逐组核对，改正输错的一组",
    "There is a slip in the code. Touch each group, compare it with the card, and type the wrong one again",
)
UNREAD: Final = Said("没有读清，请把卡放平、再出示一次", "That was not read; hold the card flat and show it once more")
FOREIGN: Final = Said(
    "这是另一场会议的表决卡，请使用本次会议签到时领取的卡",
    "This card is of another session; use the one that was handed out for this session",
)
NO_CARD: Final = Said(
    "这不是表决卡，请出示表决卡上的二维码", "This is no voting card; show the code on your voting card"
)
RECEIPT: Final = Said(
    "这是选票回执，不是表决卡。回执可在公示页面查询",
    "This is a receipt, no voting card. Receipts are looked up on the board",
)
VOIDED: Final = Said("这张卡已作废，请到签到处换卡", "This card was voided; ask at the desk for another one")
NOT_HERE: Final = Said(
    "这张卡不参加现在的表决，请到签到处询问", "This card does not vote in what is open now; ask at the desk"
)
USED: Final = Said(
    "这张卡在现在的表决中都已投过票。凭回执上的确认码可以查到选票",
    "This card has voted in everything that is open. The ballot can be found by the code on its receipt",
)
QUEUED: Final = Said(
    "这张卡的选票已经投出，安全保存在本机，正在送达服务器，不必再投",
    "The ballot of this card is cast. It is safe in this kiosk and on its way to the server; do not vote again",
)
GIVEN_UP: Final = Said(
    "本终端不再收现在这些表决的选票，请到另一台终端；您的卡没有使用",
    "This kiosk takes no more ballots of what is open; go to another one. Your card has not been used",
)
NOTHING_OPEN: Final = Said("现在没有开放的表决，请稍候", "No contest is open now; please wait")

_BY_PROBLEM: Final = {
    "it does not vote in this contest": NOT_HERE,
    "it was declared void": VOIDED,
    "it has already voted in this contest": USED,
    "no contest is open now": NOTHING_OPEN,
    "this kiosk takes no ballots of what is open": GIVEN_UP,
    "it was mistyped": MISTYPED,
    "it is damaged or was mistyped": UNREAD,
    "it is of a card of another session": FOREIGN,
    "it is of a credential card of another session": FOREIGN,
    "it is the code of a receipt": RECEIPT,
}


def card_words(error: InputError) -> Said:
    """The sentence for a card that was not taken."""
    return _BY_PROBLEM.get(error.problem, NO_CARD)


def is_slip(error: InputError) -> bool:
    """Whether a code that was typed can be mended."""
    return error.problem == "it was mistyped"
