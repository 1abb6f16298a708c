"""One short demonstration with real processes, run once for all tests that look at what it left."""

from pathlib import Path

import pytest

from kiosk.demo.script import Done, run, with_delegates
from tally.cli.files import read_folder
from tally.plan import SessionPlan, read_plan

PLENUM = Path(__file__).resolve().parents[3] / "examples" / "qinglan-plenum"
DELEGATES = 8


@pytest.fixture(scope="session")
def plan() -> SessionPlan:
    """The example plenum with eight members."""
    return with_delegates(read_plan(read_folder(PLENUM)), DELEGATES)


@pytest.fixture(scope="session")
def steps() -> list[tuple[str, int, int]]:
    """What the demonstration reports."""
    return []


@pytest.fixture(scope="session")
def done(plan: SessionPlan, steps: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The finished demonstration."""
    return run(plan, tmp_path_factory.mktemp("demo"), "1", lambda *step: steps.append(step))
