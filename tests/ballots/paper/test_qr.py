import pytest
import segno
import zxingcpp
from PIL import Image

from ballots.paper.qr import QUIET, qr_matrix, qr_path, qr_size, qr_svg, qr_text_matrix
from ballots.qr.receipt import decode_receipt, encode_receipt
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


@pytest.mark.parametrize("zeros", [60, 100])
def test_a_block_of_zeros_is_drawn_in_another_size(zeros: int) -> None:
    digits = "1234567" + "0" * zeros + "7"
    matrix = qr_matrix(digits)
    image = Image.new("L", (qr_size(matrix),) * 2, 255)
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            image.putpixel((x + QUIET, y + QUIET), 0 if is_dark else 255)
    (found,) = zxingcpp.read_barcodes(image.resize((qr_size(matrix) * 4,) * 2, Image.Resampling.NEAREST))
    assert found.text == digits


def test_a_text_of_zeros_alone_that_no_size_takes_is_refused() -> None:
    with pytest.raises(ValueError, match="zeros"):
        qr_matrix("0" * 400)


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


def test_text_is_a_code_that_another_program_makes_alike() -> None:
    """61 characters fill version 3 to the last bit: segno pads a text that does not otherwise than the standard."""
    text = "PLENUM-REPORT/1:0123456789ABCDEF0123456789ABCDEF:-:ABCDEFGHIJ"
    codes = [segno.make_qr(text, error="m", mode="alphanumeric", mask=mask, boost_error=False) for mask in range(8)]
    matrices = [tuple(tuple(module == 1 for module in row) for row in code.matrix) for code in codes]
    assert qr_text_matrix(text) in matrices


@pytest.mark.parametrize("text", ["plenum", "县", "A_B"])
def test_text_outside_the_alphabet_of_the_mode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="can not be represented"):
        qr_text_matrix(text)


def test_an_image_has_the_size_of_the_code_with_its_quiet_zone() -> None:
    matrix = qr_matrix("1" * 102)
    assert qr_svg(matrix) == (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 41 41"><path d="{qr_path(matrix)}"/></svg>'
    )
