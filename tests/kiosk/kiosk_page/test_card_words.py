"""Every card that is not taken is told apart, and its code is never repeated."""

import pytest

from ballots.card import CardSecret, new_card_secret, parse_typed_code, typed_code
from ballots.qr.credential import decode_credential, encode_credential
from ballots.qr.receipt import encode_receipt
from ballots.screen.words import Said
from kiosk.kiosk_page import card_words
from kiosk.kiosk_page.card_words import is_slip
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError

HERE, ELSEWHERE = (SeededRng(name).bytes(32) for name in ("here", "elsewhere"))
CARD: CardSecret = new_card_secret(SeededRng("card"))


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as found:
        decode_credential(text, HERE) if text.isdecimal() else parse_typed_code(text, HERE)
    return found.value


def slipped() -> str:
    code = typed_code(CARD, HERE).reveal()
    return ("1" if code[0] == "0" else "0") + code[1:]


CASES = [
    (slipped(), card_words.MISTYPED),
    (typed_code(CARD, ELSEWHERE).reveal(), card_words.FOREIGN),
    (encode_credential(CARD, ELSEWHERE).reveal(), card_words.FOREIGN),
    (encode_receipt(bytes(32), HERE), card_words.RECEIPT),
    ("9" * 63, card_words.NO_CARD),
    ("https", card_words.NO_CARD),
]


@pytest.mark.parametrize(("text", "said"), CASES)
def test_each_card_is_told_apart(text: str, said: Said) -> None:
    error = refused(text)
    assert card_words.card_words(error) == said
    assert is_slip(error) is (said == card_words.MISTYPED)
    for word in (said.zh, said.en):
        assert text not in word


def test_a_damaged_code_is_shown_again() -> None:
    text = encode_credential(CARD, HERE).reveal()
    damaged = text[:-1] + ("1" if text[-1] == "0" else "0")
    assert card_words.card_words(refused(damaged)) == card_words.UNREAD


def test_what_the_log_says_of_a_card_has_its_words() -> None:
    for problem, said in {
        "it was declared void": card_words.VOIDED,
        "it does not vote in this contest": card_words.NOT_HERE,
        "it has already voted in this contest": card_words.USED,
        "no contest is open now": card_words.NOTHING_OPEN,
    }.items():
        assert card_words.card_words(InputError("card", problem, "x")) == said
