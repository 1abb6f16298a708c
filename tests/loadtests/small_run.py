"""A small load test without Locust: the real service in this process, its ballots sent one after the other."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ballots.matrix import Kind
from kiosk.client import ServerClient
from loadtests.acknowledgements import Acknowledgement
from loadtests.fill import fill_pool
from loadtests.pool import PoolBallot, Resend
from loadtests.profiles import SMOKE, ContestShape
from loadtests.stage import Stage, accepted, set_stage
from tests.api.hall import running_hall
from tests.support.seeded_rng import SeededRng

TIME = 1_780_000_000

TINY = replace(
    SMOKE,
    name="tiny",
    delegates=10,
    kiosks=2,
    contests=(
        ContestShape(id="election", kind=Kind.ELECTION, zh="选举", en="Election", rows=3, approvals=1),
        ContestShape(id="motion", kind=Kind.MOTION, zh="决议", en="Motion", rows=1),
    ),
    scrutineers=3,
    threshold=2,
)


@dataclass(frozen=True)
class SmallRun:
    """A session that has ended, and what its kiosks know."""

    stage: Stage
    pool: tuple[PoolBallot, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    record: bytes

    @property
    def entries(self) -> list[bytes]:
        """The log."""
        return list(self.stage.hall.entries)


def quiet(step: str, done: int, total: int) -> None:
    """A report of progress to nobody."""


@contextmanager
def tiny_client(directory: Path, *, simulated: bool = True) -> Iterator[ServerClient]:
    """A client of a fresh service that never sleeps."""
    with running_hall(directory, simulated=simulated) as hall:
        yield ServerClient(hall.client, pause=lambda _: None)


def tiny_stage(client: ServerClient) -> Stage:
    """The tiny profile with open contests."""
    return set_stage(TINY, client, SeededRng("small run"), itertools.count(TIME).__next__, quiet)


def send_all(stage: Stage) -> tuple[tuple[PoolBallot, ...], tuple[Acknowledgement, ...]]:
    """Make the pool and send it, those that are to be sent twice twice; gives the pool and all promises."""
    pool = fill_pool(TINY, stage.booth, stage.cards, lambda _: None)
    found = []
    for ballot in pool:
        for _ in range(1 if ballot.resend is Resend.NEVER else 2):
            promise = stage.hall.client.submit_ballot(ballot.entry)
            assert promise is not None
            found.append(Acknowledgement(ballot.id, ballot.kiosk, promise.to_json()))
    return pool, tuple(found)


def small_run(directory: Path) -> SmallRun:
    """Run the whole session."""
    with tiny_client(directory) as client:
        stage = tiny_stage(client)
        pool, promises = send_all(stage)
        stage.finish(accepted(pool, promises), quiet)
        return SmallRun(stage, pool, promises, b"".join(client.record()))
