"""The page of bad input is complete, and every row of it is tested by the test that it names."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.bad_input.items import PAGE, items

FOLDER = Path(__file__).parent
REQUIRED = (
    "table: missing column",
    "table: duplicate number",
    "table: unknown status",
    "table: wrong encoding",
    "table: thousands of rows, roll",
    "table: formula, CSV",
    "table: formula, workbook",
    "threshold larger than the number of scrutineers",
    "card: of another session",
    "card: voided",
    "card: used twice",
    "card: mistyped code",
    "ballot: contest not open",
    "ballot: contest already closed",
    "ballot: a ciphertext too few",
    "ballot: a ciphertext too many",
    "choice: unknown row",
    "choice: unknown mark",
    "ballots file: limit exceeded",
    "ballot: non-canonical point",
    "ballot: non-canonical scalar",
    "ballot: trailing bytes after the entry",
    "ballot: a copied proof",
    "ballot: a body of 10 MB",
    "record: a replayed entry",
    "entry: reordered",
    "wrong passphrase",
    "too few scrutineers",
    "a share that does not verify",
    "record: truncated file",
    "record: truncated log",
    "record: edited",
    "record: re-ordered",
    "record: foreign",
    "full disk: results",
    "full disk: a running server",
    "closing: not paused",
    "closing: a kiosk is silent",
    "closing: a kiosk holds ballots",
)
"""What was asked for from the beginning; the page has more."""


def sources() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("test_*.py")}


def test_every_case_is_there_once() -> None:
    counted = Counter(item.case for item in items())
    assert [case for case, number in counted.items() if number > 1] == []
    assert set(REQUIRED) <= counted.keys()


@pytest.mark.parametrize("item", items(), ids=lambda item: item.case)
def test_the_named_test_exists_and_is_about_the_case(item: tuple[str, str, str]) -> None:
    case, _, test = item
    name, _, function = test.partition("::")
    source = sources()[name]
    assert re.search(rf"^def {function}\(", source, re.MULTILINE)
    assert f'"{case}"' in source


def test_tests_that_the_text_names_exist() -> None:
    for name, function in re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE.read_text(encoding="utf-8")):
        assert f"def {function}(" in sources()[name]


@pytest.mark.parametrize("item", items(), ids=lambda item: item.case)
def test_a_sentence_is_one_and_shows_no_insides(item: tuple[str, str, str]) -> None:
    sentence = item[1]
    assert len(sentence) < 320
    assert not re.search(r"Traceback|Error\b|Exception|0x[0-9a-f]{6}|object at|None\b", sentence)
