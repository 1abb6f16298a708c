"""Files are small, and each has its mirror."""

from pathlib import Path

from tests.architecture.tree import PACKAGES, ROOT, name_of, sources, write

MAX_LINES = 400
LONG: dict[str, str] = {}
"""Files that may be longer, each with its reason."""


def too_long(root: Path, allowed: dict[str, str]) -> list[str]:
    """Files over the limit that are not allowed to be, and allowances that nobody needs."""
    lengths = {
        name_of(root, path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(root, (*PACKAGES, "tests", "tools"))
    }
    long = {name for name, length in lengths.items() if length > MAX_LINES}
    return sorted(f"{name} has {lengths[name]} lines" for name in long - set(allowed)) + sorted(
        f"{name} needs no allowance" for name in set(allowed) - long
    )


def without_mirror(root: Path) -> list[str]:
    """Source files `a/b.py` without `tests/a/test_b.py`. A package's own files need none."""
    missing = []
    for path in sources(root):
        if path.name in ("__init__.py", "__main__.py"):
            continue
        mirror = root / "tests" / path.parent.relative_to(root) / f"test_{path.name}"
        if not mirror.is_file():
            missing.append(name_of(root, path))
    return missing


def without_source(root: Path) -> list[str]:
    """Folders of mirrors whose package is gone."""
    return [
        name_of(root, folder)
        for package in PACKAGES
        for folder in sorted((root / "tests" / package).rglob("*"))
        if folder.is_dir()
        and any(folder.glob("test_*.py"))
        and not (root / folder.relative_to(root / "tests")).is_dir()
    ]


def test_no_file_is_too_long() -> None:
    assert too_long(ROOT, LONG) == []


def test_every_source_file_has_its_mirror() -> None:
    assert without_mirror(ROOT) == []


def test_every_folder_of_tests_mirrors_a_package() -> None:
    assert without_source(ROOT) == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, {"api/a.py": "\n" * 401, "api/b.py": "\n" * 400, "tests/c.py": "\n" * 500})
    assert too_long(root, {}) == ["api/a.py has 401 lines", "tests/c.py has 500 lines"]
    assert too_long(root, {"api/a.py": "reason", "tests/c.py": "reason"}) == []


def test_an_idle_allowance_is_found(tmp_path: Path) -> None:
    assert too_long(write(tmp_path, {"api/a.py": "\n"}), {"api/a.py": "reason"}) == ["api/a.py needs no allowance"]


def test_a_missing_mirror_is_found(tmp_path: Path) -> None:
    files = {
        "api/__init__.py": "",
        "api/a.py": "",
        "api/b/c.py": "",
        "tests/api/test_a.py": "",
        "tests/api/test_c.py": "",
    }
    assert without_mirror(write(tmp_path, files)) == ["api/b/c.py"]


def test_an_orphaned_mirror_is_found(tmp_path: Path) -> None:
    files = {"api/a.py": "", "tests/api/test_a.py": "", "tests/api/gone/test_c.py": ""}
    assert without_source(write(tmp_path, files)) == ["tests/api/gone"]
