"""The slip with the code: what is on it, and that it depends on the ballot alone."""

from datetime import date

from ballots.crockford import fingerprint_text
from ballots.paper.receipt_sheet import receipt_sheet
from ballots.receipt import Receipt
from tests.support.pdf import text_of

DAY = date(2026, 12, 8)
RECEIPT = Receipt(ballot=bytes(range(32)), session=bytes(32), fingerprint=fingerprint_text(bytes(32)), promise=None)


def test_it_has_the_code_the_fingerprint_and_what_they_are_for() -> None:
    text = "".join(text_of(receipt_sheet(RECEIPT, "第一次会议", DAY, simulated=True)).split())
    for part in ("第一次会议", "演练", RECEIPT.code.replace("-", ""), "回执不含所作选择", RECEIPT.fingerprint[:19]):
        assert part in text
    assert "演练" not in text_of(receipt_sheet(RECEIPT, "第一次会议", DAY, simulated=False))


def test_one_ballot_gives_one_slip() -> None:
    slips = {receipt_sheet(RECEIPT, "第一次会议", DAY, simulated=False) for _ in range(2)}
    assert len(slips) == 1
