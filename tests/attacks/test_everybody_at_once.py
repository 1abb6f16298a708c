"""Everybody asks at the same moment (SPEC §8.7, §10).

When a poll closes, all telephones in the hall ask for the result. A service that computes something for each of them,
or tells everybody about everybody, falls over at a hundred people. Here what is asked for is the same bytes for all,
and giving it costs no cryptography.
"""

from collections.abc import Callable, Iterator

import pytest

from tally.replay import initial, replay_batch
from tests.api.hall import Hall, running_hall
from voting_core import group

PEOPLE = 20
ASKED = ("/v1/status", "/v1/log/checkpoint", "/v1/log/entries", "/v1/record", "/v1/log/inclusion/3?size=10")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A server on which a contest has just been closed."""
    with running_hall(tmp_path_factory.mktemp("closed") / "data") as hall:
        hall.vote()
        for card in range(8):
            hall.cast(card)
        hall.settle()
        hall.follow()
        hall.end()
        yield hall


class Counter:
    """Counts multiplications in the group."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        for name in ("_sodium_multiply", "_sodium_multiply_base"):
            patch.setattr(group, name, self._counting(getattr(group, name)))

    def _counting(self, function: Callable[..., int]) -> Callable[..., int]:
        def run(*given: object) -> int:
            self.count += 1
            return function(*given)

        return run


@pytest.mark.parametrize("path", ASKED)
def test_everybody_gets_the_same_bytes(closed: Hall, path: str) -> None:
    """Nothing in an answer depends on who asks, so that anything between can keep it."""
    answers = [
        closed.client.get(path, headers={"User-Agent": f"telephone {number}", "X-Forwarded-For": f"10.0.0.{number}"})
        for number in range(3)
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    for answer in answers:
        assert "set-cookie" not in answer.headers
        assert "vary" not in answer.headers


def test_answering_everybody_costs_no_cryptography(closed: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(monkeypatch)
    for _ in range(PEOPLE):
        for path in ASKED:
            closed.client.get(path)
    assert counter.count == 0


def test_a_service_that_verifies_for_each_reader_is_found_by_this_count(
    closed: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weak service replays the log for whoever asks: the work of the evening, times the people in the hall."""
    counter = Counter(monkeypatch)
    for _ in range(3):
        log = closed.client.get("/v1/log/entries").content.splitlines()
        replay_batch(initial(), log)
    assert counter.count > 3 * 50


def test_nobody_is_told_about_anybody(closed: Hall) -> None:
    """There is no list of people, no stream of events, no number for each person in what is public."""
    status = closed.client.get("/v1/status").json()
    assert len(closed.client.get("/v1/status").content) < 2_000
    assert not {"people", "present", "voters", "online"} & set(status)
    for route in ("/v1/events", "/v1/stream", "/v1/ws"):
        assert closed.client.get(route).status_code == 404


def test_reading_does_not_write(closed: Hall) -> None:
    """A question changes no row: readers cannot make the one writer busy."""
    before = closed.service.sequencer.view
    database = closed.settings.database.read_bytes()
    for path in ASKED:
        closed.client.get(path)
    assert closed.service.sequencer.view is before
    assert closed.settings.database.read_bytes() == database
