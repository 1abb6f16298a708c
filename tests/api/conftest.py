from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.hall import Hall, running_hall
from tests.support.cheap_passwords import cheap_key_files


@pytest.fixture(scope="module", autouse=True)
def quick_official_keys() -> Iterator[None]:
    """Officials' keys cost next to nothing: key files are tested where they are."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_key_files(patch)
        yield


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
