"""Sheets of credential cards to be printed, cut and shuffled (SPEC §7.3, §7.4).

A card has the session's title, the secret as a QR code, and the same as a code to be typed. Nothing on it is a name, a
number or a place in an order: cut apart, the cards of a class differ in their secrets alone. The sheets have them in
the order given, so they are shuffled after cutting.

The typesetter caches what it was given, secrets included, in the memory of its process: print in one that ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ballots.card import CardSecret, typed_code
from ballots.paper.glyphs import check_text
from ballots.paper.qr import qr_matrix, qr_svg
from ballots.paper.typeset import typeset_secret
from ballots.qr.credential import encode_credential
from voting_core.codec import JsonValue
from voting_core.secret import Secret

PER_SHEET: Final = 10
"""Cards on one sheet of A4."""

_NAME: Final = "表决卡"
_NAME_SIMULATED: Final = "表决卡（模拟）"
_ALT: Final = "二维码 QR code"
_ADVICE: Final = (
    "到表决终端出示二维码，或输入代码。",
    "不记名，限本次会议使用。",
    "请勿拍照、折损、转借。",
    "Show it to a kiosk, or type the code.",
    "No name on it. Do not photograph it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTexts:
    """What is the same on every card of a print: `title` of the session, `label` of the class, in plain words.

    `day` is the day of the session; the file carries it as its date. `simulated` prints 模拟 on each card.
    """

    title: str
    label: str
    day: date
    simulated: bool = False


def card_sheets(secrets: Sequence[CardSecret], session: bytes, texts: CardTexts) -> Secret[bytes]:
    """Make the PDF file with a card for each secret, ten on a page, in this order.

    Raises:
        UnprintableError: title or label has a character that cannot be printed.
    """
    if not secrets:
        raise ValueError("a sheet has at least one card")
    check_text(texts.title, "title of the session")
    check_text(texts.label, "label of the cards")
    data: JsonValue = {
        "advice": list(_ADVICE),
        "alt": _ALT,
        "cards": [_card(secret, session) for secret in secrets],
        "label": texts.label,
        "name": _NAME_SIMULATED if texts.simulated else _NAME,
        "title": texts.title,
    }
    return typeset_secret(__package__, "templates/cards.typ", Secret(data), texts.day)


def _card(secret: CardSecret, session: bytes) -> JsonValue:
    # Revealed here and in the typesetter alone: both only pass it on.
    matrix = qr_matrix(encode_credential(secret, session).reveal())
    return {"code": qr_svg(matrix), "typed": typed_code(secret, session).reveal().split("-")}
