"""A ballot whose delegate was told that it will be delivered is given up for a good reason alone."""

from pathlib import Path

import httpx2

from kiosk.outbox import Delivery, Kind, OwnBallot
from kiosk.refusals import is_final
from tally.entries.closing import KioskLost
from tally.entries.contests import ContestAbandoned, ContestPaused
from tally.replay import replay
from tests.api.hall import Hall
from tests.api.world import World, voting_world
from tests.kiosk.booth import turn, world_booth
from tests.kiosk.test_queue_telling import act
from tests.kiosk.test_station import Network, is_ballot

WRONG_SERVER = ("V2.C", "V3.A", "V4.B", "V4.D", "V8.A", "http", "missing", "state")
BAD_BALLOT = ("V2.D", "V4.A", "V8.B", "V8.C", "V8.D", "V8.J")


def own(world: World, kind: Kind = Kind.CAST) -> OwnBallot:
    contest = world.state.contest("report").contest
    return OwnBallot(bytes(32), "report", kind, Delivery.WAITING, world.cast(0, contest))


def test_what_another_log_would_refuse_is_kept_while_the_kiosks_own_log_takes_it() -> None:
    world, contest = voting_world()
    ballot = own(world)
    pause = world.entry(ContestPaused("report"), "contest.paused", *world.officials)
    for state in (world.state, replay(world.state, pause)):
        assert [code for code in (*WRONG_SERVER, *BAD_BALLOT) if is_final(state, ballot, code)] == list(BAD_BALLOT)
    end = world.entry(ContestAbandoned("report", "cards"), "contest.abandoned", *world.officials, *world.trustee_keys)
    void = world.void(0, contest, "returned")
    for entry in (end, void):
        after = replay(world.state, entry)
        assert all(is_final(after, ballot, code) for code in (*WRONG_SERVER, *BAD_BALLOT))
    note = own(world, Kind.ASSISTED)
    assert not is_final(replay(world.state, void), note, "V8.A")
    world.close(contest)
    assert is_final(world.state, note, "V8.A")


def test_a_pause_that_is_over_when_its_refusal_is_read_takes_no_ballot_away(hall: Hall, tmp_path: Path) -> None:
    class Slow(Network):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            answer = super().handle_request(request)
            if is_ballot(request) and answer.status_code != 200:
                act(hall, pause=False)
            return answer

    network = Slow(hall)
    booth = world_booth(hall, tmp_path / "kiosk", network.client())
    network.cut_before = is_ballot
    booth.round(turn(hall, 0))
    network.cut_before = lambda _: False
    act(hall, pause=True)
    booth.station.deliver()
    assert len(booth.events.of("kept")) == 1
    booth.round()
    assert len(booth.events.of("cast")) == 1
    assert booth.events.of("lost") == []


def test_a_kiosk_that_was_given_up_and_is_found_takes_no_more_ballots(hall: Hall, tmp_path: Path) -> None:
    """Nobody waits for its queue at the next pause."""
    network = Network(hall)
    booth = world_booth(hall, tmp_path / "kiosk", network.client())
    network.cut_before = is_ballot
    booth.round(turn(hall, 0))
    act(hall, pause=True)
    lost = KioskLost("report", hall.world.kiosk.public)
    hall.post(hall.world.entry(lost, "kiosk.lost", *hall.world.trustee_keys))
    act(hall, pause=False)
    booth.round(turn(hall, 1))
    (refused,) = booth.events.of("refused")
    assert "recorded as lost" in refused["problem"]
    assert len(booth.station.outbox.of_contest("report")) == 1
    # What it holds from before is taken while voting goes on.
    network.cut_before = lambda _: False
    booth.round()
    assert len(booth.events.of("cast")) == 1
