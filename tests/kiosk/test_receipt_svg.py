"""What is printed, and nothing else (SPEC §7.5)."""

import hashlib
import re
from xml.etree import ElementTree

import pytest

from ballots.crockford import fingerprint_text
from ballots.qr.receipt import decode_receipt
from ballots.receipt import Promise, Receipt
from kiosk.receipt_svg import CODE_LABEL, FINGERPRINT_LABEL, HEIGHT, PENDING, PURPOSE, TITLE, WIDTH, receipt_svg
from tests.support.qr_reader import matrix_of, read_digits

BALLOT, SESSION, FINGERPRINT = (hashlib.sha256(word).digest() for word in (b"ballot", b"session", b"fingerprint"))
PROMISE = Promise(ballot=BALLOT, size=0, root=bytes(32), session=SESSION, signature=bytes(64))
SVG = "{http://www.w3.org/2000/svg}"


def receipt(promise: Promise | None = PROMISE) -> Receipt:
    return Receipt(ballot=BALLOT, session=SESSION, fingerprint=fingerprint_text(FINGERPRINT), promise=promise)


def drawn(promise: Promise | None = PROMISE) -> ElementTree.Element:
    return ElementTree.fromstring(receipt_svg(receipt(promise)))  # noqa: S314 - what we have just drawn


def texts(page: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in page.iter(f"{SVG}text")]


def test_the_page_says_what_the_specification_lists_and_nothing_else() -> None:
    fingerprint = fingerprint_text(FINGERPRINT)
    expected = [*TITLE, CODE_LABEL, receipt().code, FINGERPRINT_LABEL, fingerprint[:19], fingerprint[20:], *PURPOSE]
    assert texts(drawn()) == expected
    assert texts(drawn(None)) == [*expected, PENDING]
    assert {element.tag for element in drawn().iter()} == {SVG + name for name in ("svg", "rect", "text", "path")}
    assert re.fullmatch("(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", receipt().code)


@pytest.mark.parametrize("promise", [PROMISE, None])
def test_the_code_on_the_page_leads_to_the_ballot(promise: Promise | None) -> None:
    (path,) = drawn(promise).iter(f"{SVG}path")
    assert decode_receipt(read_digits(matrix_of(path.attrib["d"])), SESSION) == BALLOT


def test_nothing_lies_in_the_quiet_zone_or_off_the_paper() -> None:
    page = drawn(None)
    (path,) = page.iter(f"{SVG}path")
    place = re.fullmatch(r"translate\(([0-9.]+) ([0-9.]+)\)", path.attrib["transform"])
    assert place
    left, top = float(place[1]), float(place[2])
    assert (left, left + 41) == (19.5, WIDTH - 19.5)
    for element in page.iter(f"{SVG}text"):
        baseline, size = float(element.attrib["y"]), float(element.attrib["font-size"])
        assert baseline <= top or baseline - size >= top + 41
        assert size < baseline < HEIGHT - size
        # A Chinese character is as wide as high; others have a fixed pitch of 0.6, or are narrower in the mean.
        narrow = 0.6 if "Mono" in element.attrib["font-family"] else 0.55
        width = sum(size * (1 if ord(character) > 0x2E80 else narrow) for character in element.text or "")
        assert width <= WIDTH - 8, element.text


def test_the_bytes_are_the_same_every_time_whatever_the_promise_says() -> None:
    other = Promise(ballot=BALLOT, size=9, root=bytes([1]) * 32, session=SESSION, signature=bytes([2]) * 64)
    assert receipt_svg(receipt()) == receipt_svg(receipt()) == receipt_svg(receipt(other))
