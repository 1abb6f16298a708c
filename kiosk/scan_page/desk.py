"""What the page shows of the papers just looked at. It is in the answer alone: no picture and no choice is kept."""

import base64
import io
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PIL import Image

from ballots.paper.record_words import RecordLine
from ballots.screen.words import Said
from kiosk.scan.findings import Report
from kiosk.scan.pictures import pictures_of
from kiosk.scan.station import Found, Scanner
from voting_core.errors import FatalError, InputError, PlenumError, VerificationError

SHOWN_WIDTH: Final = 720
"""Wide enough to compare the words, small enough that a hundred pages are one answer."""

MOST_SHOWN: Final = 60
"""Pages counted beyond these are told by their number; those not counted are always shown."""

_QUALITY: Final = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: its name, what became of it, its words, and its picture as a data address."""

    name: str
    found: Found
    lines: tuple[RecordLine, ...]
    picture: str

    @property
    def said(self) -> Said:
        """What became of it."""
        return self.found.problem.said if self.found.problem else Said("已计入", "Counted")


@dataclass(frozen=True, slots=True)
class Looked:
    """What one sending of files came to. `unread` are files that hold no page, with the reason."""

    pages: tuple[Shown, ...]
    counted: int
    unread: tuple[tuple[str, Said], ...]


class Desk:
    """The station behind the page: one look at a time. `report` says what the papers so far amount to."""

    def __init__(self, scanner: Scanner, report: Callable[[], Report]) -> None:
        self.scanner = scanner
        self._report = report
        self._lock = threading.Lock()

    def look(self, files: Iterable[tuple[str, bytes]]) -> Looked:
        """Look at all pages of these files.

        Raises:
            FatalError: the disk does not take what must be remembered.
        """
        pages: list[Shown] = []
        unread: list[tuple[str, Said]] = []
        counted = 0
        with self._lock:
            for name, content in files:
                try:
                    for picture in pictures_of(content, name):
                        found = self.scanner.look(picture.image)
                        counted += found.is_counted
                        if not found.is_counted or counted <= MOST_SHOWN:
                            lines = self.scanner.lines(found)
                            pages.append(Shown(picture.name, found, lines, _address(picture.image)))
                except InputError as error:
                    unread.append((name, Said("不是能读的图片，请重扫", f"{error.problem}. {error.remedy}")))
        return Looked(tuple(pages), counted, tuple(unread))

    def report(self) -> Report:
        """What the papers so far amount to; what hinders it is said in its place."""
        try:
            return self._report()
        except FatalError:
            raise
        except PlenumError as error:
            told = error.message if isinstance(error, VerificationError) else str(error)
            return Report(Said(f"还不能得出：{told}", f"Not to be said yet: {told}"), False, (), {})


def _address(image: Image.Image) -> str:
    """A smaller picture as an address that needs no request."""
    small = image
    if image.width > SHOWN_WIDTH:
        small = image.resize((SHOWN_WIDTH, image.height * SHOWN_WIDTH // image.width), Image.Resampling.BILINEAR)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode()}"
