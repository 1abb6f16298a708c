"""A crash before and after each statement of each write: all of it is there or nothing, and no promise is broken."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.api.hall import Hall, running_hall
from tests.faults.faulty_connection import sqlite_error
from tests.support.patience import PATIENCE

POINTS = [
    (moment, statement)
    for statement in ("BEGIN", "SAVEPOINT", "INSERT", "DELETE", "RELEASE", "UPDATE commits", "COMMIT")
    for moment in ("before", "after")
]
# On PostgreSQL a statement that fails is one and the same to the writer wherever it stands; COMMIT is not.
PLACES = [
    *(("sqlite", *point) for point in POINTS),
    *(("postgresql", *point) for point in POINTS if point[1] in ("INSERT", "COMMIT")),
]
at_every_place = pytest.mark.parametrize(("both_databases", "moment", "statement"), PLACES, indirect=["both_databases"])


def crash_at(hall: Hall, moment: str, statement: str) -> None:
    getattr(hall.faults, moment)[statement] = sqlite_error(sqlite3.SQLITE_IOERR)


def send(hall: Hall, raw: bytes, path: str) -> Any:
    return hall.client.post(path, content=raw).json()


def recovered(directory: Path, before: Hall) -> Hall:
    """Start again on the same directory; starting replays and checks everything."""
    with running_hall(directory, world=before.world) as hall:
        hall.settle()
        hall.follow()
        return hall


@at_every_place
def test_a_ballot_is_there_or_not_and_can_be_sent_again(
    both_databases: str, tmp_path: Path, moment: str, statement: str
) -> None:
    with running_hall(tmp_path) as hall:
        hall.vote()
        hall.cast(0)
        raw = hall.world.cast(1, hall.contest)
        crash_at(hall, moment, statement)
        answer = send(hall, raw, "/v1/ballots")
        acknowledged = "signature" in answer
        assert acknowledged or answer["status"] == 503
    with running_hall(tmp_path, world=hall.world) as again:
        waiting = again.service.sequencer.view.pending
        assert len(waiting) in ((2,) if acknowledged else (1, 2))
        again.post(raw, "/v1/ballots")
        assert len(again.service.sequencer.view.pending) == 2


@at_every_place
def test_a_batch_enters_the_log_whole_or_not_at_all(
    both_databases: str, tmp_path: Path, moment: str, statement: str
) -> None:
    with running_hall(tmp_path) as hall:
        hall.vote()
        for card in range(7):
            hall.cast(card)
        last = hall.world.cast(7, hall.contest)
        future = hall.service.sequencer.submit_ballot(last)
        future.result(PATIENCE)
        # The ballot is durable; what fails now, if it comes in time, is the batch. Either way nothing may be lost.
        crash_at(hall, moment, statement)
    again = recovered(tmp_path, hall)
    assert again.world.state.contest("report").cast == 8


@pytest.mark.parametrize(
    ("both_databases", "moment", "statement"),
    [place for place in PLACES if place[2] != "DELETE"],
    indirect=["both_databases"],
)
def test_a_closing_is_there_or_not(both_databases: str, tmp_path: Path, moment: str, statement: str) -> None:
    with running_hall(tmp_path) as hall:
        hall.vote()
        hall.pause()
        raw = hall.closing()
        crash_at(hall, moment, statement)
        answer = send(hall, raw, "/v1/entries")
        accepted = "index" in answer
    with running_hall(tmp_path, world=hall.world) as again:
        closed = not again.service.sequencer.view.log.contest("report").is_voting
        assert closed or not accepted
        assert again.post(raw)["index"] == hall.world.state.size
        assert not again.service.sequencer.view.log.contest("report").is_voting
