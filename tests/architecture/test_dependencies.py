"""Every package that the product needs is declared, and `docs/dependencies.md` says why."""

import re
import sys
import tomllib
from pathlib import Path

from tests.architecture.test_purity import imported
from tests.architecture.tree import PACKAGES, ROOT, name_of, sources, write

DOCUMENTED = re.compile(r"^\| `([a-z0-9-]+)` \|", re.MULTILINE)
# Packages that a declared one brings and that code names directly, because the declared one is made to be used so.
BROUGHT = {
    "starlette": "fastapi",
    "pydantic": "fastapi",
    "sqlalchemy": "sqlmodel",
    "click": "typer",
    "gevent": "locust",
    "llvmlite": "numba",
}
# Packages whose module has another name.
IMPORTED_AS = {"pillow": "PIL", "zxing_cpp": "zxingcpp"}


def declared(root: Path) -> set[str]:
    """The names of the packages that the product needs, with those of its extras."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    return {re.split(r"[<>=\[;~! ]", item)[0] for item in wanted}


def undocumented(root: Path) -> list[str]:
    """Declared packages without a row, and rows without a package."""
    named = set(DOCUMENTED.findall((root / "docs/dependencies.md").read_text(encoding="utf-8")))
    return sorted(f"{name} has no row" for name in declared(root) - named) + sorted(
        f"{name} is not declared" for name in named - declared(root)
    )


def undeclared(root: Path) -> list[str]:
    """Imports of packages that nobody declares."""
    known = {name.replace("-", "_") for name in declared(root)} | set(PACKAGES) | set(sys.stdlib_module_names)
    known |= {name for name, by in BROUGHT.items() if by in known}
    known |= {module for name, module in IMPORTED_AS.items() if name in known}
    return sorted(
        {
            f"{name_of(root, path)} imports {module}"
            for path in sources(root)
            for module in imported(path)
            if not module.startswith(".") and module.split(".")[0] not in known
        }
    )


def locked(root: Path) -> set[str]:
    """The names in the lock file."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==", text, re.MULTILINE))


def test_every_package_has_its_reason() -> None:
    assert undocumented(ROOT) == []


def test_every_import_is_declared() -> None:
    assert undeclared(ROOT) == []


def test_every_package_is_locked() -> None:
    assert declared(ROOT) <= locked(ROOT)


def test_every_locked_package_has_a_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


PROJECT = '[project]\ndependencies = ["rbcl>=1.1", "rich"]\n[project.optional-dependencies]\nweb = ["fastapi[x]>=1"]\n'


def test_a_package_without_a_reason_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, {"pyproject.toml": PROJECT, "docs/dependencies.md": "| `rbcl` | why |\n| `idle` | why |\n"})
    assert undocumented(root) == ["fastapi has no row", "rich has no row", "idle is not declared"]


def test_an_undeclared_import_is_found(tmp_path: Path) -> None:
    text = "import json\nimport rbcl.x\nfrom starlette import y\nimport numpy\nfrom sqlalchemy import z\n"
    root = write(tmp_path, {"pyproject.toml": PROJECT, "api/a.py": text})
    assert undeclared(root) == ["api/a.py imports numpy", "api/a.py imports sqlalchemy"]


def test_the_lock_file_is_read(tmp_path: Path) -> None:
    assert locked(write(tmp_path, {"requirements.lock": "a-b==1 \\\n    --hash=sha256:00\nc[d]==2\n"})) == {"a-b", "c"}
