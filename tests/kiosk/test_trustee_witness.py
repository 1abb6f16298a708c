"""Witnessing, approving, requests."""

from pathlib import Path

import pytest

from kiosk.client import ServerClient
from kiosk.trustee_witness import witness
from tally.entries.contests import ContestAbandoned
from tally.entries.credentials import ReserveSealed
from tally.state import Status
from tests.kiosk.hall import kiosk_hall
from tests.kiosk.voted import closed_hall
from voting_core.errors import FatalError, VerificationError
from voting_core.log.checkpoint import Checkpoint, parse_signed_checkpoint, sign_checkpoint

pytestmark = pytest.mark.usefixtures("quick_key_files")


def test_every_checkpoint_that_a_station_sees_is_cosigned(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        hall.watch(1)
        for watch in hall.scrutineers:
            watch.desk.follower.sync()
            assert witness(watch.desk)
        note = parse_signed_checkpoint(hall.officials.first.client.checkpoint())
        assert [item.index for item in note.cosignatures] == [1, 2, 3]
        assert hall.server.service.cosigned.latest == (hall.state.size, hall.state.root)


def test_a_checkpoint_of_another_log_is_never_cosigned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closed_hall(tmp_path) as hall:
        desk = hall.scrutineers[0].desk
        desk.follower.sync()
        before = desk.memory
        log_key = hall.server.service.keys.log

        def forked(_: ServerClient) -> bytes:
            return sign_checkpoint(Checkpoint(desk.state.session_id, desk.state.size, bytes(32)), log_key)

        monkeypatch.setattr(ServerClient, "checkpoint", forked)
        with pytest.raises(FatalError):
            witness(desk)
        monkeypatch.setattr(ServerClient, "checkpoint", lambda _: b"nonsense")
        with pytest.raises(VerificationError):
            witness(desk)
        assert desk.memory == before


def test_a_log_that_was_taken_back_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server came back from a backup: its log is shorter than the one that was cosigned."""
    with closed_hall(tmp_path) as hall:
        desk = hall.scrutineers[0].desk
        desk.follower.sync()
        witness(desk)
        log_key = hall.server.service.keys.log
        state = desk.state

        def older(_: ServerClient) -> bytes:
            return sign_checkpoint(Checkpoint(state.session_id, 5, state.root_at(5)), log_key)

        monkeypatch.setattr(ServerClient, "checkpoint", older)
        hall.scrutineers[0].station.one_round()
        (waiting,) = hall.scrutineers[0].events.of("waiting")
        assert "a smaller one is not" in waiting["problem"]


def test_only_the_allowed_types_are_signed_without_a_person(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        body = ReserveSealed("delegate", 1)
        hall.request(0, {"type": "credentials.reserve_sealed", "body": dict(body.to_json())})
        hall.watch(3)
        (proposal,) = hall.officials.first.client.proposals()
        assert len(proposal.signatures) == 1
        assert hall.scrutineers[0].events.of("proposed")[0]["status"] == "waiting"


def test_a_request_that_is_refused_is_told(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        hall.request(0, {"type": "key.destroyed"})
        hall.watch(1)
        (refused,) = hall.scrutineers[0].events.of("request_refused")
        assert "V12.A" in refused["problem"] or "V4.D" in refused["problem"]
        assert hall.scrutineers[0].desk.secrets.share is not None


def test_a_proposal_over_another_log_is_not_signed(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        watch = hall.add_scrutineer(1)
        watch.station.one_round()
        watch.station.one_round()
        assert watch.events.of("approved") == []


def test_scrutineers_agree_to_abandon_what_the_officials_propose(tmp_path: Path) -> None:
    """Each agrees by itself, to this contest and this reason; nothing of it is decrypted."""
    with closed_hall(tmp_path) as hall:
        agree = {"type": "contest.abandoned", "body": {"contest": "report", "reason": "cards"}}
        hall.request(0, agree)
        hall.watch(1)
        assert "have not proposed" in hall.scrutineers[0].events.of("request_refused")[0]["problem"]
        hall.officials.first.propose(ContestAbandoned("report", "cards"))
        (proposal,) = hall.officials.first.client.proposals()
        assert not hall.officials.second.sign(proposal)
        hall.request(1, {"type": "contest.abandoned", "body": {"contest": "report", "reason": "emergency"}})
        for number in range(3):
            assert hall.state.contest("report").status is Status.CLOSED
            hall.request(number, agree)
            hall.scrutineers[number].station.one_round()
        assert hall.scrutineers[1].events.of("request_refused")
        contest = hall.state.contest("report")
        assert contest.status is Status.ABANDONED
        for watch in hall.scrutineers:
            watch.clock.now += 100
        hall.watch(3)
        after = hall.state.contest("report")
        assert (after.commitments, after.shares) == (contest.commitments, contest.shares)
        assert not after.good_shares


def test_who_asks_for_something_else_signs_nothing_of_the_first(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        for number in range(2):
            body = ReserveSealed("delegate", number + 1)
            hall.request(number, {"type": "credentials.reserve_sealed", "body": dict(body.to_json())})
        hall.watch(3)
        proposals = hall.officials.first.client.proposals()
        assert [len(proposal.signatures) for proposal in proposals] == [1, 1]


def test_the_second_who_asks_signs_what_the_first_proposed(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        for index in (1, 2):
            hall.add_scrutineer(index, approve=frozenset())
        hall.make_key()
        body = {"type": "credentials.reserve_sealed", "body": dict(ReserveSealed("delegate", 1).to_json())}
        hall.request(0, body)
        hall.watch(2)
        assert "delegate" not in hall.state.reserve
        hall.request(1, body)
        hall.watch(1)
        assert "delegate" in hall.state.reserve
        assert hall.officials.first.client.proposals() == []


def test_two_who_ask_at_the_same_moment_sign_each_others_drafts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        for index in (1, 2):
            hall.add_scrutineer(index, approve=frozenset())
        hall.make_key()
        body = {"type": "credentials.reserve_sealed", "body": dict(ReserveSealed("delegate", 1).to_json())}
        with monkeypatch.context() as moment:
            moment.setattr(ServerClient, "proposals", lambda _: [])
            for number, watch in enumerate(hall.scrutineers):
                hall.request(number, body)
                watch.station.one_round()
        assert len(hall.officials.first.client.proposals()) == 2
        hall.watch(2)
        assert "delegate" in hall.state.reserve
        assert [watch.desk.asked for watch in hall.scrutineers] == [set(), set()]
        # The draft that came second waits no more, and nobody is told of a refusal.
        assert hall.officials.first.client.proposals() == []
        assert [watch.events.of("refused") for watch in hall.scrutineers] == [[], []]


def test_who_asks_twice_makes_one_proposal(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=2, threshold=2)
        for index in (1, 2):
            hall.add_scrutineer(index, approve=frozenset())
        hall.make_key()
        body = {"type": "credentials.reserve_sealed", "body": dict(ReserveSealed("delegate", 1).to_json())}
        for _ in range(2):
            hall.request(0, body)
            hall.scrutineers[0].station.one_round()
        assert len(hall.officials.first.client.proposals()) == 1
        assert len(hall.scrutineers[0].events.of("proposed")) == 2


def test_both_drafts_are_signed_and_only_the_first_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=3, threshold=2)
        for index in (1, 2, 3):
            hall.add_scrutineer(index, approve=frozenset())
        hall.make_key()
        body = {"type": "credentials.reserve_sealed", "body": dict(ReserveSealed("delegate", 1).to_json())}
        with monkeypatch.context() as moment:
            moment.setattr(ServerClient, "proposals", lambda _: [])
            for number in range(2):
                hall.request(number, body)
                hall.scrutineers[number].station.one_round()
        hall.request(2, body)
        hall.scrutineers[2].station.one_round()
        assert "delegate" in hall.state.reserve
        assert hall.officials.first.client.proposals() == []
        assert hall.scrutineers[2].events.of("request_refused") == []
