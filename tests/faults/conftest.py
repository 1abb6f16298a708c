from collections.abc import Iterator

import pytest

from tests.faults.server_process import ServerNursery


@pytest.fixture(scope="session")
def server_nursery() -> Iterator[ServerNursery]:
    """Where servers of these tests come from."""
    nursery = ServerNursery()
    yield nursery
    nursery.close()
