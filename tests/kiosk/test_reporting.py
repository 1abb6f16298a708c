"""After closing: the kiosk's ballots are under the root, and it signs how many."""

from pathlib import Path

import pytest

from kiosk.outbox import Delivery, Kind, OwnBallot
from kiosk.reporting import report_closed
from tally.entries.contests import ContestAbandoned
from tests.api.hall import Hall
from tests.kiosk.booth import TIME, Booth, turn, world_booth
from voting_core.errors import FatalError


def close(hall: Hall) -> None:
    hall.end()


def test_a_kiosk_reports_what_it_has_cast_and_then_forgets_it(hall: Hall, booth: Booth) -> None:
    for card in range(9):
        booth.round(turn(hall, card))
    booth.round(turn(hall, 9, challenge=True))
    close(hall)
    booth.round()
    assert booth.events.of("reported") == [{"contest": "report", "cast": 9, "challenged": 1}]
    booth.round()
    booth.round()
    assert len(booth.events.of("reported")) == 1
    assert booth.station.outbox.of_contest("report") == ()
    contest = booth.station.state.contest("report")
    assert contest.reports[hall.world.kiosk.public].cast == 9


def test_a_kiosk_without_ballots_reports_too(hall: Hall, booth: Booth) -> None:
    close(hall)
    booth.round()
    assert booth.events.of("reported") == [{"contest": "report", "cast": 0, "challenged": 0}]


def test_a_promise_that_the_closed_log_does_not_keep_is_an_alarm(hall: Hall, booth: Booth) -> None:
    booth.station.outbox.put(OwnBallot(bytes(32), "report", Kind.CAST, Delivery.PROMISED, b"{}"))
    close(hall)
    with pytest.raises(FatalError, match="does not hold it"):
        booth.round()


def test_a_ballot_that_never_arrived_is_lost_and_not_counted(hall: Hall, booth: Booth) -> None:
    late = hall.world.cast(3, hall.contest)
    close(hall)
    booth.station.follow()
    booth.station.outbox.put(OwnBallot(bytes(32), "report", Kind.CAST, Delivery.WAITING, late))
    report_closed(booth.station, lambda: TIME, booth.events)
    assert booth.events.of("lost")[0]["problem"] == "it arrived after closing"
    assert booth.events.of("reported")[0]["cast"] == 0


def test_a_ballot_whose_answer_was_lost_is_counted_when_it_is_there(hall: Hall, booth: Booth) -> None:
    booth.round(turn(hall, 0))
    (own,) = booth.station.outbox.of_contest("report")
    booth.station.outbox.mark(own.id, Delivery.WAITING)
    close(hall)
    booth.station.follow()
    report_closed(booth.station, lambda: TIME, booth.events)
    assert booth.events.of("reported")[0]["cast"] == 1


def test_a_report_that_is_refused_is_told(hall: Hall, tmp_path: Path) -> None:
    first = world_booth(hall, tmp_path / "kiosk")
    second = world_booth(hall, tmp_path / "copy")
    first.round()
    second.round()
    close(hall)
    first.station.follow()
    second.station.follow()
    report_closed(first.station, lambda: TIME, first.events)
    report_closed(second.station, lambda: TIME + 1, second.events)
    assert "V9.B" in second.events.of("report_refused")[0]["problem"]


def abandon(hall: Hall) -> None:
    hall.follow()
    world = hall.world
    body = ContestAbandoned("report", "cards")
    hall.post(world.entry(body, "contest.abandoned", *world.officials, *world.trustee_keys))


def test_ballots_of_an_abandoned_contest_are_in_the_log_and_then_forgotten(hall: Hall, booth: Booth) -> None:
    booth.round(turn(hall, 0), turn(hall, 1), turn(hall, 2, challenge=True))
    late = hall.world.cast(3, hall.contest)
    abandon(hall)
    booth.station.outbox.put(OwnBallot(bytes(32), "report", Kind.CAST, Delivery.WAITING, late))
    booth.round()
    booth.round(turn(hall, 4))
    assert booth.station.outbox.of_contest("report") == ()
    assert booth.events.of("abandoned") == [{"contest": "report", "cast": 2, "challenged": 1}]
    assert booth.events.of("reported") == booth.events.of("report_refused") == []
    (lost,) = booth.events.of("lost")
    assert lost["contest"] == "report"
    (refused,) = booth.events.of("refused")
    assert "broken off" in refused["problem"]


def test_a_closed_contest_that_is_abandoned_takes_no_report(hall: Hall, booth: Booth) -> None:
    booth.round(turn(hall, 0))
    close(hall)
    abandon(hall)
    booth.round()
    assert booth.events.of("reported") == booth.events.of("report_refused") == []
    assert booth.events.of("abandoned") == [{"contest": "report", "cast": 1, "challenged": 0}]


def test_a_promise_that_an_abandoned_contest_does_not_keep_is_an_alarm(hall: Hall, booth: Booth) -> None:
    booth.station.outbox.put(OwnBallot(bytes(32), "report", Kind.CAST, Delivery.PROMISED, b"{}"))
    abandon(hall)
    with pytest.raises(FatalError, match="does not hold it"):
        booth.round()


def test_a_note_of_assistance_is_no_ballot_and_nothing_is_said_of_it(hall: Hall, booth: Booth) -> None:
    booth.round(turn(hall, 0))
    for number, delivery in enumerate((Delivery.PROMISED, Delivery.WAITING)):
        booth.station.outbox.put(OwnBallot(bytes([number]) * 16, "report", Kind.ASSISTED, delivery, b"{}"))
    close(hall)
    booth.station.follow()
    report_closed(booth.station, lambda: TIME, booth.events)
    assert booth.events.of("reported") == [{"contest": "report", "cast": 1, "challenged": 0}]
    assert booth.events.of("lost") == []
