"""One session for all tests of replay: states are persistent, so every test branches off where it needs to."""

from collections.abc import Callable

import pytest

from tests.support.session import SessionBuilder
from tests.tally.replay.sheets import with_slips

At = Callable[[str], SessionBuilder]


@pytest.fixture(scope="session")
def snapshots() -> dict[str, SessionBuilder]:
    """A builder at the end of every stage."""
    return SessionBuilder().snapshots()


@pytest.fixture
def at(snapshots: dict[str, SessionBuilder]) -> At:
    """Give a builder of one's own at the end of a stage."""
    return lambda stage: snapshots[stage].fork()


@pytest.fixture(scope="session")
def counted_with_slips() -> dict[str, SessionBuilder]:
    """Six ballots: one approves of the first, all others disapprove of both."""
    built = SessionBuilder(
        contests=(with_slips,),
        rule_set="election_local_2020",
        votes=lambda _contest, number: (0, 1) if number == 0 else (1, 1),
    )
    return built.snapshots("counted")
