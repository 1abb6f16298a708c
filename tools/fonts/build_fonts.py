"""Build the packaged fonts of ballots/paper/fonts from Debian's Noto CJK: two subsets, and the characters they have.

Run it from the root of the repository, on a machine with the two packages (they are needed for nothing else):

    apt-get install fonts-noto-cjk fonts-noto-cjk-extra
    .venv/bin/python tools/fonts/build_fonts.py

* The serif is for text, the bold sans for titles: the faces of printed Chinese documents (宋体, 黑体).
* A subset has 通用规范汉字表 (tally/strokes/table.txt), all of GB 2312,
  and the Latin letters, digits and signs that reports use. The families are
  renamed, so that a font installed on the machine is never taken for ours.
* `characters.txt` has the characters of both subsets as ranges of code points. Printing refuses any other.

The same input gives the same bytes: the program stops when the input or the output is not what is written here.
"""

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
OUTPUT = Path("ballots/paper/fonts")
STROKES = Path("tally/strokes/table.txt")
# Debian 12: fonts-noto-cjk 1:20220127+repack1-1.
INPUTS = {
    "NotoSerifCJK-Regular.ttc": "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
    "NotoSansCJK-Bold.ttc": "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
}
OUTPUTS = {
    "plenum-song.otf": "bd2778ba7cf80f7e79d90b822a38b90b60693c99208b3a6065a760e74ac05fc2",
    "plenum-hei.otf": "613a5fc693732656a692ba432630f9e354e5516f19151b97c3c083616bbdb86a",
    "characters.txt": "5f32395f0dc27f85fd1d6cb8ef0e08304601c578ffe2f456c875d6ebc194677e",
}
FACES = (
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "plenum-song.otf", "Plenum Song"),
    ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "plenum-hei.otf", "Plenum Hei"),
)
# Latin with the letters of pinyin, punctuation and signs that GB 2312 lacks.
MORE = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2028), 0x2030, 0x2032, 0x2033]
MORE += [0x20AC, 0x2103, 0x2113, 0x2160, 0x2190, 0x2192, 0x2212, 0x2219, 0x2260, 0x2264, 0x2265, 0x25A1, 0x2713]
MORE += [*range(0x3000, 0x3018), 0x30FB, *range(0xFF01, 0xFF5F), 0xFF65, 0xFFE5]
FAMILY, SUBFAMILY, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
KEPT_NAMES = (0, 5, 7, 8, 9, 11, 13, 14)
"""Copyright, version, trademark, makers, licence."""


def gb2312() -> set[int]:
    """The characters of GB 2312: 6,763 of Han, and its signs."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def wanted() -> set[int]:
    """Every code point that the fonts should have."""
    listed = {ord(line[0]) for line in STROKES.read_text(encoding="utf-8").splitlines()}
    return listed | gb2312() | set(MORE)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rename(font: TTFont, family: str) -> None:
    """Give the font a family of its own; copyright and licence stay."""
    names = font["name"]
    names.names = [name for name in names.names if name.nameID in KEPT_NAMES and name.platformID == 3]
    texts = {FAMILY: family, SUBFAMILY: "Regular", UNIQUE: family, FULL: family, POSTSCRIPT: family.replace(" ", "")}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [texts[POSTSCRIPT]]
    dictionary = top.topDictIndex[0]
    dictionary.FullName = dictionary.FamilyName = family


def build(source: str, family: str, target: str, renamed: str) -> set[int]:
    """Write one subset and give its code points."""
    collection = TTCollection(SOURCE / source, lazy=True)
    font = next(one for one in collection.fonts if one["name"].getDebugName(FAMILY) == family)
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "locl"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted() & set(font.getBestCmap()))
    subsetter.subset(font)
    rename(font, renamed)
    font["OS/2"].usWeightClass = 400  # each family has one face, so that no weight has to be asked for
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0
    font.recalcTimestamp = False
    font.flavor = None
    OUTPUT.mkdir(parents=True, exist_ok=True)
    font.save(OUTPUT / target)
    return set(TTFont(OUTPUT / target).getBestCmap())


def ranges(points: set[int]) -> str:
    """Code points as lines of `first-last` in hexadecimal."""
    lines: list[list[int]] = []
    for point in sorted(points):
        if lines and lines[-1][1] == point - 1:
            lines[-1][1] = point
        else:
            lines.append([point, point])
    return "".join(f"{first:X}-{last:X}\n" for first, last in lines)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Check the input, build, check the output."""
    for name, expected in INPUTS.items():
        if digest(SOURCE / name) != expected:
            sys.exit(f"{SOURCE / name} is not the file that the fonts were built from: {digest(SOURCE / name)}")
    covered = set.intersection(*(build(*face) for face in FACES))
    missing = wanted() - covered
    absent = " ".join(f"{point:X}" for point in sorted(missing))
    say(f"{len(covered)} characters; not in Noto: {absent or 'none'}")
    (OUTPUT / "characters.txt").write_text(ranges(covered), encoding="ascii")
    for name, expected in OUTPUTS.items():
        found = digest(OUTPUT / name)
        say(f"{found}  {name}  {(OUTPUT / name).stat().st_size} bytes{'' if found == expected else '  CHANGED'}")
    if any(digest(OUTPUT / name) != expected for name, expected in OUTPUTS.items()):
        sys.exit("The output is not what is written in this program")


if __name__ == "__main__":
    main()
