import pytest

from kiosk.client import Refused, Unreachable
from kiosk.kiosk_page.words import kiosk_words
from voting_core.errors import PlenumError, StateError


@pytest.mark.parametrize(
    ("error", "word"),
    [(Unreachable("x"), "服务器"), (StateError("x"), "再按一次"), (Refused(409, "V8.A", "x", {}), "忙")],
)
def test_every_trouble_is_one_sentence(error: PlenumError, word: str) -> None:
    said = kiosk_words(error)
    assert word in said.zh
    assert said.en
