from PIL import Image

from kiosk.scan.codes import codes_in
from tests.kiosk.scan.papers import contest, digits, picture

MOTION = contest("motion").contest


def test_one_code_several_and_none() -> None:
    first, second = digits(MOTION, (0,)), digits(MOTION, (1,))
    assert codes_in(picture(first)) == (first,)
    assert set(codes_in(picture(first, second))) == {first, second}
    assert codes_in(picture(first, first)) == (first,)
    assert codes_in(Image.new("L", (300, 300), 200)) == ()


def test_a_code_that_the_first_look_does_not_find_is_found_by_another() -> None:
    """Two points a module, with grains: the plain look and the smoothed ones see nothing, a larger one does."""
    code = digits(MOTION, (2,))
    small = picture(code).reduce(2)
    assert codes_in(small) == (code,)
    assert codes_in(picture(code).reduce(4)) in ((), (code,))
