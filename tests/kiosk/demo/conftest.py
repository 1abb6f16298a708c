"""One short demonstration with real processes, run once for all tests that look at what it said and left.

`tests/support/scheduling.py` keeps these tests in one worker, so that it is once also where several workers run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.demo import command
from kiosk.demo.script import Done, run, with_delegates
from tally.cli.app import build_app
from tally.cli.files import read_folder
from tally.plan import SessionPlan, read_plan

PLENUM = Path(__file__).resolve().parents[3] / "examples" / "qinglan-plenum"
DELEGATES = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """What the command has shown, what it left, and the steps that it reported."""

    stdout: str
    done: Done
    steps: list[tuple[str, int, int]]


@pytest.fixture(scope="session")
def plan() -> SessionPlan:
    """The example plenum with eight members."""
    return with_delegates(read_plan(read_folder(PLENUM)), DELEGATES)


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """`plenum demo`, ended."""
    steps: list[tuple[str, int, int]] = []
    ended: list[Done] = []

    def kept(plan: SessionPlan, out: Path, seed: str, report: Callable[[str, int, int], None]) -> Done:
        def told(name: str, at: int, total: int) -> None:
            steps.append((name, at, total))
            report(name, at, total)

        ended.append(run(plan, out, seed, told))
        return ended[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "run", kept)
        arguments = ["demo", str(PLENUM), "--delegates", str(DELEGATES), "--out", str(tmp_path_factory.mktemp("demo"))]
        result = CliRunner().invoke(build_app(), arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    (done,) = ended
    return Shown(result.stdout, done, steps)


@pytest.fixture(scope="session")
def steps(shown: Shown) -> list[tuple[str, int, int]]:
    """What the demonstration reports."""
    return shown.steps


@pytest.fixture(scope="session")
def done(shown: Shown) -> Done:
    """The finished demonstration."""
    return shown.done
