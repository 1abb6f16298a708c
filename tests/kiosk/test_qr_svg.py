import pytest

from ballots.qr.receipt import decode_receipt, encode_receipt
from kiosk.qr_svg import QUIET, qr_matrix, qr_path, qr_size
from tests.support.qr_reader import matrix_of, read_digits
from tests.support.seeded_rng import SeededRng


@pytest.mark.parametrize("seed", range(8))
def test_another_reader_reads_what_was_drawn(seed: int) -> None:
    """Eight ids, so that several masks occur."""
    rng = SeededRng(f"qr {seed}")
    ballot, session = rng.bytes(32), rng.bytes(32)
    digits = encode_receipt(ballot, session)
    read = read_digits(matrix_of(qr_path(qr_matrix(digits))))
    assert read == digits
    assert decode_receipt(read, session) == ballot


def test_a_receipt_is_a_code_of_version_4_with_its_quiet_zone() -> None:
    matrix = qr_matrix("0" * 102)
    assert len(matrix) == len(matrix[0]) == 33
    assert qr_size(matrix) == 41
    finder = (True,) * 7
    assert matrix[0][:7] == matrix[0][-7:] == matrix[-1][:7] == finder


def test_the_runs_of_a_row_are_rectangles() -> None:
    x = True
    assert qr_path(((x, x, False, x), (False, False, False, False), (False, x, x, x))) == (
        f"M{QUIET} {QUIET}h2v1H{QUIET}zM{QUIET + 3} {QUIET}h1v1H{QUIET + 3}zM{QUIET + 1} {QUIET + 2}h3v1H{QUIET + 1}z"
    )


def test_the_drawing_is_the_same_every_time() -> None:
    digits = "".join(str(number % 10) for number in range(102))
    assert qr_path(qr_matrix(digits)) == qr_path(qr_matrix(digits))
