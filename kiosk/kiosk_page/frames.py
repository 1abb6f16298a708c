"""One picture of the camera: which QR codes are in it, and whether anything is.

A picture comes as grey values, is looked at once, and is kept nowhere. Reading takes the packages of the extra
`station`; without them the kiosk reads cards with a scanner or by typing, and says so when it starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from ballots.screen.words import Said
from kiosk.booth_machine.events import CardShown, NotACard
from voting_core.errors import EncodingError
from voting_core.secret import Secret

MAX_SIDE: Final = 1280
"""The largest side of a picture: a card that is held up close needs 640; more would take longer and read no better."""

MAX_BYTES: Final = MAX_SIDE * MAX_SIDE

DARK: Final = 12
"""A picture whose mean grey is below this, of 255, shows nothing: the camera is covered, or the hall is dark."""

_SAMPLED: Final = 97
"""Every so manieth grey value is looked at for darkness: some thousand of them, from all over the picture."""

TWO_CARDS: Final = Said("镜头前有两张卡，请一次只出示一张", "There are two cards before the camera; show one at a time")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a picture."""

    act: CardShown | NotACard | None
    dark: bool = False


def look(width: int, height: int, grey: bytes) -> Seen:
    """Look at one picture.

    Raises:
        EncodingError: the bytes are no picture of this size.
    """
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE) or len(grey) != width * height:
        raise EncodingError("frame", f"{len(grey)} bytes are no picture of {width} x {height}")
    reader = _reader()
    if reader is None:
        return Seen(None)
    codes = {code.text for code in reader(memoryview(grey).cast("B", (height, width)))}
    if len(codes) > 1:
        return Seen(NotACard(TWO_CARDS))
    if codes:
        return Seen(CardShown(Secret(codes.pop())))
    sample = grey[::_SAMPLED]
    return Seen(None, dark=sum(sample) < DARK * len(sample))


def can_read() -> bool:
    """Whether this installation reads QR codes from a camera."""
    return _reader() is not None


@cache
def _reader() -> Callable[[Any], Any] | None:
    try:
        import zxingcpp
    except ImportError:
        return None
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return lambda picture: zxingcpp.read_barcodes(picture, formats=formats)
