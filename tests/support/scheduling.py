"""In which order files of tests begin where several workers run them (`pytest -n 2 --dist loadfile`).

xdist begins with the files that have most tests, and so ends with those that have one test of a minute: then one worker
waits for the other. Here the longest files begin, and files that share one costly preparation stay in one worker.
"""

from pathlib import PurePosixPath
from typing import Any, Final

import pytest
from xdist.scheduler import LoadFileScheduling

LONGEST: Final = (
    "tests/browser/test_whole_session.py",
    "tests/kiosk/demo",
    "tests/browser/test_life.py",
    "tests/browser/test_scrutineer_page.py",
    "tests/browser/test_kiosk_trouble.py",
    "tests/browser/test_kiosk_page.py",
    "tests/browser/test_kiosk_sizes.py",
    "tests/browser/test_officials_pages.py",
    "tests/loadtests/test_run.py",
    "tests/browser/test_kiosk_mishaps.py",
    "tests/api/workers/test_serving.py",
    "tests/browser/test_setup.py",
    "tests/canaries/test_session.py",
    "tests/tally/verify/test_mutations.py",
    "tests/kiosk/test_stations_guide.py",
    "tests/browser/test_desk.py",
    "tests/kiosk/rehearsal/test_command.py",
    "tests/faults/test_kill.py",
    "tests/faults/test_kiosk_kill.py",
    "tests/browser/test_board.py",
    "tests/kiosk/test_scrutineer_command.py",
    "tests/faults/test_crash_points.py",
    "tests/independent/test_record.py",
)
"""Folders and files, the longest first. All other files follow in their own order."""

TOGETHER: Final = ("tests/kiosk/demo",)
"""Folders whose tests one worker runs, because what they look at is made once in each worker."""


def place_of(nodeid: str) -> int:
    """The place of a test's file among the longest; what is not among them has the place behind all of them."""
    path = PurePosixPath(nodeid.split("::", 1)[0])
    for place, name in enumerate(LONGEST):
        if path.is_relative_to(name):
            return place
    return len(LONGEST)


def longest_first(items: list[pytest.Item]) -> None:
    """Sort tests as they are to begin. Tests of one file keep their order."""
    items.sort(key=lambda item: place_of(item.nodeid))


class LongestFirst(LoadFileScheduling):
    """Gives workers the files in the order in which they were collected, which is that of :func:`longest_first`."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self._indices: dict[str, int] = {}

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.split("::", 1)[0])
        return next((folder for folder in TOGETHER if path.is_relative_to(folder)), str(path))

    def _assign_work_unit(self, node: Any) -> None:
        # As xdist does it, without looking for every test in a list of all of them.
        scope, work_unit = self.workqueue.popitem(last=False)
        self.assigned_work.setdefault(node, {})[scope] = work_unit
        if not self._indices:
            self._indices = {nodeid: index for index, nodeid in enumerate(self.registered_collections[node])}
        node.send_runtest_some([self._indices[nodeid] for nodeid, done in work_unit.items() if not done])


def scheduler(config: pytest.Config, log: Any) -> LongestFirst | None:
    """The scheduler for `--dist loadfile`; for anything else None, which means xdist's own."""
    return LongestFirst(config, log) if config.getvalue("dist") == "loadfile" else None
