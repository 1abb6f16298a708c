from collections.abc import Callable, Iterator

import pytest

from tests.faults.samples import SURVIVED, Study
from tests.faults.server_process import ServerNursery

Survived = Callable[[Study, int], None]


@pytest.fixture
def survived(record_property: Callable[[str, object], None]) -> Survived:
    """Called at the end of a test with what it survived, and how often; the table at the end of the run adds it up."""
    return lambda study, times: record_property(SURVIVED, (study.what, times))


@pytest.fixture(scope="session")
def server_nursery() -> Iterator[ServerNursery]:
    """Where servers of these tests come from."""
    nursery = ServerNursery()
    yield nursery
    nursery.close()
