"""docs/security/attacks.md names tests that exist, and leaves no file of attacks out."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, write

TABLE = "docs/security/attacks.md"
FOLDER = "tests/attacks"
CELLS = 5
NUMBER = re.compile(r"A(\d+)")
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
SECTION = re.compile(r"SPEC §\d+")


def rows(root: Path) -> list[list[str]]:
    """The cells of every row whose first cell is a number."""
    text = (root / TABLE).read_text(encoding="utf-8")
    found = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:1] == "|"]
    return [cells for cells in found if NUMBER.fullmatch(cells[0].strip())]


def named(root: Path) -> list[tuple[str, str, str]]:
    """Row, file and test, for every test that is named."""
    return [(cells[0], file, test) for cells in rows(root) for file, test in TEST.findall(cells[-1])]


def functions_of(path: Path) -> set[str]:
    """The test functions of a file."""
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def problems(root: Path) -> list[str]:
    """What is wrong with the table."""
    found = []
    for number, cells in enumerate(rows(root), 1):
        where = cells[0]
        if where != f"A{number}":
            found.append(f"{where} stands where A{number} belongs")
        if len(cells) != CELLS or not all(cells):
            found.append(f"{where} has not {CELLS} cells that say something")
            continue
        if not SECTION.search(cells[3]):
            found.append(f"{where} names no section of the specification")
        if not TEST.search(cells[4]):
            found.append(f"{where} names no test")
    for where, file, test in named(root):
        if test not in functions_of(root / FOLDER / file):
            found.append(f"{where}: there is no test {file}::{test}")
    cited = {file for _, file, _ in named(root)}
    for path in sorted((root / FOLDER).glob("test_*.py")):
        if path.name not in cited:
            found.append(f"{path.name} is in no row")
    return found


def test_the_table_of_attacks_is_complete() -> None:
    assert problems(ROOT) == []
    assert len(rows(ROOT)) > 50


GOOD = "| A1 | attack | falls | rule. SPEC §5.3; V8.A | `test_a.py::test_one` |\n"
FILES = {"tests/attacks/test_a.py": "def test_one() -> None: ...\n"}


def test_a_good_row_passes(tmp_path: Path) -> None:
    assert problems(write(tmp_path, {**FILES, TABLE: f"| # | attack |\n|---|---|\n{GOOD}"})) == []


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (GOOD.replace("A1", "A2"), "A2 stands where A1 belongs"),
        (GOOD.replace("test_one", "test_two"), "A1: there is no test test_a.py::test_two"),
        (GOOD + GOOD.replace("A1", "A2").replace("test_a", "test_b"), "A2: there is no test test_b.py::test_one"),
        (GOOD.replace("SPEC §5.3", "a rule"), "A1 names no section of the specification"),
        (GOOD.replace(" falls ", "  "), "A1 has not 5 cells that say something"),
        (GOOD + GOOD.replace("A1", "A2").replace("`test_a.py::test_one`", "none"), "A2 names no test"),
    ],
)
def test_a_fault_in_the_table_is_found(tmp_path: Path, table: str, problem: str) -> None:
    assert problem in problems(write(tmp_path, {**FILES, TABLE: table}))


def test_a_file_that_is_left_out_is_found(tmp_path: Path) -> None:
    files = {**FILES, "tests/attacks/test_c.py": "", TABLE: GOOD}
    assert problems(write(tmp_path, files)) == ["test_c.py is in no row"]
