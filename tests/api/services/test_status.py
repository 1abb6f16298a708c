from api.services.status import session_status
from tests.api.hall import Hall


def test_the_status_says_what_is_in_the_log_and_nothing_that_waits(hall: Hall) -> None:
    before = session_status(hall.service)
    hall.cast(0)
    assert session_status(hall.service) == before
    assert before.contests[0].cast == 0
