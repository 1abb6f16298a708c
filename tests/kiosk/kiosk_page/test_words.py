import pytest

from kiosk.client import Refused, Unreachable
from kiosk.kiosk_page.words import kiosk_words
from voting_core.errors import FatalError, InputError, PlenumError, StateError


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (InputError("card", "it was declared void", "x"), "作废"),
        (InputError("card", "it has already voted in this contest", "x"), "已经投过票"),
        (InputError("card", "it does not vote in this contest", "x"), "不参加"),
        (InputError("card", "the check digits are wrong", "x"), "输错"),
        (Unreachable("x"), "服务器"),
        (StateError("x"), "再看一遍"),
        (Refused(409, "V8.A", "x", {}), "再看一遍"),
        (FatalError("x"), "停止"),
    ],
)
def test_every_trouble_is_one_sentence(error: PlenumError, word: str) -> None:
    said = kiosk_words(error)
    assert word in said.zh
    assert said.en
