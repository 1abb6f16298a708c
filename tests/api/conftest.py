from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.hall import Hall, running_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A server with an open contest."""
    with running_hall(tmp_path / "data") as started:
        started.vote()
        yield started


@pytest.fixture
def empty_hall(tmp_path: Path) -> Iterator[Hall]:
    """A server without a session."""
    with running_hall(tmp_path / "data") as started:
        yield started
