"""A contest does not close while a kiosk may hold a ballot of it."""

import pytest

from api.sequencer.queues import Standing, check_queues, queues_of
from api.store.queues import Told
from tally.entries.closing import KioskLost
from tally.entries.contests import ContestPaused, ContestResumed
from tally.replay.expected import close_body
from tests.api.hall import Hall
from tests.support.session import SessionBuilder


def closing(hall: Hall) -> bytes:
    hall.follow()
    return hall.world.entry(close_body(hall.world.state, "report"), "contest.closed", *hall.world.officials)


def decree(hall: Hall, body: ContestPaused | ContestResumed, type: str) -> None:
    hall.follow()
    hall.post(hall.world.entry(body, type, *hall.world.officials))
    hall.follow()


def test_a_contest_is_paused_before_it_is_closed(hall: Hall) -> None:
    problem = hall.refused(closing(hall))
    assert (problem["status"], problem["code"]) == (409, "state")
    assert "pause report" in problem["detail"]


def test_a_contest_closes_when_its_kiosk_has_said_that_nothing_waits_there(hall: Hall) -> None:
    hall.cast(0)
    decree(hall, ContestPaused("report"), "contest.paused")
    problem = hall.refused(closing(hall))
    assert (problem["status"], problem["code"], problem["kiosks"]) == (409, "queues", ["1"])
    assert "1 (not heard)" in problem["detail"]
    hall.tell(waiting=2)
    assert "1 (holds 2)" in hall.refused(closing(hall))["detail"]
    hall.tell(waiting=0)
    hall.post(closing(hall))
    assert hall.service.sequencer.view.log.contest("report").cast == 1


def test_what_was_said_in_an_earlier_pause_says_nothing_about_this_one(hall: Hall) -> None:
    decree(hall, ContestPaused("report"), "contest.paused")
    hall.tell(waiting=0)
    decree(hall, ContestResumed("report"), "contest.resumed")
    decree(hall, ContestPaused("report"), "contest.paused")
    assert hall.refused(closing(hall))["code"] == "queues"
    hall.tell(waiting=0)
    raw = closing(hall)
    hall.post(raw)
    # Sending it again is safe, also when nobody waits for kiosks any more.
    hall.post(raw)


def test_the_scrutineers_word_that_a_kiosk_is_lost_takes_the_place_of_its_own(hall: Hall) -> None:
    decree(hall, ContestPaused("report"), "contest.paused")
    hall.tell(waiting=1)
    assert hall.refused(closing(hall))["code"] == "queues"
    hall.post(hall.world.write(KioskLost("report", hall.world.kiosk.public), "kiosk.lost", *hall.world.trustee_keys))
    hall.post(closing(hall))
    assert hall.service.sequencer.view.log.contest("report").lost == {hall.world.kiosk.public}


def test_what_is_known_of_each_kiosk() -> None:
    builder = SessionBuilder().run(until="voted")
    assert queues_of(builder.state, builder.contest(), {}) == ()
    builder.add(ContestPaused("motion"), *builder.officials)
    first, second = (kiosk.public for kiosk in builder.kiosks)
    size = builder.contest().paused_size

    def standings(**told: Told) -> list[tuple[str, Standing, int]]:
        said = {{"first": first, "second": second}[name]: one for name, one in told.items()}
        return [(one.name, one.standing, one.waiting) for one in queues_of(builder.state, builder.contest(), said)]

    assert standings() == [("K01", Standing.SILENT, 0), ("K02", Standing.SILENT, 0)]
    assert standings(first=Told(size, 0), second=Told(size, 4)) == [
        ("K01", Standing.EMPTY, 0),
        ("K02", Standing.HOLDS, 4),
    ]
    # A statement over another log is one of another pause.
    assert standings(first=Told(size - 1, 0), second=Told(size + 1, 0)) == standings()
    builder.add(KioskLost("motion", second), *(builder.trustees[index].signing for index in (1, 2, 3)))
    assert standings(first=Told(size, 0), second=Told(size, 4))[1] == ("K02", Standing.LOST, 0)
    check_queues(builder.state, "motion", {first: Told(size, 0)})


@pytest.mark.parametrize("stage", ["ready", "closed"])
def test_what_is_not_voted_on_is_left_to_replay(stage: str) -> None:
    builder = SessionBuilder().run(until=stage)
    check_queues(builder.state, "motion", {})
    check_queues(builder.state, "none", {})
