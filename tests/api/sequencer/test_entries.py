"""Entries that arrive together."""

from tally.entries.contests import ContestAbandoned, ContestPaused, ContestResumed
from tally.state import Status
from tests.api.hall import Hall
from tests.support.patience import PATIENCE
from voting_core.errors import VerificationError


def test_entries_that_wait_together_share_a_checkpoint(hall: Hall) -> None:
    raws = [hall.world.void(card, hall.contest, "returned") for card in range(12)]
    futures = [hall.service.sequencer.submit_entry(raw) for raw in raws]
    positions = [future.result(PATIENCE) for future in futures]
    assert sorted(position.index for position in positions) == list(
        range(hall.world.state.size, hall.world.state.size + 12)
    )
    assert hall.service.sequencer.view.log.size == hall.world.state.size + 12
    hall.follow()
    assert len(hall.world.state.voided) == 12


def test_one_bad_entry_takes_nobody_with_it(hall: Hall) -> None:
    good, twice = hall.world.void(1, hall.contest, "returned"), hall.world.void(1, hall.contest, "test")
    futures = [hall.service.sequencer.submit_entry(raw) for raw in (good, twice, b"nonsense", good)]
    assert futures[0].result(PATIENCE).index == futures[3].result(PATIENCE).index
    assert isinstance(futures[1].exception(20), VerificationError)
    assert isinstance(futures[2].exception(20), VerificationError)


def test_a_pause_in_the_middle_of_a_group_is_in_its_place(hall: Hall) -> None:
    hall.cast(0)
    seen = (hall.world.state.size, hall.world.state.root)
    pause = hall.world.entry(ContestPaused("report"), "contest.paused", *hall.world.officials, seen=seen)
    raws = [hall.world.void(3, hall.contest, "returned"), pause, hall.world.void(4, hall.contest, "returned")]
    futures = [hall.service.sequencer.submit_entry(raw) for raw in raws]
    start = hall.world.state.size
    assert [future.result(PATIENCE).index - start for future in futures] == [0, 2, 3]
    hall.follow()
    assert hall.world.state.contest("report").cast == 1
    hall.post(hall.world.entry(ContestResumed("report"), "contest.resumed", *hall.world.officials))
    hall.cast(5)


def test_ballots_that_wait_enter_the_log_before_the_contest_is_abandoned(hall: Hall) -> None:
    """They were promised; an abandonment does not break a promise."""
    for card in range(3):
        hall.cast(card)
    world = hall.world
    body, kind = ContestAbandoned("report", "emergency"), "contest.abandoned"
    too_few = world.entry(body, kind, *world.officials)
    assert hall.refused(too_few)["code"] == "V4.B"
    hall.post(world.entry(body, kind, *world.officials, *world.trustee_keys))
    assert not hall.service.sequencer.view.pending
    hall.follow()
    contest = world.state.contest("report")
    assert (contest.status, contest.cast) == (Status.ABANDONED, 3)
    late = hall.client.post("/v1/ballots", content=world.cast(5, hall.contest))
    assert late.json()["code"] == "V8.A"
    # A ballot that was promised is promised again.
    assert hall.client.post("/v1/ballots", content=hall.accepted[0]).status_code == 200
