import sqlite3

from tests.api.hall import Hall
from tests.faults.faulty_connection import sqlite_error


def test_a_healthy_server_says_so(hall: Hall) -> None:
    assert hall.client.get("/healthz").json() == {"status": "ok"}
    assert hall.client.get("/readyz").json() == {"status": "ok"}


def test_a_server_that_lost_the_truth_is_not_ready(hall: Hall) -> None:
    hall.faults.before["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    problem = hall.refused(hall.world.cast(0, hall.contest), "/v1/ballots")
    assert (problem["status"], problem["code"]) == (503, "fatal")
    answer = hall.client.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert hall.client.get("/healthz").status_code == 200


def test_a_server_whose_database_cannot_be_read_is_not_healthy(hall: Hall) -> None:
    connection = sqlite3.connect(hall.settings.database)
    connection.execute("ALTER TABLE commits RENAME TO lost")
    connection.close()
    assert hall.client.get("/healthz").status_code == 503
