"""One session for all tests of replay: states are persistent, so every test branches off where it needs to."""

from collections.abc import Callable

import pytest

from tests.support.session import SessionBuilder

At = Callable[[str], SessionBuilder]


@pytest.fixture(scope="session")
def snapshots() -> dict[str, SessionBuilder]:
    """A builder at the end of every stage."""
    return SessionBuilder().snapshots()


@pytest.fixture
def at(snapshots: dict[str, SessionBuilder]) -> At:
    """Give a builder of one's own at the end of a stage."""
    return lambda stage: snapshots[stage].fork()
