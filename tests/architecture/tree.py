"""Reading the checkout, for the tests of its architecture.

Every check takes a root, so that a test can plant a fault.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("voting_core", "ballots", "tally", "api", "kiosk", "loadtests")
PURE = ("voting_core", "ballots", "tally")


def sources(root: Path, folders: tuple[str, ...] = PACKAGES) -> Iterator[Path]:
    """All Python files of these folders, in order."""
    for folder in folders:
        yield from sorted((root / folder).rglob("*.py"))


def name_of(root: Path, path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(root).as_posix()


def strings(path: Path) -> Iterator[str]:
    """The string constants of a file that are values: docstrings are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def write(root: Path, files: dict[str, str]) -> Path:
    """A small tree for a test."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
