"""Texts speak of the product, not of how or where it was made, and leave nothing open."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name_of, write

SUFFIXES = {".py", ".md", ".toml", ".sh", ".svg", ".ini", ".cfg", ".yml", ".json", ".csv", ".txt", ""}
SUFFIXES |= {".html", ".css", ".js", ".typ"}
SKIPPED = {".git", ".venv", "build", "mutants", "dist", "node_modules", "__pycache__"}
# Written in halves, so that this file does not find itself.
WORKING = (
    "sub" + "agent",
    "/wo" + "rk/",
    "/tm" + "p/plan",
    r"\.\./sha" + "red",
    "build con" + "tract",
    r"\bas an A" + "I\\b",
)
# One thing has one word: a ballot that is opened to test a kiosk is 查验, on every screen and in every text.
RETIRED = ("检" + "验",)
OPEN = ("TO" + "DO", "FIX" + "ME", "XX" + "X:", r"raise NotImple" + "mentedError")


def files(root: Path) -> list[Path]:
    """Every text file of the checkout."""
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.suffix in SUFFIXES
        and not SKIPPED.intersection(path.relative_to(root).parts)
        and not any(part.endswith("_cache") or part.startswith(".hypothesis") for part in path.relative_to(root).parts)
    ]


def found(root: Path, words: tuple[str, ...]) -> list[str]:
    """Where one of the words stands, in any case."""
    pattern = re.compile("|".join(words), re.IGNORECASE if words is WORKING else 0)
    problems = []
    for path in files(root):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            problems += [f"{name_of(root, path)}:{number}: {word}" for word in pattern.findall(line)]
    return problems


def test_nothing_speaks_of_how_the_work_is_organised() -> None:
    assert found(ROOT, WORKING) == []


def test_nothing_is_left_open() -> None:
    assert found(ROOT, OPEN) == []


def test_nothing_has_two_words() -> None:
    assert found(ROOT, RETIRED) == []


def test_a_second_word_is_found_on_a_screen_too(tmp_path: Path) -> None:
    assert len(found(write(tmp_path, {"kiosk/a.html": "ok\n检" + "验这台终端\n"}), RETIRED)) == 1


@pytest.mark.parametrize("line", ["a Sub" + "agent did it", "see ../sha" + "red/x.md", "in /wo" + "rk/main"])
def test_a_word_is_found(tmp_path: Path, line: str) -> None:
    assert len(found(write(tmp_path, {"docs/a.md": f"ok\n{line}\n"}), WORKING)) == 1


def test_an_open_end_is_found(tmp_path: Path) -> None:
    assert found(write(tmp_path, {"api/a.py": "# TO" + "DO: later\n"}), OPEN) == ["api/a.py:1: TO" + "DO"]


def test_what_is_not_ours_is_left_out(tmp_path: Path) -> None:
    assert found(write(tmp_path, {".venv/a.py": "TO" + "DO", "build/b.py": "TO" + "DO"}), OPEN) == []
