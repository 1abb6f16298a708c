from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from ballots.card import parse_typed_code, typed_code
from ballots.paper import cards, typeset
from ballots.paper.cards import FOLDED_PER_SHEET, PER_SHEET, SAMPLE_DIGITS, CardTexts, card_sheets, sample_sheet
from ballots.qr.credential import decode_credential, encode_credential
from tests.support.pdf import DARK, PIXELS_A_MM, SCALE, code_in, page_texts, text_of
from tests.support.qr_reader import read_digits
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

SESSION = bytes(range(32))
TEXTS = CardTexts(title="中国共产党青岚县第十四届代表大会第三次会议", label="代表", day=date(2026, 12, 8))
CODE_SIDE = 29
"""A credential is a code of version 3."""


def secrets(count: int) -> list[Secret[bytes]]:
    rng = SeededRng("cards")
    return [Secret(rng.bytes(16)) for _ in range(count)]


def printed(count: int, texts: CardTexts = TEXTS) -> bytes:
    return card_sheets(secrets(count), SESSION, texts).reveal()


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (PER_SHEET, 1), (PER_SHEET + 1, 2)])
def test_ten_cards_are_on_a_page(count: int, pages: int) -> None:
    assert len(page_texts(printed(count))) == pages


@pytest.mark.parametrize(("count", "pages"), [(FOLDED_PER_SHEET, 1), (FOLDED_PER_SHEET + 1, 2)])
def test_folded_cards_take_the_room_of_two(count: int, pages: int) -> None:
    folded = replace(TEXTS, folded=True)
    assert len(page_texts(printed(count, folded))) == pages
    assert "沿此线向内折" in text_of(printed(1, folded))
    assert "沿此线向内折" not in text_of(printed(1))


@pytest.mark.parametrize(("card", "top"), [(0, 13.5), (4, 229.5)])
def test_the_code_of_a_folded_card_is_on_its_left_half(card: int, top: float) -> None:
    digits = read_digits(
        code_in(printed(5, replace(TEXTS, folded=True)), 0, (22, top + 13.5, 50, top + 42.5), CODE_SIDE)
    )
    assert decode_credential(digits, SESSION).reveal() == secrets(5)[card].reveal()


def test_the_pattern_beside_a_folded_card_is_the_same_on_every_card() -> None:
    """Whoever sees a folded card from outside, or its pattern, sees nothing that differs from another card."""
    first, second = (veil_of(card_sheets([secret], SESSION, replace(TEXTS, folded=True))) for secret in secrets(2))
    assert first == second
    assert 0.4 < sum(map(sum, first)) / sum(map(len, first)) < 0.6


def veil_of(sheet: Secret[bytes]) -> list[list[bool]]:
    """The millimetres of the half beside the first card: dark or not."""
    document = pypdfium2.PdfDocument(sheet.reveal())
    bitmap = document[0].render(scale=SCALE, grayscale=True)
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    document.close()
    places = [
        [(13.5 + y + 0.5, 105 + x + 0.5) for x in range(86)] for y in range(1, 53)
    ]  # without the crosses at the corners
    return [[pixels[int(y * PIXELS_A_MM) * stride + int(x * PIXELS_A_MM)] < DARK for y, x in line] for line in places]


@pytest.mark.parametrize("folded", [False, True])
def test_a_sample_looks_like_the_cards_and_is_none(folded: bool) -> None:
    sample = sample_sheet(replace(TEXTS, folded=folded))
    assert text_of(sample).count("试印样张，不是表决卡") == (FOLDED_PER_SHEET if folded else PER_SHEET)
    assert "100mm" in text_of(sample)
    assert read_digits(code_in(sample, 0, (22, 27, 50, 56), CODE_SIDE)) == SAMPLE_DIGITS
    with pytest.raises(InputError):
        decode_credential(SAMPLE_DIGITS, SESSION)
    with pytest.raises(InputError):
        parse_typed_code("0000-" * 7 + "0000", SESSION)


def test_every_code_is_printed_in_the_order_given() -> None:
    text = text_of(printed(23))
    codes = [typed_code(secret, SESSION).reveal().replace("-", "") for secret in secrets(23)]
    places = [text.index(code) for code in codes]
    assert places == sorted(places)


@pytest.mark.parametrize(("card", "left", "top"), [(0, 19, 13.5), (3, 105, 67.5), (9, 105, 229.5)])
def test_the_printed_code_gives_the_secret(card: int, left: float, top: float) -> None:
    """The upper left corners are those of 2 × 5 cards of 86 × 54 mm in the middle of A4."""
    box = (left + 3, top + 13.5, left + 31, top + 42.5)
    digits = read_digits(code_in(printed(10), 0, box, CODE_SIDE))
    assert decode_credential(digits, SESSION).reveal() == secrets(10)[card].reveal()


def test_cards_differ_in_their_codes_alone() -> None:
    text = text_of(printed(2))
    for secret in secrets(2):
        text = text.replace(typed_code(secret, SESSION).reveal().replace("-", ""), "|")
    first, second = text.strip("|").split("|", 1)[0], text.split("|")[1]
    assert first.startswith("中国共产党青岚县")
    assert second == first


def test_the_mark_of_a_simulation_is_on_every_card() -> None:
    assert text_of(printed(3, replace(TEXTS, simulated=True))).count("演练") == 3
    assert "演练" not in text_of(printed(3))


def test_the_same_cards_are_the_same_bytes() -> None:
    assert printed(2) == printed(2)


def test_a_long_title_stays_on_its_card() -> None:
    title = "中国共产党青岚哈萨克族蒙古族自治县第十四届代表大会第三次会议暨" * 4
    assert text_of(printed(10, replace(TEXTS, title=title))).count(title) == 10
    assert len(page_texts(printed(10, replace(TEXTS, title=title)))) == 1


@pytest.mark.parametrize("field", ["title", "label"])
def test_a_text_that_cannot_be_printed_is_refused(field: str) -> None:
    with pytest.raises(InputError, match=f"{field} of the .*𠀀") as caught:
        printed(1, replace(TEXTS, **{field: "青岚𠀀县"}))
    assert "𠀀" in str(caught.value)


def test_no_cards_are_no_sheet() -> None:
    with pytest.raises(ValueError, match="at least one card"):
        printed(0)


def test_no_error_has_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that trips over the data: what is raised shows neither digits nor code."""
    monkeypatch.setattr(cards, "qr_svg", lambda _: "not an image")
    secret = secrets(1)[0]
    with pytest.raises(typeset.TypesettingError) as caught:
        printed(1)
    shown = f"{caught.value} {caught.value!r} {caught.value.__context__!r} {caught.value.__cause__!r}"
    assert "withheld" in shown
    assert encode_credential(secret, SESSION).reveal() not in shown
    assert typed_code(secret, SESSION).reveal()[:9] not in shown
    assert "not an image" not in shown


def test_the_file_itself_is_a_secret() -> None:
    assert "PDF" not in repr(card_sheets(secrets(1), SESSION, TEXTS))


def test_the_typed_code_on_paper_is_read() -> None:
    text = text_of(printed(1))
    code = typed_code(secrets(1)[0], SESSION).reveal().replace("-", "")
    start = text.index(code)
    assert parse_typed_code(text[start : start + 32], SESSION).reveal() == secrets(1)[0].reveal()
