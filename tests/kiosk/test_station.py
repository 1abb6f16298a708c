"""A kiosk in front of a real server, and of one that fails."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from ballots.contest import WriteIns, WriteInWay
from ballots.receipt import parse_receipt
from kiosk.client import WaitingProposal
from kiosk.kiosk_keys import KioskKeys
from kiosk.outbox import Delivery, Kind, OwnBallot
from kiosk.station import Station
from kiosk.voting import read_request
from tests.api.hall import Hall, running_hall
from tests.faults.faulty_connection import sqlite_error
from tests.kiosk.booth import Booth, make_booth, turn, world_booth
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError, InputError
from voting_core.signing_key import SigningKey


class Network(httpx2.BaseTransport):
    """A network in front of the real server that a test can cut, before or after the server has answered."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.cut_before: Callable[[httpx2.Request], bool] = lambda _: False
        self.cut_after: Callable[[httpx2.Request], bool] = lambda _: False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if self.cut_before(request):
            raise httpx2.ConnectError("cut")
        content = request.read()
        answer = self.hall.client.request(request.method, str(request.url.raw_path, "ascii"), content=content)
        if self.cut_after(request):
            raise httpx2.ReadTimeout("cut")
        return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url="http://server", transport=self)


def is_ballot(request: httpx2.Request) -> bool:
    return request.url.path == "/v1/ballots"


def test_the_code_is_shown_before_the_choice_and_the_receipt_after_it(hall: Hall, booth: Booth) -> None:
    booth.round(turn(hall, 0), turn(hall, 1, "disapprove", challenge=True))
    names = [name for name, _ in booth.events.said]
    assert names == ["session", "open", "code", "receipt", "cast", "code", "receipt", "challenged"]
    codes = [fields["code"] for fields in booth.events.of("code")]
    receipts = {path.stem: parse_receipt(path.read_bytes()) for path in booth.receipts.glob("*.json")}
    assert set(receipts) == set(codes)
    for receipt in receipts.values():
        assert receipt.promise is not None
        assert receipt.fingerprint == booth.station.setup.fingerprint
    view = hall.service.sequencer.view
    assert view.intake.contest("report").cast == view.intake.contest("report").challenged == 1


def test_a_kiosk_says_once_that_a_contest_is_open(hall: Hall, booth: Booth) -> None:
    booth.round()
    assert booth.events.of("open") == [{"contest": "report", "title": "工作报告"}]


def test_a_kiosk_says_how_persons_are_written_in(booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    (state,) = booth.station.state.contests.values()
    slips = replace(state.contest, id="committee", write_ins=WriteIns(WriteInWay.SLIPS))
    contests = booth.station.state.contests.set("committee", replace(state, contest=slips))
    changed = replace(booth.station.state, contests=contests)
    monkeypatch.setattr(Station, "state", property(lambda _: changed))
    booth.station.follow()
    (said,) = [fields for fields in booth.events.of("open") if fields["contest"] == "committee"]
    assert said["write_ins_zh"] == "另选他人：请向监票人领取另选人纸条"
    assert "slip" in said["write_ins_en"]


def test_a_delegate_tests_three_times_and_then_casts(hall: Hall, booth: Booth) -> None:
    for _ in range(3):
        booth.round(turn(hall, 0, challenge=True))
    booth.round(turn(hall, 0, challenge=True), turn(hall, 0))
    assert "3 ballots were tested" in booth.events.of("refused")[0]["problem"]
    assert len(booth.events.of("cast")) == 1


@pytest.mark.parametrize(
    ("card", "changes", "problem"),
    [
        (0, {"card": "0000-0000"}, "card code"),
        (0, {"contest": "other"}, "no such contest"),
        (0, {"marks": {"r7": "approve"}}, 'no row "r7"'),
        (5, {}, "already voted"),
    ],
)
def test_a_problem_is_one_sentence_and_sends_nothing(
    hall: Hall, booth: Booth, card: int, changes: dict[str, object], problem: str
) -> None:
    for number in range(5, 14):
        hall.cast(number)
    hall.settle()
    booth.round(turn(hall, card, **changes))
    (refused,) = booth.events.of("refused")
    assert problem in refused["problem"]
    assert refused["place"] == "line 1"
    assert booth.station.outbox.waiting() == ()
    assert len(hall.service.sequencer.view.pending) == 1


def test_a_card_whose_ballot_still_waits_for_its_batch_does_not_vote_twice(hall: Hall, booth: Booth) -> None:
    hall.cast(5)
    booth.round(turn(hall, 5))
    (refused,) = booth.events.of("refused")
    assert "already voted" in refused["problem"]
    assert booth.events.of("lost") == booth.events.of("receipt") == []
    assert booth.station.outbox.waiting() == ()
    assert len(hall.service.sequencer.view.pending) == 1


def test_a_ballot_without_an_answer_is_delivered_exactly_once_later(hall: Hall, tmp_path: Path) -> None:
    """The server took it, and the answer was lost."""
    network = Network(hall)
    booth = world_booth(hall, tmp_path / "kiosk", network.client())
    network.cut_after = is_ballot
    booth.round(turn(hall, 0))
    assert [fields["pending"] for fields in booth.events.of("receipt")] == [True]
    assert len(booth.station.outbox.waiting()) == 1
    assert len(hall.service.sequencer.view.pending) == 1
    network.cut_after = lambda _: False
    booth.round()
    assert [fields["pending"] for fields in booth.events.of("receipt")] == [True, False]
    assert booth.station.outbox.waiting() == ()
    assert len(hall.service.sequencer.view.pending) == 1
    (path,) = booth.receipts.glob("*.json")
    assert parse_receipt(path.read_bytes()).promise is not None


def test_a_ballot_survives_a_restart_of_the_kiosk(hall: Hall, tmp_path: Path) -> None:
    network = Network(hall)
    first = world_booth(hall, tmp_path / "kiosk", network.client())
    network.cut_before = is_ballot
    first.round(turn(hall, 0))
    first.station.outbox.close()
    network.cut_before = lambda _: False
    second = world_booth(hall, tmp_path / "kiosk", network.client())
    second.round()
    assert len(second.events.of("cast")) == 1
    assert len(hall.service.sequencer.view.pending) == 1


def test_a_turn_waits_while_the_server_is_away(hall: Hall, tmp_path: Path) -> None:
    network = Network(hall)
    booth = world_booth(hall, tmp_path / "kiosk", network.client())
    booth.round()
    network.cut_before = lambda request: "credentials" in request.url.path
    booth.round(turn(hall, 0), turn(hall, 1))
    assert len(booth.events.of("unreachable")) == 1
    assert booth.events.of("code") == []
    network.cut_before = lambda _: False
    booth.round()
    assert len(booth.events.of("cast")) == 2


def test_a_full_server_is_no_refusal(hall: Hall, booth: Booth) -> None:
    hall.faults.before["INSERT INTO pending_ballots"] = sqlite_error(13)
    booth.round(turn(hall, 0))
    assert len(booth.station.outbox.waiting()) == 1
    booth.round()
    assert booth.station.outbox.waiting() == ()
    assert len(booth.events.of("cast")) == 1


def test_a_ballot_that_is_refused_for_good_is_said_to_be_lost(hall: Hall, tmp_path: Path) -> None:
    network = Network(hall)
    booth = world_booth(hall, tmp_path / "kiosk", network.client())
    network.cut_before = is_ballot
    booth.round(turn(hall, 0))
    hall.post(hall.world.void(0, hall.contest, "returned"))
    network.cut_before = lambda _: False
    booth.round()
    (lost,) = booth.events.of("lost")
    assert "V8.A" in lost["problem"]
    assert [own.delivery for own in booth.station.outbox.of_contest("report")] == [Delivery.REFUSED]


def test_another_fingerprint_than_the_typed_one_stops_the_kiosk(hall: Hall, tmp_path: Path) -> None:
    keys = KioskKeys(hall.world.kiosk, hall.world.box)
    typed = "0000-" * 7 + "0000"
    booth = make_booth(hall.client, tmp_path / "kiosk", "1", typed, keys)
    with pytest.raises(FatalError, match="compare it"):
        booth.round(turn(hall, 0))
    assert booth.events.of("code") == []


def test_a_kiosk_asks_to_be_registered_once_and_votes_only_then(hall: Hall, tmp_path: Path) -> None:
    keys = KioskKeys(SigningKey.generate(SeededRng("new kiosk")), hall.world.box)
    booth = world_booth(hall, tmp_path / "kiosk")
    other = make_booth(hall.client, tmp_path / "kiosk", "9", booth.station.setup.fingerprint, keys)
    other.round(turn(hall, 0))
    other.round()
    assert len(other.events.of("registering")) == 1
    assert other.events.of("code") == []
    (proposal,) = other.station.client.proposals()
    assert proposal.draft.value["body"] == {
        "box_key": hall.world.box.public.hex(),
        "kiosk": keys.own.public.hex(),
        "name": "9",
    }
    again = make_booth(hall.client, tmp_path / "kiosk2", "9", booth.station.setup.fingerprint, keys)
    again.round()
    assert len(again.station.client.proposals()) == 1


def test_a_kiosk_that_is_registered_while_it_looks_does_not_ask_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its log is the one before it was registered, the list of what waits the one after it."""
    with running_hall(tmp_path / "data", simulated=True) as hall:
        hall.world.create()
        hall.world.ceremony()
        hall.world.prepare_voting()
        *earlier, registered = hall.world.entries
        for raw in earlier:
            hall.post(raw)
        booth = world_booth(hall, tmp_path / "kiosk")
        listed = booth.station.client.proposals

        def registered_meanwhile() -> list[WaitingProposal]:
            hall.post(registered)
            return listed()

        monkeypatch.setattr(booth.station.client, "proposals", registered_meanwhile)
        booth.round()
        assert booth.station.ready
        assert listed() == []
        assert booth.events.of("registering") == []


def test_a_kiosk_with_another_ballot_box_is_not_registered(hall: Hall, tmp_path: Path) -> None:
    stranger = KioskKeys(*(SigningKey.generate(SeededRng(number)) for number in (1, 2)))
    fingerprint = world_booth(hall, tmp_path / "kiosk").station.setup.fingerprint
    booth = make_booth(hall.client, tmp_path / "other", "9", fingerprint, stranger)
    with pytest.raises(InputError, match=r"ballot-box\.json"):
        booth.round()


def test_nothing_a_kiosk_writes_or_says_holds_a_mark_or_a_card(hall: Hall, booth: Booth, tmp_path: Path) -> None:
    booth.round(turn(hall, 0, "disapprove"))
    said = json.dumps(booth.events.said)
    card = json.loads(turn(hall, 0))["card"]
    files = b"".join(path.read_bytes() for path in (tmp_path / "kiosk").rglob("*") if path.is_file())
    own = booth.station.outbox.of_contest("report")[0].raw
    for text in ("disapprove", card, hall.world.cards[0].reveal().hex()):
        assert text not in said
        assert text.encode() not in own
    assert card.encode() not in files
    assert hall.world.cards[0].reveal() not in files


def test_a_kiosk_knows_what_it_took_with_a_card_before_the_log_does(hall: Hall, booth: Booth) -> None:
    booth.round(turn(hall, 0), turn(hall, 1, challenge=True))
    keys = [hall.world.credential(card, hall.contest).public for card in range(3)]
    assert [[own.kind for own in booth.station.kept_of("report", key)] for key in keys] == [
        [Kind.CAST],
        [Kind.CHALLENGED],
        [],
    ]
    (own,) = booth.station.kept_of("report", keys[0])
    booth.station.outbox.mark(own.id, Delivery.REFUSED)
    assert booth.station.kept_of("report", keys[0]) == ()


def test_that_somebody_was_helped_is_sent_with_the_ballot(hall: Hall, booth: Booth) -> None:
    booth.round()
    request = read_request(turn(hall, 4), "here")
    assert booth.station.finish(booth.station.prepare(request), challenge=False, helped=True) is Delivery.PROMISED
    booth.station.deliver()
    assert booth.station.outbox.waiting() == ()
    assert hall.service.sequencer.view.intake.contest("report").assisted == 1


def test_a_note_that_is_refused_is_told_to_nobody(hall: Hall, booth: Booth) -> None:
    booth.round()
    booth.station.outbox.put(OwnBallot(bytes(16), "report", Kind.ASSISTED, Delivery.WAITING, b"{}"))
    booth.station.deliver()
    assert booth.station.outbox.waiting() == ()
    assert booth.events.of("lost") == booth.events.of("refused") == []
