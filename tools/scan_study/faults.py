"""What a scanner does to a page: tilt, blur, faint print, noise, and a JPEG file. All of it follows from a seed."""

import hashlib
import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops, ImageFilter

MOST_DEGREES: Final = 5.0
MOST_BLUR: Final = 2.0
"""Standard deviation in points of a 300 dpi page."""

LEAST_CONTRAST: Final = 70
"""Between the ink and the paper, of 255."""

MOST_NOISE: Final = 30
LEAST_QUALITY: Final = 30
MOST_QUALITY: Final = 90
_MIDDLE: Final = 128
_SHARES: Final = 7
_TILE: Final = 512


@dataclass(frozen=True, slots=True)
class Faults:
    """How one page is spoiled. `ink` and `paper` are grey values, `noise` the width of what is added."""

    degrees: float
    blur: float
    ink: int
    paper: int
    noise: int
    quality: int
    turned: bool

    @classmethod
    def drawn(cls, seed: str) -> "Faults":
        """Faults at random within the limits; every tenth page is at one of its worst in everything."""
        parts = hashlib.shake_256(seed.encode()).digest(_SHARES * 4)
        shares = [int.from_bytes(parts[at : at + 4], "big") / 2**32 for at in range(0, _SHARES * 4, 4)]
        if shares[6] < 0.1:
            return worst(-1 if shares[0] < 0.5 else 1)
        contrast = LEAST_CONTRAST + int(shares[2] * (256 - LEAST_CONTRAST))
        paper = contrast + int(shares[3] * (256 - contrast))
        return cls(
            degrees=MOST_DEGREES * (2 * shares[0] - 1),
            blur=MOST_BLUR * shares[1],
            ink=paper - contrast,
            paper=min(paper, 255),
            noise=int(shares[4] * (MOST_NOISE + 1)),
            quality=LEAST_QUALITY + int(shares[5] * (MOST_QUALITY - LEAST_QUALITY + 1)),
            turned=shares[6] > 0.8,
        )


def worst(sign: int = 1) -> Faults:
    """All limits at once."""
    return Faults(sign * MOST_DEGREES, MOST_BLUR, 110, 110 + LEAST_CONTRAST, MOST_NOISE, LEAST_QUALITY, False)


def spoil(page: Image.Image, faults: Faults, seed: str) -> Image.Image:
    """The page as the scanner gives it."""
    image = page.rotate(faults.degrees, Image.Resampling.BILINEAR, fillcolor=255)
    if faults.turned:
        image = image.transpose(Image.Transpose.ROTATE_180)
    image = image.filter(ImageFilter.GaussianBlur(faults.blur))
    span = faults.paper - faults.ink
    image = image.point([faults.ink + value * span // 255 for value in range(256)])
    if faults.noise:
        image = ImageChops.add(image, _noise(image.size, faults.noise, seed), 1, -_MIDDLE)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=faults.quality)
    return Image.open(file).convert("L")


def _noise(size: tuple[int, int], width: int, seed: str) -> Image.Image:
    """Grains around the middle grey, the mean of two uniform ones so that most are small: one tile, again and again."""
    count = _TILE * _TILE
    grains = hashlib.shake_128(f"noise {seed}".encode()).digest(2 * count)
    first, second = (Image.frombytes("L", (_TILE, _TILE), part) for part in (grains[:count], grains[count:]))
    mean = ImageChops.add(first, second, 2)
    tile = mean.point([_MIDDLE + (value - _MIDDLE) * width // 64 for value in range(256)])
    laid = Image.new("L", size)
    for top in range(0, size[1], _TILE):
        for left in range(0, size[0], _TILE):
            laid.paste(tile, (left, top))
    return laid
