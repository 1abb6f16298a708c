"""Kiosks say how many ballots wait there; what they say is durable before it is answered."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from api.store.queues import Told, read_queues
from ballots.queue_statement import QueueStatement, sign_queue
from tally.entries.contests import ContestPaused, ContestResumed
from tests.api.hall import Hall, running_hall
from tests.faults.faulty_connection import sqlite_error
from tests.kiosk.booth import client_of
from tests.support.seeded_rng import SeededRng
from voting_core.signing_key import SigningKey


def pause(hall: Hall) -> QueueStatement:
    """Pause the contest; gives what the kiosk says then."""
    hall.post(hall.world.decree(ContestPaused("report"), "contest.paused"))
    return said(hall)


def said(hall: Hall, key: SigningKey | None = None, waiting: int = 0, contest: str = "report") -> QueueStatement:
    state = hall.world.state
    size = state.contest("report").paused_size
    return sign_queue(
        contest=contest,
        root=state.root_at(size),
        session=state.session_id,
        size=size,
        waiting=waiting,
        kiosk_key=key or hall.world.kiosk,
    )


def told(hall: Hall) -> dict[bytes, Told]:
    return hall.service.reader.read(lambda connection: read_queues(connection, "report"))


def refused(hall: Hall, raw: bytes) -> tuple[int, str]:
    before = told(hall)
    problem = hall.refused(raw, "/v1/queues")
    assert told(hall) == before
    return problem["status"], problem["code"]


def test_what_a_kiosk_says_is_kept_over_a_restart(both_databases: str, tmp_path: Path) -> None:
    with running_hall(tmp_path) as hall:
        hall.vote()
        hall.post(replace(pause(hall)).to_bytes(), "/v1/queues")
    with running_hall(tmp_path, world=hall.world) as again:
        (one,) = told(again).values()
        assert (one.size, one.waiting) == (hall.world.state.contest("report").paused_size, 0)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_write_that_fails_is_no_word_of_the_kiosk_or_all_of_it(hall: Hall, moment: str) -> None:
    statement = pause(hall)
    getattr(hall.faults, moment)["INSERT INTO kiosk_queues"] = sqlite_error(sqlite3.SQLITE_FULL)
    answer = hall.client.post("/v1/queues", content=statement.to_bytes())
    assert (answer.status_code, answer.json()["code"]) == (507, "storage")
    assert told(hall) == {}
    hall.post(statement.to_bytes(), "/v1/queues")
    assert len(told(hall)) == 1


def test_what_a_kiosk_said_in_a_rehearsal_says_nothing_here(hall: Hall) -> None:
    """The same kiosk with the same keys, a contest of the same name, a log of the same size."""
    statement = pause(hall)
    elsewhere = sign_queue(
        contest="report",
        root=statement.root,
        session=bytes(32),
        size=statement.size,
        waiting=0,
        kiosk_key=hall.world.kiosk,
    )
    assert refused(hall, elsewhere.to_bytes()) == (409, "state")


def test_nobody_speaks_for_a_kiosk(hall: Hall) -> None:
    statement = pause(hall)
    stranger = SigningKey.generate(SeededRng("stranger"))
    assert refused(hall, said(hall, stranger).to_bytes()) == (409, "state")
    forged = replace(said(hall, stranger), kiosk=hall.world.kiosk.public)
    assert refused(hall, forged.to_bytes()) == (422, "V4.A")
    assert refused(hall, replace(statement, waiting=1).to_bytes()) == (422, "V4.A")


def test_a_statement_is_about_the_pause_that_is(hall: Hall) -> None:
    statement = pause(hall)
    hall.post(hall.world.decree(ContestResumed("report"), "contest.resumed"))
    assert refused(hall, statement.to_bytes()) == (409, "state")
    hall.post(hall.world.decree(ContestPaused("report"), "contest.paused"))
    assert refused(hall, statement.to_bytes()) == (409, "state")
    elsewhere = sign_queue(
        contest="report",
        root=bytes(32),
        session=statement.session,
        size=said(hall).size,
        waiting=0,
        kiosk_key=hall.world.kiosk,
    )
    assert refused(hall, elsewhere.to_bytes()) == (409, "state")
    assert refused(hall, said(hall, contest="other").to_bytes()) == (409, "state")
    hall.post(said(hall).to_bytes(), "/v1/queues")


@pytest.mark.parametrize("raw", [b"", b"{}", b"[" * 3_000])
def test_what_is_no_statement_is_refused(hall: Hall, raw: bytes) -> None:
    pause(hall)
    assert refused(hall, raw)[0] in (400, 413)


def test_what_kiosks_have_said_is_given_as_they_signed_it(hall: Hall) -> None:
    assert hall.client.get("/v1/queues/report").content == b""
    statement = pause(hall)
    hall.post(statement.to_bytes(), "/v1/queues")
    answer = hall.client.get("/v1/queues/report")
    assert answer.content == statement.to_bytes() + b"\n"
    assert client_of(hall.client).queues("report") == (statement.to_bytes(),)
    assert hall.client.get("/v1/queues/other").content == b""
    assert hall.client.get(f"/v1/queues/{'x' * 33}").status_code == 422
