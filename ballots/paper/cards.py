"""Sheets of credential cards to be printed, cut and shuffled (SPEC §7.3, §7.4).

Flat cards go into envelopes that show nothing. Folded cards need none: the code lies inside, a pattern lies on it, and
what is outside is the bare back of the paper. Either way one card looks like any other from outside.

A card has the session's title, the secret as a QR code, and the same as a code to be typed. Nothing on it is a name, a
number or a place in an order: cut apart, the cards of a class differ in their secrets alone. The sheets have them in
the order given, so they are shuffled after cutting.

The typesetter caches what it was given, secrets included, in the memory of its process: print in one that ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import shake_256
from typing import Final

from ballots.card import CardSecret, typed_code
from ballots.paper.glyphs import check_text
from ballots.paper.qr import qr_matrix, qr_svg
from ballots.paper.typeset import typeset_secret
from ballots.qr.credential import encode_credential
from voting_core.codec import JsonValue
from voting_core.secret import Secret

PER_SHEET: Final = 10
"""Flat cards on one sheet of A4."""

FOLDED_PER_SHEET: Final = 5
"""Folded cards on one sheet of A4: each takes the room of two."""

SAMPLE_DIGITS: Final = "0" * 63
"""The code on a sample: as large as a card's, and none of this system, so that no kiosk takes it."""

_NAME: Final = "表决卡"
_NAME_SIMULATED: Final = "表决卡（演练）"
_NAME_SAMPLE: Final = "试印样张，不是表决卡"
_ALT: Final = "二维码 QR code"
_TYPED_SAMPLE: Final = ("0000",) * 8
_VEIL: Final = (86, 54)
"""Modules of the pattern that lies on the code of a folded card, one a millimetre."""
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

    `day` is the day of the session; the file carries it as its date. `simulated` prints 演练 on each card. `folded`
    makes cards that are folded once, printed side inwards.
    """

    title: str
    label: str
    day: date
    simulated: bool = False
    folded: bool = False

    @property
    def per_sheet(self) -> int:
        """How many of these cards are on one sheet."""
        return FOLDED_PER_SHEET if self.folded else PER_SHEET


def card_sheets(secrets: Sequence[CardSecret], session: bytes, texts: CardTexts) -> Secret[bytes]:
    """Make the PDF file with a card for each secret, so many on a page as :attr:`CardTexts.per_sheet`, in this order.

    Raises:
        UnprintableError: title or label has a character that cannot be printed.
    """
    if not secrets:
        raise ValueError("a sheet has at least one card")
    name = _NAME_SIMULATED if texts.simulated else _NAME
    return _typeset([_card(secret, session) for secret in secrets], name, texts, sample=False)


def sample_sheet(texts: CardTexts) -> bytes:
    """Make one sheet like those of the cards, without a secret on it: to try printer, paper, cutting and folding.

    It has a line of 100 mm: where that is another length on paper, the printer scales, and codes may not scan.

    Raises:
        UnprintableError: title or label has a character that cannot be printed.
    """
    card: JsonValue = {"code": qr_svg(qr_matrix(SAMPLE_DIGITS)), "typed": list(_TYPED_SAMPLE)}
    return _typeset([card] * texts.per_sheet, _NAME_SAMPLE, texts, sample=True).reveal()


def _typeset(cards: list[JsonValue], name: str, texts: CardTexts, *, sample: bool) -> Secret[bytes]:
    check_text(texts.title, "title of the session")
    check_text(texts.label, "label of the cards")
    data: JsonValue = {
        "advice": list(_ADVICE),
        "alt": _ALT,
        "cards": cards,
        "folded": texts.folded,
        "label": texts.label,
        "name": name,
        "sample": sample,
        "title": texts.title,
        "veil": _veil() if texts.folded else "",
    }
    return typeset_secret(__package__, "templates/cards.typ", Secret(data), texts.day)


def _card(secret: CardSecret, session: bytes) -> JsonValue:
    # Revealed here and in the typesetter alone: both only pass it on.
    matrix = qr_matrix(encode_credential(secret, session).reveal())
    return {"code": qr_svg(matrix), "typed": typed_code(secret, session).reveal().split("-")}


def _veil() -> str:
    """A pattern of black squares, the same on every card, which hides the code from whoever holds it to the light."""
    across, down = _VEIL
    bits = int.from_bytes(shake_256(b"plenum card veil").digest(across * down // 8 + 1), "big")
    squares = (f"M{at % across} {at // across}h1v1h-1z" for at in range(across * down) if bits >> at & 1)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}">'
    return f'{head}<path d="{"".join(squares)}"/></svg>'
