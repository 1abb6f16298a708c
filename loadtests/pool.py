"""The pool: ballots made before the load starts, as a file of JSON lines that the kiosks of Locust read.

One line is one ballot: `{"contest", "entry", "id", "kiosk", "marks", "resend", "type"}`, where `entry` is the text of
the signed log entry as it is posted, byte for byte. The marks are there for the comparison at the end; they are
invented. Nothing here needs the group or the network, so that reading a pool costs Locust nothing.
"""

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from voting_core.errors import InputError

CAST: Final = "ballot.cast"
CHALLENGED: Final = "ballot.challenged"


class Resend(StrEnum):
    """Whether a kiosk sends the same bytes twice, as one does whose answer got lost."""

    NEVER = "never"
    AFTER = "after"
    """Again, after the answer."""
    TOGETHER = "together"
    """Twice at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolBallot:
    """A ballot that waits to be sent. `id` is the ballot id in hex, `kiosk` a number from 1."""

    id: str
    type: str
    contest: str
    kiosk: int
    resend: Resend
    marks: tuple[int, ...]
    entry: bytes

    def to_line(self) -> str:
        """The line of the pool file, without its line feed."""
        value = {
            "contest": self.contest,
            "entry": self.entry.decode("utf-8"),
            "id": self.id,
            "kiosk": self.kiosk,
            "marks": self.marks,
            "resend": self.resend.value,
            "type": self.type,
        }
        return json.dumps(value, ensure_ascii=False)


def write_pool(path: Path, ballots: Iterable[PoolBallot]) -> None:
    """Write a pool file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{ballot.to_line()}\n" for ballot in ballots)


def read_pool(path: Path) -> tuple[PoolBallot, ...]:
    """Read a pool file.

    Raises:
        InputError: there is no such file, or a line of it is not one of a pool.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Make the pool again") from error
    return tuple(_read_line(line, f"{path} line {number}") for number, line in enumerate(lines, 1))


def lanes(ballots: Iterable[PoolBallot]) -> dict[int, deque[PoolBallot]]:
    """The ballots of each kiosk, in the order of the pool."""
    queues: dict[int, deque[PoolBallot]] = {}
    for ballot in ballots:
        queues.setdefault(ballot.kiosk, deque()).append(ballot)
    return queues


def _read_line(line: str, place: str) -> PoolBallot:
    try:
        value = json.loads(line)
        return PoolBallot(
            id=str(value["id"]),
            type=str(value["type"]),
            contest=str(value["contest"]),
            kiosk=int(value["kiosk"]),
            resend=Resend(value["resend"]),
            marks=tuple(int(mark) for mark in value["marks"]),
            entry=str(value["entry"]).encode("utf-8"),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(place, "it is not a ballot of a pool", "Make the pool again") from error
