"""What imports do not show: built-in functions and methods that touch the world, and what the tests may import."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, PURE, ROOT, name_of, sources, write

FUNCTIONS = {"open", "print", "input", "breakpoint", "exec", "eval", "__import__"}
METHODS = {"now", "utcnow", "today", "fromtimestamp"}


def impure_calls(root: Path) -> list[str]:
    """Calls of pure packages that read or write outside, or ask a clock."""
    problems = []
    for path in sources(root, PURE):
        name = name_of(root, path)
        if name.startswith(("tally/cli/", "tally/__main__")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            function = node.func
            if isinstance(function, ast.Name) and function.id in FUNCTIONS:
                problems.append(f"{name}:{node.lineno}: {function.id}()")
            if isinstance(function, ast.Attribute) and function.attr in METHODS:
                problems.append(f"{name}:{node.lineno}: .{function.attr}()")
    return problems


def imported(path: Path) -> Iterator[str]:
    """The modules that a file names in imports; relative ones begin with a point."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def imports_of_tests(root: Path) -> list[str]:
    """Shipped files that import the tests."""
    return [
        f"{name_of(root, path)} imports {module}"
        for path in sources(root, PACKAGES)
        for module in imported(path)
        if module.split(".")[0] == "tests"
    ]


def foreign_imports(root: Path) -> list[str]:
    """What the independent program imports besides itself and the standard library."""
    return [
        f"{name_of(root, path)} imports {module}"
        for path in sorted((root / "tests/independent").glob("*.py"))
        if not path.name.startswith("test_")
        for module in imported(path)
        if (module.startswith("..") if module.startswith(".") else module.split(".")[0] not in sys.stdlib_module_names)
    ]


def asserts(root: Path) -> list[str]:
    """`assert` in shipped files: `python -O` removes it."""
    return [
        f"{name_of(root, path)}:{node.lineno}"
        for path in sources(root, PACKAGES)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]


def test_pure_packages_call_nothing_that_touches_the_world() -> None:
    assert impure_calls(ROOT) == []


def test_nothing_shipped_imports_the_tests() -> None:
    assert imports_of_tests(ROOT) == []


def test_the_independent_program_imports_the_standard_library_alone() -> None:
    assert foreign_imports(ROOT) == []


def test_nothing_shipped_relies_on_assert() -> None:
    assert asserts(ROOT) == []


@pytest.mark.parametrize(
    "line", ["open('x')", "print(1)", "eval('1')", "datetime.datetime.now()", "date.today()", "input()"]
)
def test_an_impure_call_is_found(tmp_path: Path, line: str) -> None:
    root = write(tmp_path, {"tally/a.py": f"def f() -> None:\n    {line}\n", "tally/cli/main.py": f"{line}\n"})
    assert len(impure_calls(root)) == 1


def test_an_import_of_tests_is_found(tmp_path: Path) -> None:
    assert imports_of_tests(write(tmp_path, {"api/a.py": "from tests.support import builders\n"})) != []


@pytest.mark.parametrize("line", ["import voting_core.group", "from ..support import oracle", "import cryptography"])
def test_a_foreign_import_is_found(tmp_path: Path, line: str) -> None:
    assert (
        foreign_imports(write(tmp_path, {"tests/independent/a.py": line + "\nfrom .b import c\nimport json\n"})) != []
    )


def test_an_assert_is_found(tmp_path: Path) -> None:
    assert asserts(write(tmp_path, {"kiosk/a.py": "assert 1\n"})) == ["kiosk/a.py:1"]
