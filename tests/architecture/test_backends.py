"""Who may use the backend that is not constant-time, and who may wrap bytes without decoding them."""

import ast
from pathlib import Path

import pytest

from tests.architecture.test_purity import imported
from tests.architecture.tree import PACKAGES, ROOT, name_of, sources, write

FAST = "voting_core.fast"
VERIFYING = ("voting_core/fast/", "tally/cli/", "api/sequencer/", "api/workers/", "api/verifiers/", "loadtests/")
"""What verifies what everybody may know. Contracts of `.importlinter` keep it from the rest through others, too."""

WRAP = "trusted_point"
WRAPPING = ("voting_core/elgamal.py", "voting_core/fast/group.py")


def users_of_fast(root: Path) -> list[str]:
    """Files that import the backend and are not among those that verify."""
    return [
        name
        for path in sources(root, PACKAGES)
        if any(module == FAST or module.startswith(FAST + ".") for module in imported(path))
        and not (name := name_of(root, path)).startswith(VERIFYING)
    ]


def wrappers(root: Path) -> list[str]:
    """Files that make points of bytes without decoding them."""
    return [
        name
        for path in sources(root, PACKAGES)
        if (name := name_of(root, path)) not in (*WRAPPING, "voting_core/group.py")
        and any(
            WRAP in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", ""))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    ]


def test_only_what_verifies_imports_the_backend() -> None:
    assert users_of_fast(ROOT) == []


def test_only_backends_wrap_bytes() -> None:
    assert wrappers(ROOT) == []


@pytest.mark.parametrize("line", ["import voting_core.fast", "from voting_core.fast.group import FastGroup"])
def test_a_user_is_found(tmp_path: Path, line: str) -> None:
    root = write(tmp_path, {"kiosk/booth.py": f"{line}\n", "tally/cli/backend.py": f"{line}\n"})
    assert users_of_fast(root) == ["kiosk/booth.py"]


@pytest.mark.parametrize("line", ["from voting_core.group import trusted_point", "group.trusted_point(b'')"])
def test_a_wrapper_is_found(tmp_path: Path, line: str) -> None:
    root = write(tmp_path, {"api/a.py": f"{line}\n", "voting_core/elgamal.py": f"{line}\n"})
    assert wrappers(root) == ["api/a.py"]
