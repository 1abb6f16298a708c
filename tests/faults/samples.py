"""How much of each study of faults runs: a sample with every run of the tests, all of it with `make faults`.

`FAULTS=all` in the environment asks for all of it, `KILLS` for another number, `SEED` for other moments.
"""

import os
from dataclasses import dataclass
from typing import Final


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


SEED: Final = os.environ.get("SEED", "2026")

KIOSK: Final = Study("kills of a kiosk", 10, 200)
SERVER: Final = Study("kills of the server (embedded database)", 3, 50)
POWER: Final = Study("kills of the server and its PostgreSQL together", 1, 50)
DATABASE: Final = Study("kills of PostgreSQL under a server that stays", 2, 50)
READER: Final = Study("kills of a reader process", 1, 50)
NETWORK: Final = Study("requests cut, delayed or doubled on the network", 60, 2_000)
DATABASE_DISK: Final = Study("full disks of PostgreSQL", 0, 5)

STUDIES: Final = {
    "test_kiosk_kill.py": (KIOSK,),
    "test_kill.py": (SERVER, POWER),
    "test_database_kill.py": (DATABASE,),
    "test_reader_kill.py": (READER,),
    "test_network.py": (NETWORK,),
    "test_disk.py": (DATABASE_DISK,),
}
"""The studies in each file of this folder."""


def left_out(files: set[str]) -> list[str]:
    """What a run of these files did not do, a line for each study."""
    studies = [study for name in sorted(files & STUDIES.keys()) for study in STUDIES[name]]
    return [
        f"{study.size} of {study.whole} {study.what}; all by `make faults`"
        for study in studies
        if study.size < study.whole
    ]
