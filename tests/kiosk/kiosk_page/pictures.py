"""Pictures as a camera sees cards: clean, tilted, blurred, two at a time; as grey values, and as a film."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import segno
from PIL import Image, ImageFilter

SIZE = (640, 480)


def picture_of(*codes: str, tilt: float = 0.0, blur: float = 0.0, grey: int = 170) -> Image.Image:
    """A picture of some cards before a wall."""
    picture: Image.Image = Image.new("L", SIZE, grey)
    for number, code in enumerate(codes):
        card = _card(code).rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=grey)
        left = (2 * number + 1) * SIZE[0] // (2 * len(codes)) - card.width // 2
        picture.paste(card, (left, (SIZE[1] - card.height) // 2))
    return picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture


def frame_of(*codes: str, **options: Any) -> bytes:
    """The same as grey values."""
    return picture_of(*codes, **options).tobytes()


def write_film(path: Path, pictures: Sequence[Image.Image]) -> None:
    """A film that Chromium takes for a camera: YUV4MPEG2, each picture for a third of a second."""
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F30:1 Ip A1:1 C420jpeg\n".encode())
        colourless = bytes([128]) * (SIZE[0] * SIZE[1] // 2)
        for picture in pictures:
            for _ in range(10):
                film.write(b"FRAME\n" + picture.tobytes() + colourless)


def _card(code: str) -> Image.Image:
    matrix = [list(row) for row in segno.make(code, error="q", boost_error=False, micro=False).matrix]
    side = len(matrix) + 8
    card: Image.Image = Image.new("L", (side, side), 255)
    for y, row in enumerate(matrix):
        for x, module in enumerate(row):
            if module:
                card.putpixel((x + 4, y + 4), 20)
    return card.resize((5 * side, 5 * side), Image.Resampling.NEAREST)
