"""A server whose one contest is counted, declared and published."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tally.entries.outcome import ResultPublished
from tests.kiosk.hall import KioskHall
from tests.kiosk.voted import closed_hall


@contextmanager
def published_hall(directory: Path, scope: str = "all") -> Iterator[KioskHall]:
    """Everything up to the published result; the board is not made yet."""
    with declared_hall(directory) as hall:
        publish(hall, scope)
        yield hall


@contextmanager
def declared_hall(directory: Path) -> Iterator[KioskHall]:
    """The outcome is declared and signed, and nothing is published."""
    with closed_hall(directory, trustees=2) as hall:
        hall.watch(6)
        hall.officials.first.count("report")
        hall.officials.declare("report")
        hall.watch(2)
        yield hall


def publish(hall: KioskHall, scope: str = "all") -> None:
    """Two officials publish the result."""
    hall.officials.decree(ResultPublished("report", scope))
