"""Finding the QR codes of a picture.

One look finds nearly all. What it does not find is looked at again: smoothed a little, so that grains vanish and
modules stay, then at other sizes. Of 60 pages at all limits of the scan study at once the plain look read 25, and the
first smoothed one all. A wrong reading is next to impossible: the code corrects
or refuses itself, then come the check of the payload and the signature.
"""

from collections.abc import Iterator
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter

_LARGER: Final = 2
_SMALLER: Final = (2, 3)
_SMOOTHED: Final = (1.5, 1.0, 2.0)
"""Standard deviations in points: a fifth of a module of 0.6 mm at 300 dpi first."""

_QR: Final = zxingcpp.barcode_formats_from_str("QRCode")


def codes_in(image: Image.Image) -> tuple[str, ...]:
    """The different texts of the QR codes of a grey picture; empty when none was read."""
    for look in _looks(image):
        found = _read(look)
        if found:
            return found
    return ()


def _read(image: Image.Image) -> tuple[str, ...]:
    for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
        codes = zxingcpp.read_barcodes(image, formats=_QR, binarizer=binarizer)
        if codes:
            return tuple(dict.fromkeys(code.text for code in codes))
    return ()


def _looks(image: Image.Image) -> Iterator[Image.Image]:
    yield image
    for deviation in _SMOOTHED:
        yield image.filter(ImageFilter.GaussianBlur(deviation))
    for factor in _SMALLER:
        yield image.reduce(factor)
    yield image.resize((image.width * _LARGER, image.height * _LARGER), Image.Resampling.BICUBIC)
