"""A kiosk tells of its queue while voting pauses, and keeps what it holds."""

from pathlib import Path

import pytest

from kiosk.client import Refused, ServerClient, Unreachable
from kiosk.outbox import Delivery
from kiosk.voting import read_request
from tally.entries.contests import ContestPaused, ContestResumed
from tests.api.hall import Hall
from tests.kiosk.booth import Booth, turn, world_booth


def act(hall: Hall, *, pause: bool) -> None:
    hall.follow()
    body, type_ = (
        (ContestPaused("report"), "contest.paused") if pause else (ContestResumed("report"), "contest.resumed")
    )
    hall.post(hall.world.entry(body, type_, *hall.world.officials))
    hall.follow()


class Cable:
    """A way to the server for ballots that can be pulled out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.out = True
        submit = ServerClient.submit_ballot

        def maybe(client: ServerClient, raw: bytes) -> object:
            if self.out:
                raise Unreachable("no answer")
            return submit(client, raw)

        monkeypatch.setattr(ServerClient, "submit_ballot", maybe)


def test_an_empty_queue_is_told_once_for_each_pause(hall: Hall, booth: Booth) -> None:
    booth.round(turn(hall, 0))
    assert booth.events.of("queue") == []
    act(hall, pause=True)
    booth.round()
    booth.round()
    assert booth.events.of("queue") == [{"contest": "report", "waiting": 0}]
    act(hall, pause=False)
    booth.round()
    act(hall, pause=True)
    booth.round()
    assert len(booth.events.of("queue")) == 2
    hall.end()


def test_a_ballot_that_waits_outlives_the_pause_and_is_delivered_once(
    hall: Hall, booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    cable = Cable(monkeypatch)
    booth.round(turn(hall, 0), turn(hall, 1))
    act(hall, pause=True)
    cable.out = False
    booth.round()
    booth.round()
    # The server is there again, but takes no ballot: the kiosk says how many it holds, and keeps them.
    assert booth.events.of("queue") == [{"contest": "report", "waiting": 2}]
    assert booth.events.of("lost") == []
    assert booth.station.undelivered == 2
    assert hall.refused(hall.closing())["code"] == "queues"
    act(hall, pause=False)
    booth.round()
    assert len(booth.events.of("cast")) == 2
    act(hall, pause=True)
    booth.round()
    assert booth.events.of("queue")[-1] == {"contest": "report", "waiting": 0}
    hall.post(hall.closing())
    assert hall.service.sequencer.view.log.contest("report").cast == 2


def test_a_pause_that_comes_while_the_ballot_is_on_its_way_takes_nothing(
    hall: Hall, booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    cable = Cable(monkeypatch)
    booth.round(turn(hall, 0))
    cable.out = False
    # The kiosk has not read the pause when it sends.
    act(hall, pause=True)
    booth.station.deliver()
    (own,) = booth.station.outbox.of_contest("report")
    assert own.delivery is Delivery.WAITING
    assert booth.events.of("lost") == []


def test_what_came_into_the_log_before_the_pause_gets_its_promise(
    hall: Hall, booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    booth.round(turn(hall, 0))
    (own,) = booth.station.outbox.of_contest("report")
    booth.station.outbox.mark(own.id, Delivery.WAITING)
    act(hall, pause=True)
    booth.round()
    assert booth.station.outbox.delivery(own.id) is Delivery.PROMISED
    assert booth.events.of("queue") == [{"contest": "report", "waiting": 0}]


def test_a_statement_that_is_refused_is_sent_again_and_said_once(
    hall: Hall, booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = ["storage", "state", "missing"]
    tell = ServerClient.tell_queue

    def refuse(client: ServerClient, raw: bytes) -> None:
        if codes:
            raise Refused(409, codes.pop(0), "no", {})
        tell(client, raw)

    monkeypatch.setattr(ServerClient, "tell_queue", refuse)
    act(hall, pause=True)
    for _ in range(5):
        booth.round()
    assert len(booth.events.of("queue_refused")) == 1
    assert booth.events.of("queue") == [{"contest": "report", "waiting": 0}]


def test_after_a_restart_a_kiosk_says_it_anew(hall: Hall, tmp_path: Path) -> None:
    first = world_booth(hall, tmp_path / "kiosk")
    act(hall, pause=True)
    first.round()
    first.station.outbox.close()
    again = world_booth(hall, tmp_path / "kiosk")
    again.round()
    assert again.events.of("queue") == [{"contest": "report", "waiting": 0}]


def test_a_note_of_assistance_that_waits_keeps_the_contest_from_closing(hall: Hall, booth: Booth) -> None:
    booth.round()
    sealed = booth.station.seal(read_request(turn(hall, 0), "line 1"))
    assert booth.station.finish(sealed, challenge=False, helped=True) is Delivery.PROMISED
    # The ballot has arrived; its note is sent by itself, and the pause comes first.
    act(hall, pause=True)
    booth.round()
    assert booth.events.of("queue") == [{"contest": "report", "waiting": 1}]
    assert hall.refused(hall.closing())["code"] == "queues"
    act(hall, pause=False)
    booth.round()
    act(hall, pause=True)
    booth.round()
    assert booth.events.of("queue")[-1] == {"contest": "report", "waiting": 0}
    hall.post(hall.closing())
    assert hall.service.sequencer.view.log.contest("report").assisted == 1
