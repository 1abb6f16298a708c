"""Serving the kiosk's screen to the browser of this machine."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ballots.screen.ballot import Shape
from kiosk.kiosk_page.app import create_kiosk_page
from kiosk.kiosk_page.booth import Booth
from kiosk.local_page.door import Door
from kiosk.local_page.serving import listen, serving


@contextlib.contextmanager
def serving_kiosk(booth: Booth, port: int, shape: Shape, file: Path | None = None) -> Iterator[str]:
    """The screen at work until the block ends; gives the link that opens it, once. The next one lies in `file`.

    Raises:
        InputError: the port is taken.
    """
    with contextlib.closing(listen(port, "--page-port")) as listener:
        door = Door(listener.getsockname()[1], file)
        with contextlib.closing(door), serving(create_kiosk_page(booth, door, shape), listener, "screen"):
            yield door.new_link()
