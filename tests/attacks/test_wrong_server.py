"""The address of the server answers, and it is not the session's: somebody started it over another folder.

The weak variant is a kiosk that takes whatever a server refuses for refused for good.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.outbox import Delivery
from tests.api.hall import Hall, running_hall
from tests.kiosk.booth import Booth, turn, world_booth
from tests.kiosk.test_queue_telling import act
from tests.kiosk.test_station import Network, is_ballot


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with running_hall(tmp_path / "data", simulated=True) as hall:
        hall.vote()
        yield hall


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Hall]:
    """A server that was started over an empty folder."""
    with running_hall(tmp_path / "other", simulated=True) as hall:
        yield hall


def with_two_ballots_that_wait(network: Network, hall: Hall, directory: Path) -> Booth:
    booth = world_booth(hall, directory, network.client())
    network.cut_before = is_ballot
    booth.round(turn(hall, 0), turn(hall, 1))
    network.cut_before = lambda _: False
    return booth


def test_a_kiosk_that_believes_every_refusal_gives_its_ballots_away(
    hall: Hall, other: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.station.is_final", lambda *_: True)
    network = Network(hall)
    booth = with_two_ballots_that_wait(network, hall, tmp_path / "kiosk")
    network.hall = other
    booth.round()
    network.hall = hall
    booth.round()
    assert len(booth.events.of("lost")) == 2
    assert booth.events.of("cast") == []


def test_the_wrong_server_at_the_address_takes_no_ballot_away(hall: Hall, other: Hall, tmp_path: Path) -> None:
    network = Network(hall)
    booth = with_two_ballots_that_wait(network, hall, tmp_path / "kiosk")
    network.hall = other
    for _ in range(3):
        booth.round()
    assert [own.delivery for own in booth.station.outbox.of_contest("report")] == [Delivery.WAITING] * 2
    # Why they wait is said once for each.
    assert len(booth.events.of("kept")) == 2
    assert booth.events.of("lost") == []
    assert booth.station.undelivered == 2
    network.hall = hall
    booth.round()
    assert len(booth.events.of("cast")) == 2
    assert booth.station.undelivered == 0


def test_a_queue_that_the_wrong_server_did_not_take_is_told_to_the_right_one(
    hall: Hall, other: Hall, tmp_path: Path
) -> None:
    """Otherwise the contest could not close before the kiosk is started again, or given up."""
    network = Network(hall)
    booth = world_booth(hall, tmp_path / "kiosk", network.client())
    act(hall, pause=True)
    booth.station.follow()
    network.hall = other
    for _ in range(3):
        booth.round()
    assert len(booth.events.of("queue_refused")) == 1
    network.hall = hall
    booth.round()
    assert booth.events.of("queue") == [{"contest": "report", "waiting": 0}]
    hall.post(hall.closing())
