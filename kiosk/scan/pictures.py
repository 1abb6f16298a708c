"""Pictures of papers, from the files that scanners write: PNG, JPEG, TIFF with several pages, PDF.

Everything becomes grey pixels in memory. A file is opened with nothing but the decoders of these formats, and measured
before it is unpacked: a page of A3 at 600 dpi is the largest that is taken.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from tally.cli.reading import read_file
from voting_core.errors import InputError

SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf"})
FORMATS: Final = ("PNG", "JPEG", "TIFF")

MAX_FILE_BYTES: Final = 500_000_000
"""A thousand pages at 300 dpi in one PDF or TIFF file."""

MAX_PIXELS: Final = 72_000_000
"""A3 at 600 dpi has 70 million."""

PDF_DPI: Final = 300
_POINTS_AN_INCH: Final = 72
_REMEDY: Final = "Scan the paper again, as PNG, JPEG, TIFF or PDF, at 300 dpi"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: where it is from, its number in the file from 1, and its grey pixels."""

    place: str
    page: int
    image: Image.Image

    @property
    def name(self) -> str:
        """The page, for people."""
        return f"{self.place} · {self.page}"


def files_of(paths: list[Path]) -> list[Path]:
    """The files named, and those in the folders named, in the order of their names.

    Raises:
        InputError: a path is nothing, or a folder has no scanned page.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(item for item in path.iterdir() if item.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        if not inside or not path.exists():
            problem = "there is no scanned page in this folder" if path.is_dir() else "there is no such file"
            raise InputError(str(path), problem, "Name scanned pages, or a folder with some")
        found += inside
    return found


def pictures_in(path: Path) -> Iterator[Picture]:
    """The pages of a file, one at a time.

    Raises:
        InputError: it cannot be read, is too large, or is no picture of these formats.
    """
    content = read_file(path, MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise InputError(str(path), f"has more than {MAX_FILE_BYTES // 1_000_000} MB", "Scan fewer pages into a file")
    yield from pictures_of(content, path.name)


def pictures_of(content: bytes, place: str) -> Iterator[Picture]:
    """The pages of a file in memory, as :func:`pictures_in`."""
    pages = _pdf_pages(content, place) if content.startswith(b"%PDF") else _image_pages(content, place)
    for number, image in enumerate(pages, 1):
        yield Picture(place, number, image)


def _image_pages(content: bytes, place: str) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            for frame in ImageSequence.Iterator(opened):
                _check_size(frame.width, frame.height, place)
                # A telephone writes how it was held beside the picture.
                yield ImageOps.exif_transpose(frame).convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(place, "is not a picture that can be read", _REMEDY) from error


def _pdf_pages(content: bytes, place: str) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise InputError(place, "is not a PDF file that can be read", _REMEDY) from error
    try:
        for number in range(len(document)):
            page = document[number]
            scale = PDF_DPI / _POINTS_AN_INCH
            _check_size(ceil(page.get_width() * scale), ceil(page.get_height() * scale), place)
            yield page.render(scale=scale, grayscale=True).to_pil().convert("L")
            page.close()
    finally:
        document.close()


def _check_size(width: int, height: int, place: str) -> None:
    if width * height > MAX_PIXELS:
        raise InputError(place, f"a page has {width} x {height} points", "Scan it at 300 dpi")
