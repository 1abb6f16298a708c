"""The receipt as it is printed on paper of 80 mm (SPEC §7.5).

It shows the confirmation code, the session fingerprint and the receipt's QR code, and says what they are for. Nothing
here depends on marks, card, time or kiosk: one ballot gives one page, byte for byte, from every kiosk.
"""

from typing import Final

from ballots.crockford import GROUP
from ballots.paper.qr import qr_matrix, qr_path, qr_size
from ballots.qr.receipt import encode_receipt
from ballots.receipt import Receipt

TITLE: Final = ("选票回执", "Ballot receipt")
PURPOSE: Final = (
    "凭此码可在记录中查到这张选票；回执不含所作选择。",
    "With this code anybody can find the ballot",
    "in the record; the receipt holds no choice.",
)
PENDING: Final = "待确认 pending"
CODE_LABEL: Final = "确认码 Confirmation code"
FINGERPRINT_LABEL: Final = "会议指纹 Session fingerprint"

WIDTH: Final = 80
HEIGHT: Final = 116
_QR_TOP: Final = 54
"""Where the quiet zone of the QR code begins, below the place of :data:`PENDING`."""

_SANS: Final = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_MONO: Final = "'Noto Sans Mono','DejaVu Sans Mono',Consolas,Menlo,monospace"
_HALF: Final = 4 * (GROUP + 1)
"""Characters of the first half of a fingerprint: four groups, each with the hyphen after it."""


def receipt_svg(receipt: Receipt) -> bytes:
    """Draw the receipt of a ballot; without a promise it says that it is pending. Units are millimetres."""
    lines = [
        _text(10, 5.6, TITLE[0], weight="bold"),
        _text(15.2, 3.6, TITLE[1]),
        _text(23, 2.9, CODE_LABEL),
        _text(28.6, 4.6, receipt.code, family=_MONO, weight="bold"),
        _text(36, 2.9, FINGERPRINT_LABEL),
        _text(40.6, 3.4, receipt.fingerprint[: _HALF - 1], family=_MONO),
        _text(45.2, 3.4, receipt.fingerprint[_HALF:], family=_MONO),
        _code(receipt),
        _text(100, 2.8, PURPOSE[0]),
        _text(104.4, 2.8, PURPOSE[1]),
        _text(108.2, 2.8, PURPOSE[2]),
    ]
    if receipt.promise is None:
        lines.append(_text(53, 4, PENDING, weight="bold"))
    size = f'width="{WIDTH}mm" height="{HEIGHT}mm" viewBox="0 0 {WIDTH} {HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    return "\n".join([head, paper, *lines, "</svg>", ""]).encode()


def _text(baseline: float, size: float, text: str, *, family: str = _SANS, weight: str = "normal") -> str:
    style = f'font-family="{family}" font-size="{size}" font-weight="{weight}" text-anchor="middle"'
    return f'<text x="{WIDTH // 2}" y="{baseline}" {style}>{text}</text>'


def _code(receipt: Receipt) -> str:
    """Draw the QR code, one millimetre a module."""
    matrix = qr_matrix(encode_receipt(receipt.ballot, receipt.session))
    left = (WIDTH - qr_size(matrix)) / 2
    return f'<path transform="translate({left} {_QR_TOP})" d="{qr_path(matrix)}"/>'
