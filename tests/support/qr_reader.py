"""Reads QR codes of versions 3 and 4, error correction Q, numeric mode: from the standard (ISO/IEC 18004) alone.

Nothing is corrected: a code that was just drawn must be right without it.
"""

import re
from collections.abc import Callable, Iterator, Sequence

BLOCKS = 2
DATA_CODEWORDS = {29: 17, 33: 24}
"""In one of the two blocks, by the modules along a side."""

LEVEL_Q = 3
FORMAT_MASK = 0b101010000010010
ALIGNMENT = 7
"""How far from the lower right corner the centre of the one alignment pattern is."""

Mask = Callable[[int, int], bool]
MASKS: tuple[Mask, ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)

Matrix = Sequence[Sequence[bool]]


def matrix_of(path: str, quiet: int = 4, side: int = 33) -> Matrix:
    """The modules of an SVG path of rectangles one unit high."""
    matrix = [[False] * side for _ in range(side)]
    shapes = re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", path)
    assert "".join(f"M{x} {y}h{w}v1H{back}z" for x, y, w, back in shapes) == path
    for x, y, width, back in shapes:
        assert x == back
        for column in range(int(x), int(x) + int(width)):
            assert not matrix[int(y) - quiet][column - quiet]
            matrix[int(y) - quiet][column - quiet] = True
    return matrix


def read_digits(matrix: Matrix) -> str:
    """The number in a code."""
    mask = MASKS[_mask_number(matrix)]
    bits = [matrix[i][j] != mask(i, j) for i, j in _path(len(matrix))]
    codewords = [_number(bits[at : at + 8]) for at in range(0, BLOCKS * DATA_CODEWORDS[len(matrix)] * 8, 8)]
    data = [codewords[at] for block in range(BLOCKS) for at in range(block, len(codewords), BLOCKS)]
    stream = "".join(f"{word:08b}" for word in data)
    assert stream[:4] == "0001", "not numeric mode"
    count, at, digits = int(stream[4:14], 2), 14, ""
    while len(digits) < count:
        size = min(3, count - len(digits))
        width = (0, 4, 7, 10)[size]
        digits += f"{int(stream[at : at + width], 2):0{size}}"
        at += width
    return digits


def _mask_number(matrix: Matrix) -> int:
    """The mask from the format information beside the upper left finder."""
    row = [*range(6), 7, 8]
    places = [(8, column) for column in row] + [(line, 8) for line in (7, 5, 4, 3, 2, 1, 0)]
    format_ = _number([matrix[i][j] for i, j in places]) ^ FORMAT_MASK
    assert format_ >> 13 == LEVEL_Q, "not error correction Q"
    return format_ >> 10 & 7


def _path(side: int) -> Iterator[tuple[int, int]]:
    """The modules of the data in their order: two columns at a time from the right, up and down in turn."""
    upward = True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        for i in range(side - 1, -1, -1) if upward else range(side):
            for j in (right, right - 1):
                if not _is_fixed(i, j, side):
                    yield i, j
        upward = not upward


def _is_fixed(i: int, j: int, side: int) -> bool:
    finder = (i < 9 and (j < 9 or j >= side - 8)) or (i >= side - 8 and j < 9)
    centre = side - ALIGNMENT
    return finder or 6 in (i, j) or max(abs(i - centre), abs(j - centre)) <= 2


def _number(bits: Sequence[bool]) -> int:
    return int("".join("01"[bit] for bit in bits), 2)
