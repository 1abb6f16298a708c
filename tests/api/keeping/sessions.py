"""A session whose server runs, to back up, and how to see that another has the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.api.hall import Hall, running_hall
from voting_core.secret import Secret

PASSPHRASE = Secret("four words of the county")


@contextmanager
def running_session(folder: Path) -> Iterator[Hall]:
    """A server with a roll, check-ins, a batch of ballots in the log and three that wait."""
    with running_hall(folder) as hall:
        hall.vote()
        people = [{"id": str(n), "name": "某某", "delegation": "一团", "should_attend": True} for n in (1, 2)]
        assert hall.client.put("/v1/roll", json={"people": people}, headers=hall.token).status_code == 200
        arrived = {"delegate": "1", "action": "arrive"}
        assert hall.client.post("/v1/checkins", json=arrived, headers=hall.token).status_code == 200
        for card in range(11):
            hall.cast(card)
        hall.settle()
        yield hall


def check_same(hall: Hall, before: Hall) -> None:
    """The restored server has everything, and the session goes on."""
    old, new = before.service.sequencer.view, hall.service.sequencer.view
    assert (new.log.size, new.log.root) == (old.log.size, old.log.root)
    assert new.pending == old.pending
    assert hall.service.keys.log.public == before.service.keys.log.public
    assert hall.client.get("/v1/attendance", headers=hall.token).json()["present"] == 1
    for raw in before.accepted:
        hall.post(raw, "/v1/ballots")
