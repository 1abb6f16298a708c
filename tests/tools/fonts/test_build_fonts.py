"""The program that builds the fonts, and the packaged fonts against what it says."""

import importlib.util
from pathlib import Path

SPEC = importlib.util.spec_from_file_location("build_fonts", Path("tools/fonts/build_fonts.py"))
assert SPEC is not None
assert SPEC.loader is not None
build_fonts = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(build_fonts)


def test_the_packaged_files_are_those_that_it_built() -> None:
    assert {name: build_fonts.digest(build_fonts.OUTPUT / name) for name in build_fonts.OUTPUTS} == build_fonts.OUTPUTS


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in build_fonts.OUTPUT.iterdir()) < 10_000_000


def test_their_licence_is_beside_them() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (build_fonts.OUTPUT / "OFL.txt").read_text(encoding="ascii")


def test_points_become_ranges() -> None:
    assert build_fonts.ranges({0x20, 0x21, 0x22, 0x40, 0x20000}) == "20-22\n40-40\n20000-20000\n"
    assert build_fonts.ranges(set()) == ""


def test_what_is_wanted_has_the_list_and_gb_2312() -> None:
    wanted = build_fonts.wanted()
    assert {ord(character) for character in "一䶮𬭎啊齄·—○×A"} <= wanted
    assert 0x20000 not in wanted
