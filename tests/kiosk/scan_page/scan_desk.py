"""The page on the golden session: its contest `waived`, six ballots cast."""

from pathlib import Path

from kiosk.local_page.door import Door
from kiosk.local_page.gate import Gate
from kiosk.scan.findings import all_papers
from kiosk.scan.memory import Memory
from kiosk.scan.source import counted_of, urn_of
from kiosk.scan.station import Scanner
from kiosk.scan_page.app import create_scan_page
from kiosk.scan_page.desk import Desk
from tests.kiosk.scan.papers import contest, state
from tests.support.seeded_rng import SeededRng

WAIVED = contest("waived")


def desk_in(folder: Path) -> Desk:
    """A station that remembers in this folder."""
    urn = urn_of(state(), WAIVED)
    memory = Memory.open(folder / "m", urn, SeededRng("desk"))
    return Desk(Scanner(urn, memory), lambda: all_papers(urn.contest, memory.totals, counted_of(WAIVED)))


def page_in(folder: Path, door: Door) -> Gate:
    """Its page."""
    return create_scan_page(desk_in(folder), state(), door)
