"""How much of each study of faults runs, and what was survived: a sample with every run of the tests, all of it with
`make faults`.

`FAULTS=all` in the environment asks for all of it, `KILLS` for another number, `SEED` for other moments.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pytest

_EMPTY: Final = "got empty parameter set"
"""How pytest begins its reason for skipping a test that is given no case."""


@dataclass(frozen=True, slots=True)
class Study:
    """What is repeated, how often in a sample, and how often in all."""

    what: str
    sample: int
    whole: int

    @property
    def size(self) -> int:
        """How often it is done in this run."""
        asked = os.environ.get("KILLS", "")
        return int(asked) if asked else self.whole if os.environ.get("FAULTS") == "all" else self.sample


SURVIVED: Final = "survived"
"""The name under which a test notes what it survived."""

SEED: Final = os.environ.get("SEED", "2026")

KIOSK: Final = Study("kills of a kiosk", 10, 200)
SERVER: Final = Study("kills of the server (embedded database)", 3, 50)
POWER: Final = Study("kills of the server and its PostgreSQL together", 1, 50)
DATABASE: Final = Study("kills of PostgreSQL under a server that stays", 2, 50)
READER: Final = Study("kills of a reader process", 1, 50)
NETWORK: Final = Study("requests cut, delayed or doubled on the network", 60, 2_000)
SLOW_DISK: Final = Study("kills of the server while its disk is slow", 1, 50)
DATABASE_DISK: Final = Study("full disks of PostgreSQL", 0, 5)

STUDIES: Final = {
    "test_kiosk_kill.py": (KIOSK,),
    "test_kill.py": (SERVER, POWER),
    "test_database_kill.py": (DATABASE,),
    "test_reader_kill.py": (READER,),
    "test_network.py": (NETWORK,),
    "test_slow_disk.py": (SLOW_DISK,),
    "test_disk.py": (DATABASE_DISK,),
}
"""The studies in each file of this folder."""

ONCE: Final = {
    "test_clock.py": "the server's clock jumps",
    "test_crash_points.py": "power lost around each single write",
    "test_disk.py": "the server's disk is full; commits are held back",
    "test_restored.py": "an older backup comes back",
    "test_slow_disk.py": "a slow disk, and one that hangs",
    "test_station_clock.py": "stations' clocks jump, and hide the server",
    "test_two_servers.py": "two servers on one database",
}
"""What is done once in each file, with every run of the tests."""


def left_out(files: set[str]) -> list[str]:
    """What a run of these files did not do, a line for each study."""
    studies = [study for name in sorted(files & STUDIES.keys()) for study in STUDIES[name]]
    return [
        f"{study.size} of {study.whole} {study.what}; all by `make faults`"
        for study in studies
        if study.size < study.whole
    ]


def is_empty(item: pytest.Item) -> bool:
    """Whether a test repeats something, and its sample is not to do it even once."""
    return any(str(mark.kwargs.get("reason", "")).startswith(_EMPTY) for mark in item.iter_markers("skip"))


def survived(noted: Iterable[tuple[str, int]], once: Mapping[str, tuple[int, int]]) -> list[str]:
    """The table of a whole run: `noted` are the survivals of the studies, `once` for each file how many of its tests
    that repeat nothing have passed, and how many there were.
    """
    times: Counter[str] = Counter()
    for what, number in noted:
        times[what] += number
    studies = [study for found in STUDIES.values() for study in found]
    lines = [_line(study.what, times[study.what], study.size) for study in studies if study.what in times]
    return lines + [_line(ONCE[name], *once[name], "tests") for name in sorted(ONCE.keys() & once.keys())]


def _line(what: str, survivals: int, of: int, unit: str = "") -> str:
    return f"{what:<58} {survivals:>5} of {of:>5} {unit}".rstrip()
