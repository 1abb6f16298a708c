from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.hall import Hall, running_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A rehearsal with an open contest."""
    with running_hall(tmp_path / "data", simulated=True) as started:
        started.vote()
        yield started
