"""The sentences of `docs/bad-input.md`: tests of this folder compare what is said with what the page says."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "bad-input.md"
_ROW: Final = re.compile(r"\| (?P<case>[^|]+) \| `(?P<sentence>[^|`]+)` \| `(?P<test>[^|`]+)` \|")
_ANYTHING: Final = "…"


class Item(NamedTuple):
    """A row of the page; `test` is a file of this folder and a function in it."""

    case: str
    sentence: str
    test: str


@cache
def items() -> tuple[Item, ...]:
    """All rows of the page, in its order."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| case ")]
    found = [(row, _ROW.fullmatch(row)) for row in rows]
    assert [row for row, match in found if match is None] == []
    return tuple(Item(**match.groupdict()) for _, match in found if match is not None)


def says(case: str, text: str) -> None:
    """The text must be the sentence of a case."""
    says_one(case, [text])


def says_one(case: str, texts: Sequence[str]) -> None:
    """One of the texts must be the sentence of a case."""
    (item,) = (item for item in items() if item.case == case)
    pattern = ".+".join(re.escape(part) for part in item.sentence.split(_ANYTHING))
    said = [text.removeprefix("plenum: ") for text in texts]
    assert any(re.fullmatch(pattern, text) for text in said), f"none of {said!r} is {item.sentence!r}"
