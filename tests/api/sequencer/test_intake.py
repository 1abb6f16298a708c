"""Judging ballots together is judging them one by one."""

import json
from collections.abc import Sequence

import pytest

from api.sequencer import intake
from api.sequencer.arguments import ArgumentChecker, Checking
from api.sequencer.intake import judge_ballots
from ballots.sealed_ballot import parse_ballot
from tally.entries.ballots import BallotCast
from tally.entries.envelope import decode_entry
from tests.api.hall import Hall
from tests.api.world import World, voting_world
from voting_core.argument.statement import Statement
from voting_core.errors import PlenumError, VerificationError
from voting_core.group import Q, encode_scalar


@pytest.fixture(scope="module")
def world() -> World:
    return voting_world()[0]


def codes(refused: dict[int, PlenumError]) -> dict[int, str]:
    return {place: error.code for place, error in refused.items() if isinstance(error, VerificationError)}


def test_the_second_of_two_ballots_of_a_card_is_refused(world: World) -> None:
    contest = world.contest()
    raws = [world.cast(0, contest), world.cast(0, contest), world.cast(1, contest)]
    judgement = judge_ballots(world.state, [decode_entry(raw) for raw in raws], ArgumentChecker(1))
    assert judgement.accepted == (0, 2)
    assert codes(judgement.refused) == {1: "V8.B"}


def test_a_false_ballot_does_not_use_up_the_card(world: World) -> None:
    """The true ballot comes after the false one of the same card, and is judged as if that had never been sent."""
    contest = world.contest()
    raws = [world.forged(0, contest), world.cast(0, contest), world.forged(1, contest), world.cast(2, contest)]
    calls: list[int] = []

    class Counting(ArgumentChecker):
        def begin(self, statements: Sequence[Statement]) -> Checking:
            calls.append(len(statements))
            return super().begin(statements)

    judgement = judge_ballots(world.state, [decode_entry(raw) for raw in raws], Counting(1))
    assert judgement.accepted == (1, 3)
    assert codes(judgement.refused) == {0: "V8.H", 2: "V8.H"}
    assert judgement.state.contest("report").cast == 2
    # What was found good in the first batch is not verified again.
    assert calls == [3, 1]


def test_arguments_are_verified_while_the_rest_is_judged(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """In parts as they come, and none twice."""
    contest = world.contest()
    monkeypatch.setattr(intake, "PART", 3)
    raws = [world.forged(card, contest) if card == 4 else world.cast(card, contest) for card in range(8)]
    calls: list[int] = []

    class Counting(ArgumentChecker):
        def begin(self, statements: Sequence[Statement]) -> Checking:
            calls.append(len(statements))
            return super().begin(statements)

    judgement = judge_ballots(world.state, [decode_entry(raw) for raw in raws], Counting(1))
    assert judgement.accepted == (0, 1, 2, 3, 5, 6, 7)
    assert codes(judgement.refused) == {4: "V8.H"}
    assert calls == [3, 3, 2, 0]


def refused(hall: Hall, raw: bytes) -> str:
    code = hall.refused(raw, "/v1/ballots")["code"]
    assert hall.service.reader.pending() == ()
    return str(code)


def test_a_ciphertext_too_few_or_too_many_is_refused(hall: Hall) -> None:
    contest, world = hall.contest, hall.world
    run = world.sealed(0, contest).ciphertexts_bytes
    assert refused(hall, world.altered(0, contest, ciphertexts_bytes=run[:-64])) == "V8.C"
    assert refused(hall, world.altered(0, contest, ciphertexts_bytes=run + run[:64])) == "V8.C"
    assert refused(hall, world.altered(0, contest, ciphertexts_bytes=run[:-1])) == "V8.C"
    argument = world.sealed(0, contest).argument_bytes
    assert refused(hall, world.altered(0, contest, argument_bytes=argument + bytes(32))) == "V8.C"
    assert refused(hall, world.altered(0, contest, argument_bytes=argument[:-32])) == "V8.C"


def test_points_and_scalars_that_are_not_canonical_are_refused(hall: Hall) -> None:
    contest, world = hall.contest, hall.world
    run, argument = world.sealed(0, contest).ciphertexts_bytes, world.sealed(0, contest).argument_bytes
    field = 2**255 - 19
    for point in (bytes(32), field.to_bytes(32, "little"), (field + 2).to_bytes(32, "little"), b"\x01" + bytes(31)):
        assert refused(hall, world.altered(0, contest, ciphertexts_bytes=point + run[32:])) == "V2.D"
    high = run[:31] + bytes([run[31] | 0x80])
    assert refused(hall, world.altered(0, contest, ciphertexts_bytes=high + run[32:])) == "V2.D"
    f_plus_q = int.from_bytes(argument[-32:], "little") + Q
    for scalar in (Q.to_bytes(32, "little"), f_plus_q.to_bytes(32, "little"), b"\xff" * 32):
        assert refused(hall, world.altered(0, contest, argument_bytes=argument[:-32] + scalar)) == "V2.D"
    assert encode_scalar(0) == bytes(32)


def test_a_copied_ballot_is_refused_under_another_card(hall: Hall) -> None:
    copied = parse_ballot(hall.world.sealed(0, hall.contest).to_json())
    raw = hall.world.altered(
        1, hall.contest, ciphertexts_bytes=copied.ciphertexts_bytes, argument_bytes=copied.argument_bytes
    )
    assert refused(hall, raw) in ("V8.E", "V8.F", "V8.G", "V8.H", "V8.I")


def test_a_copied_proof_is_refused_while_the_original_waits(hall: Hall) -> None:
    hall.cast(0)
    original = parse_ballot(json.loads(hall.accepted[0])["body"]["ballot"])
    raw = hall.world.altered(
        1, hall.contest, ciphertexts_bytes=original.ciphertexts_bytes, argument_bytes=original.argument_bytes
    )
    assert hall.refused(raw, "/v1/ballots")["code"] == "V8.D"


def test_a_ballot_without_the_ballot_box_is_refused(hall: Hall) -> None:
    body = hall.world.sealed(0, hall.contest)
    credential = hall.world.credential(0, hall.contest)
    raw = hall.world.entry(BallotCast(body), "ballot.cast", credential, hall.world.kiosk, time=None, seen=None)
    assert refused(hall, raw) == "V8.K"


def test_a_ballot_for_a_contest_that_is_not_open_is_refused(hall: Hall) -> None:
    later = hall.world.contest("later", slot=1)
    size = len(hall.world.entries)
    hall.world.define(later)
    for raw in hall.world.entries[size:]:
        hall.post(raw)
    problem = hall.refused(hall.world.cast(0, later), "/v1/ballots")
    assert (problem["status"], problem["code"]) == (409, "V8.A")
    assert "later, which is not open yet" in problem["detail"]


def test_many_at_once_are_accepted_once_each(hall: Hall) -> None:
    """Two different ballots of one card at the same moment: one is accepted, and the other refused."""
    raws = [hall.world.cast(card, hall.contest, (mark,)) for card in range(15) for mark in (0, 1)]
    futures = [hall.service.sequencer.submit_ballot(raw) for raw in raws + raws[:1]]
    errors = [future.exception(20) for future in futures]
    assert sum(error is None for error in errors) == 16
    assert {error.code for error in errors if isinstance(error, VerificationError)} == {"V8.B"}
    hall.settle()
    hall.follow()
    assert hall.world.state.contest("report").cast == 15
