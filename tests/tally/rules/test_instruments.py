"""Every packaged rule set names in Chinese what it rests on."""

import re

from tally.rules.instruments import INSTRUMENTS_ZH, instrument_words
from tally.rules.loader import available_rule_sets, load_rule_set

ENGLISH = re.compile("[a-z]{2}")


def test_packaged_instruments_read_in_chinese() -> None:
    instruments = {load_rule_set(name).instrument for name in available_rule_sets()}
    assert [text for text in instruments if ENGLISH.search(instrument_words(text).zh)] == []
    assert set(INSTRUMENTS_ZH) <= instruments


def test_a_countys_own_words_stay() -> None:
    assert instrument_words("本县办法").zh == instrument_words("本县办法").en == "本县办法"
