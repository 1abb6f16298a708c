"""Which packages go onto the stick."""

import pytest

from tools.bundle.closure import locked, needed

REQUIRES = {
    "plenum": ["a>=1", 'b; extra == "web"', 'c; extra == "load"', 'old; python_version < "3"'],
    "a": ["d[x]"],
    "b": ["a", 'never; sys_platform == "plan9"'],
    "d": ['E.f; extra == "x"', 'g; extra == "y"'],
}
LOCK = """a==1 \\
    --hash=sha256:00
b==2 \\
    --hash=sha256:01 \\
    --hash=sha256:02
d[x]==3 \\
    --hash=sha256:03
e-f==4 \\
    --hash=sha256:04
unused==5 \\
    --hash=sha256:05
"""


def requires(name: str) -> list[str]:
    return REQUIRES.get(name, [])


def test_extras_and_markers_decide_what_is_needed():
    assert needed("plenum", ["web"], requires) == {"a", "b", "d", "e-f"}
    assert needed("plenum", [], requires) == {"a", "d", "e-f"}


def test_whole_blocks_of_the_lock_are_taken_and_nothing_else():
    assert locked(LOCK, needed("plenum", ["web"], requires)) == LOCK[: LOCK.index("unused")]


def test_a_package_that_is_not_locked_stops_the_program():
    with pytest.raises(ValueError, match="not in the lock file: zzz"):
        locked(LOCK, frozenset({"a", "zzz"}))


def test_the_product_itself_is_locked_with_all_that_it_brings():
    from importlib.metadata import distribution

    from tests.architecture.tree import ROOT
    from tools.bundle.__main__ import EXTRAS

    names = needed("plenum", EXTRAS, lambda name: distribution(name).requires or ())
    lines = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"), names)
    assert {"cryptography", "rbcl", "fastapi", "psycopg", "typst", "zxing-cpp", "pillow", "pypdfium2"} <= names
    assert not names & {"pytest", "locust", "playwright"}
    assert lines.count("==") == len(names)
    assert lines.count("--hash=sha256:") >= len(names)
