"""QR codes as text for a terminal: two rows of modules in one line of half blocks."""

from ballots.paper.qr import QUIET, Matrix

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_blocks(matrix: Matrix) -> tuple[str, ...]:
    """Give the lines of a code, its quiet zone included; they are to be shown black on white."""
    side = len(matrix) + 2 * QUIET
    empty = (False,) * side
    rows = [empty] * QUIET + [(False,) * QUIET + row + (False,) * QUIET for row in matrix] + [empty] * QUIET
    rows += [empty] * (len(rows) % 2)
    return tuple(
        "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
