"""A document as PDF: A4, by the packaged template and fonts."""

from __future__ import annotations

from datetime import date
from typing import Final

from ballots.paper.glyphs import check_value
from ballots.paper.qr import qr_svg, qr_text_matrix
from ballots.paper.typeset import typeset
from tally.report.model import Document

_TEMPLATE: Final = "templates/report.typ"
_WATER: Final = "演　练"
_ADVICE: Final = "用 plenum report --check 可将本单二维码与会议记录比对；须先核验记录。"


def document_pdf(document: Document) -> bytes:
    """Draw a document, the same bytes each time.

    Raises:
        UnprintableError: a name or title has a character that cannot be printed; nothing is drawn.
    """
    value = document.to_json()
    check_value(value, document.file_name)
    image = qr_svg(qr_text_matrix(document.provenance.code))
    shown = {**value, "advice": _ADVICE, "image": image, "water": _WATER}
    return typeset(__package__, _TEMPLATE, shown, date.fromisoformat(document.day))
