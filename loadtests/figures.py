"""The figures of a run, read from Locust's CSV files."""

import csv
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from voting_core.errors import InputError

SENT: Final = "ballot"
"""The name under which Locust counts every ballot that was sent, also again."""

WAITED: Final = "told to wait"
"""The name of the answers by which the server asked for patience."""

FOUND: Final = "delegate found"
CHECKED_IN: Final = "checked in"
READ: Final = "read"
FETCHED: Final = "result fetched"

KINDS: Final = (SENT, FOUND, CHECKED_IN, READ, FETCHED)
"""What has figures of its own, in the order of telling."""

TOTAL: Final = "Aggregated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Requests of one kind: their number, rate, latencies in milliseconds. `waits` is how often the server asked for
    patience, `failures` how many requests of any kind failed.
    """

    requests: int
    requests_per_second: float
    median_ms: float
    p95_ms: float
    p99_ms: float
    failures: int
    waits: int

    def to_json(self) -> dict[str, int | float]:
        """The figures for programs."""
        return asdict(self)


def read_figures(path: Path, kind: str = SENT) -> Figures:
    """Read the file `…_stats.csv` that Locust has written, for requests of one kind.

    Raises:
        InputError: there is none, or it is not of the known form.
    """
    try:
        rows = _rows(path)
        sent, total, waited = rows.get(kind), rows[TOTAL], rows.get(WAITED)
        return Figures(
            requests=int(sent["Request Count"]) if sent else 0,
            requests_per_second=round(float(sent["Requests/s"]), 1) if sent else 0.0,
            median_ms=_milliseconds(sent, "50%"),
            p95_ms=_milliseconds(sent, "95%"),
            p99_ms=_milliseconds(sent, "99%"),
            failures=int(total["Failure Count"]),
            waits=int(waited["Request Count"]) if waited else 0,
        )
    except (OSError, KeyError, ValueError) as error:
        raise InputError(
            str(path), "Locust has left no figures there", "Read locust.log beside it, which says why"
        ) from error


def read_kinds(path: Path) -> dict[str, Figures]:
    """The figures of every kind that there was, in the order of telling.

    Raises:
        InputError: as :func:`read_figures`.
    """
    found = {kind: read_figures(path, kind) for kind in KINDS}
    return {kind: figures for kind, figures in found.items() if figures.requests}


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["Name"]: row for row in csv.DictReader(file)}


def _milliseconds(row: dict[str, str] | None, column: str) -> float:
    return float(row[column]) if row else 0.0
