"""The slip that a kiosk prints when a ballot is sealed, before anybody says whether it is cast or tested (SPEC §7.5).

It has the confirmation code, its QR code and the session's fingerprint, on paper of 80 mm. Nothing on it depends on
marks, card, kiosk or time: what is printed before the choice binds the kiosk to the ballot, and is the receipt once it
is cast.
"""

from datetime import date

from ballots.paper.qr import qr_matrix, qr_size, qr_svg
from ballots.paper.typeset import typeset
from ballots.qr.receipt import encode_receipt
from ballots.receipt import Receipt
from voting_core.codec import JsonObject


def receipt_sheet(receipt: Receipt, session: str, day: date, *, simulated: bool) -> bytes:
    """The slip as a PDF file, the same bytes from every kiosk; `session` is the title, `day` the day of the session.

    Raises:
        UnprintableError: the title has a character that the fonts do not have.
    """
    matrix = qr_matrix(encode_receipt(receipt.ballot, receipt.session))
    data: JsonObject = {
        "code": receipt.code.split("-"),
        "fingerprint": receipt.fingerprint.split("-"),
        "qr": qr_svg(matrix),
        "side": qr_size(matrix),
        "session": session,
        "simulated": simulated,
    }
    return typeset("ballots.paper", "templates/receipt.typ", data, day)
