"""QR codes drawn as vectors (SPEC §7.4): the package makes the matrix, we write the SVG.

The quiet zone of four modules belongs to the drawing: without it a code beside text does not scan.
"""

from contextlib import suppress
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, MODE_NUMBER, QRData

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True where it is dark, without the quiet zone."""

LARGEST: Final = 40
"""The largest version of ISO/IEC 18004: 177 modules along one side."""

QUIET: Final = 4
"""Modules of white around the code, as ISO/IEC 18004 asks."""


def qr_matrix(digits: str) -> Matrix:
    """Make the smallest QR code of these decimal digits: numeric mode, error correction Q (a quarter may be lost)."""
    return _matrix(QRData(digits, mode=MODE_NUMBER), ERROR_CORRECT_Q)


def qr_text_matrix(text: str) -> Matrix:
    """Make the smallest QR code of capitals, digits and `-/:`: alphanumeric mode, error correction M (an eighth)."""
    return _matrix(QRData(text, mode=MODE_ALPHA_NUM), ERROR_CORRECT_M)


def qr_bytes_matrix(text: str) -> Matrix:
    """Make the smallest QR code of any text: byte mode, UTF-8, error correction M. For addresses of other programs."""
    return _matrix(QRData(text.encode("utf-8"), mode=MODE_8BIT_BYTE), ERROR_CORRECT_M)


def qr_size(matrix: Matrix) -> int:
    """Modules along one side, with the quiet zone."""
    return len(matrix) + 2 * QUIET


def qr_path(matrix: Matrix) -> str:
    """Draw the dark modules as the data of one SVG path, one unit a module, with the quiet zone above and to the left.

    Neighbours in a row are one rectangle, so that no gap shows between them on paper.
    """
    return "".join(
        f"M{start + QUIET} {number + QUIET}h{end - start}v1H{start + QUIET}z"
        for number, row in enumerate(matrix)
        for start, end in _runs(row)
    )


def qr_svg(matrix: Matrix) -> str:
    """Give the code as an SVG image of its own, as templates take it."""
    size = qr_size(matrix)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
    return f'{head}<path d="{qr_path(matrix)}"/></svg>'


def _matrix(data: QRData, level: int) -> Matrix:
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(data, optimize=0)
    smallest = code.best_fit()
    for version in range(smallest, LARGEST + 1):
        code.version = version
        # The package divides polynomials, and cannot divide one that is zero: a block of the data that has nothing but
        # zeros. The next size cuts the data in other places.
        with suppress(ValueError):
            code.make(fit=False)
            return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
    raise ValueError("no QR code takes a text of so many zeros")


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where the dark runs of a row begin, and where they have ended."""
    edges = [at for at in range(len(row) + 1) if (at > 0 and row[at - 1]) != (at < len(row) and row[at])]
    return list(zip(edges[::2], edges[1::2], strict=True))
