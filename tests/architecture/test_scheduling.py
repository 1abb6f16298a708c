"""The order in which several workers begin with files of tests."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.support.scheduling import LONGEST, TOGETHER, LongestFirst, place_of

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_named_is_there() -> None:
    """A file that was renamed would silently run last."""
    assert [name for name in (*LONGEST, *TOGETHER) if not (ROOT / name).exists()] == []
    assert len(set(LONGEST)) == len(LONGEST)


def test_folders_count_as_a_whole_and_others_come_last() -> None:
    assert place_of(f"{LONGEST[0]}::test_x[a::b]") == 0
    assert place_of("tests/kiosk/demo/test_script.py::test_x") == LONGEST.index("tests/kiosk/demo")
    assert place_of("tests/kiosk/demonstration/test_x.py::test_x") == len(LONGEST)


class _Node:
    """A worker that only remembers what it is to run."""

    shutting_down = False
    gateway = SimpleNamespace(id="one of two")

    def __init__(self) -> None:
        self.given: list[int] = []

    def send_runtest_some(self, indices: list[int]) -> None:
        self.given += indices

    def shutdown(self) -> None:
        self.shutting_down = True


class _Config:
    """What the scheduler asks of pytest's configuration."""

    option = SimpleNamespace(loadscopereorder=True)

    def getvalue(self, name: str) -> list[str]:
        assert name == "tx"
        return ["2*popen"]


def test_files_go_out_in_order_and_folders_that_share_stay_together() -> None:
    together = [f"tests/kiosk/demo/test_{name}.py::test_x" for name in "ab"]
    many = [f"tests/test_many.py::test_{number}" for number in range(9)]
    tests = ["tests/test_long.py::test_x", *together, *many]
    plan: Any = LongestFirst(_Config())  # type: ignore[arg-type]
    nodes = [_Node(), _Node()]
    for node in nodes:
        plan.add_node(node)
    for node in nodes:
        plan.add_node_collection(node, tests)
    plan.schedule()
    # The first takes the long one and, as that is one test, what comes third; the second the folder, whole.
    assert nodes[0].given == [0, *range(3, 12)]
    assert nodes[1].given == [1, 2]
    plan.mark_test_complete(nodes[1], 1)
    assert nodes[1].shutting_down
