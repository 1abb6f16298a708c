"""A hall in which everybody has voted and the contest is closed: where the scrutineers' work begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kiosk.hall import KioskHall, kiosk_hall


@contextmanager
def closed_hall(directory: Path, trustees: int = 3, reported: bool = True, **options: Any) -> Iterator[KioskHall]:
    """Trustees of whom two are needed, one kiosk, ten ballots cast, the contest closed."""
    with kiosk_hall(directory) as hall:
        hall.create(trustees=trustees, threshold=2)
        for index in range(1, trustees + 1):
            hall.add_scrutineer(index, **options)
        hall.make_key()
        hall.open_kiosks(1)
        hall.open_contest(hall.server.world.contest())
        booth = hall.booths[0]
        booth.round(*(hall.line(card) for card in range(10)))
        while not booth.turns.finished:
            booth.round()
        hall.close("report")
        if reported:
            booth.round()
        yield hall
