import threading

import pytest

from kiosk.kiosk_page import jobs as jobs_module
from kiosk.kiosk_page.jobs import Jobs
from voting_core.errors import StateError


def test_work_is_done_by_who_serves_and_its_end_is_told() -> None:
    jobs, seen = Jobs(), []

    def work() -> int:
        seen.append(threading.current_thread().name)
        return 7

    def fail() -> int:
        raise StateError("not now")

    server = threading.Thread(target=lambda: [jobs.serve(0.05) for _ in range(40)], name="station")
    server.start()
    assert jobs.ask(work) == 7
    with pytest.raises(StateError, match="not now"):
        jobs.ask(fail)
    server.join()
    assert seen == ["station"]


def test_what_nobody_came_to_is_not_done_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "PATIENCE_SECONDS", 0.01)
    jobs, done = Jobs(), []
    with pytest.raises(StateError, match="busy"):
        jobs.ask(lambda: done.append(1))
    assert jobs.serve(0.0) == 0
    assert done == []


def test_an_interrupt_stops_the_station() -> None:
    jobs = Jobs()

    def interrupt() -> None:
        raise KeyboardInterrupt

    def ask() -> None:
        with pytest.raises(KeyboardInterrupt):
            jobs.ask(interrupt)

    asker = threading.Thread(target=ask)
    asker.start()
    with pytest.raises(KeyboardInterrupt):
        jobs.serve(5.0)
    asker.join()
