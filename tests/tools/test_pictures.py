"""Documents show pictures that tests take, and have them all."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, write
from tools.pictures import copy, wanted

TAKEN = re.compile(r"(?:take|picture|look)\(\s*[\w.]+,\s*f?\"([^\"]+)\"")


def patterns() -> list[re.Pattern[str]]:
    """The names that browser tests give to pictures; what they fill in may be anything."""
    names = [name for path in (ROOT / "tests/browser").glob("*.py") for name in TAKEN.findall(path.read_text())]
    return [re.compile(re.sub(r"\\\{.*?\\\}", "[a-z0-9-]+", re.escape(name)) + r"\Z") for name in names]


def test_every_picture_is_there_and_taken_by_a_test() -> None:
    names = wanted(ROOT)
    assert len(names) >= 15
    for name in names:
        assert (ROOT / f"docs/images/screens/{name}.png").is_file(), name
        assert any(pattern.match(name) for pattern in patterns()), name


def test_no_picture_lies_there_that_nothing_shows() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))
    unseen = [path.name for path in (ROOT / "docs/images").rglob("*.*") if f"/{path.name})" not in texts]
    assert unseen == []


def test_missing_pictures_are_named(tmp_path: Path) -> None:
    gallery = "![a](images/screens/a.png) ![b](images/screens/b-1.png)"
    root = write(tmp_path, {"docs/screens.md": gallery, "build/screens/a.png": "x"})
    assert copy(root) == ["b-1"]
    assert (root / "docs/images/screens/a.png").read_text() == "x"
