"""One small simulated session for all tests of reports."""

import pytest

from tally.cli.system import SystemRng
from tally.simulate.run import Simulated, simulate
from tests.support.simulation import small_simulation


@pytest.fixture(scope="session")
def done() -> Simulated:
    """A sealed session with an election and a motion."""
    return simulate(small_simulation(), SystemRng(), lambda: 1_800_000_000, lambda _step, _done, _total: None)
