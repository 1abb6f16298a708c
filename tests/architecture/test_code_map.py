"""docs/spec/code-map.md: every name exists, no section is missing, every check is raised where the page says."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.test_spec_references import checks, headings
from tests.architecture.tree import ROOT, write

PAGE = "docs/spec/code-map.md"
PLACE = re.compile(r"`([\w/]+\.py)::([\w.]+)`")
EXPLAINED = ("1", "11", "12")
"""Chapters without a row for each section: parties, the checks (which have a table of their own), vectors."""

EXPLAINING = {"5.7", "6.8", "9.10"}


def rows(root: Path, start: str) -> list[tuple[str, str]]:
    """First cell and whole line of every row whose first cell begins so."""
    lines = (root / PAGE).read_text(encoding="utf-8").splitlines()
    return [(line.split(" | ")[0].removeprefix("| "), line) for line in lines if line.startswith(f"| {start}")]


def find(path: Path, name: str) -> ast.AST | None:
    """The definition of a dotted name in a file."""
    if not path.is_file():
        return None
    node: ast.AST = ast.parse(path.read_text(encoding="utf-8"))
    for part in name.split("."):
        below = [child for child in ast.iter_child_nodes(node) if part in _names(child)]
        if not below:
            return None
        node = below[-1]
    return node


def _names(node: ast.AST) -> set[str]:
    """What a statement defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def missing_names(root: Path) -> list[str]:
    """Names on the page that are not in the code."""
    text = (root / PAGE).read_text(encoding="utf-8")
    return [f"there is no {file}::{name}" for file, name in PLACE.findall(text) if find(root / file, name) is None]


def missing_sections(root: Path) -> list[str]:
    """Sections of the specification without a row, and rows without a section or place."""
    mapped = {first.removeprefix("§") for first, _ in rows(root, "§")}
    known = headings(root)
    wanted = {number for number in known if "." in number and number.partition(".")[0] not in EXPLAINED} - EXPLAINING
    return (
        [f"§{number} has no row" for number in sorted(wanted - mapped)]
        + [f"§{number} is not in the specification" for number in sorted(mapped - known)]
        + [f"{first} names no place" for first, line in rows(root, "§") if not PLACE.search(line)]
    )


def wrong_checks(root: Path) -> list[str]:
    """Checks without a row, and places that do not raise what the page says."""
    found = [f"{code} has no row" for code in sorted(set(checks(root)) - {code for code, _ in rows(root, "V")})]
    for code, line in rows(root, "V"):
        for file, name in PLACE.findall(line):
            node = find(root / file, name)
            if node is not None and code not in _codes(node):
                found.append(f"{file}::{name} does not raise {code}")
    return found


def _codes(node: ast.AST) -> str:
    """All text in a definition but its docstring."""
    values = [child.value for child in ast.walk(node) if isinstance(child, ast.Constant)]
    documented = ast.get_docstring(node, clean=False) if isinstance(node, ast.FunctionDef | ast.ClassDef) else None
    return "\n".join(value for value in values if isinstance(value, str) and value != documented)


def test_every_name_exists() -> None:
    assert missing_names(ROOT) == []


def test_every_section_has_a_row() -> None:
    assert missing_sections(ROOT) == []


def test_every_check_is_raised_where_the_page_says() -> None:
    assert wrong_checks(ROOT) == []


TREE = {
    "docs/spec/02-a.md": "## §2.1 Group\n",
    "docs/spec/11-verification.md": "| V1.A | something | §2.1 |\n",
    "a.py": 'class A:\n    B: int = 1\n    def c(self):\n        "Raises V1.A."\n        raise_("V1.A")\n',
    PAGE: "| §2.1 | group | `a.py::A.B` |\n| V1.A | `a.py::A.c` |\n",
}


def test_a_good_page_passes(tmp_path: Path) -> None:
    root = write(tmp_path, TREE)
    assert missing_names(root) + missing_sections(root) + wrong_checks(root) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({PAGE: TREE[PAGE].replace("A.B", "A.D")}, "there is no a.py::A.D"),
        ({PAGE: TREE[PAGE].replace("a.py::A.B", "b.py::A")}, "there is no b.py::A"),
        ({PAGE: TREE[PAGE].replace("§2.1", "§2.2")}, "§2.1 has no row"),
        ({PAGE: TREE[PAGE].replace("§2.1", "§2.2")}, "§2.2 is not in the specification"),
        ({PAGE: TREE[PAGE].replace("`a.py::A.B`", "nowhere")}, "§2.1 names no place"),
        ({PAGE: TREE[PAGE].replace("| V1.A", "| V1.B")}, "V1.A has no row"),
        ({"a.py": TREE["a.py"].replace('raise_("V1.A")', "pass")}, "a.py::A.c does not raise V1.A"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, change: dict[str, str], problem: str) -> None:
    root = write(tmp_path, {**TREE, **change})
    assert problem in missing_names(root) + missing_sections(root) + wrong_checks(root)
