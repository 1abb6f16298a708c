import pytest

from tests.loadtests.small_run import SmallRun, small_run


@pytest.fixture(scope="session")
def ended(tmp_path_factory: pytest.TempPathFactory) -> SmallRun:
    """A session of the tiny profile that has ended well; tests change copies of what is in it."""
    return small_run(tmp_path_factory.mktemp("load"))
