"""Judging ballots together, with what was found out ahead, is judging them one by one."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.sequencer import intake
from api.sequencer.ballot_facts import pending_ballot
from api.sequencer.intake import Awaited, BallotJudge, judge_ballots
from api.sequencer.looking import Looker
from api.store.operations import PendingBallot
from api.verifiers.wire import read_message, write_message
from ballots.sealed_ballot import parse_ballot
from tally.entries.ballots import BallotCast
from tally.replay import Ahead, Known, known_of, look_ahead, replay
from tally.state import State
from tests.api.hall import Hall
from tests.api.world import World, voting_world
from voting_core.codec import canonical
from voting_core.errors import PlenumError, VerificationError
from voting_core.fast import fastest
from voting_core.group import BASE, Q, encode_scalar
from voting_core.public import SODIUM, PublicGroup

MIXED = voting_world()[0]


@pytest.fixture(scope="module")
def world() -> World:
    return voting_world()[0]


def codes(refused: dict[int, PlenumError]) -> dict[int, str]:
    return {place: error.code for place, error in refused.items() if isinstance(error, VerificationError)}


def looked_at(world: World, raws: Sequence[bytes], known: Known | None, group: PublicGroup) -> list[PendingBallot]:
    """Ballots with what another process found out about them."""
    found = read_message(io.BytesIO(message_of(look_ahead(raws, known, group))))
    return [pending_ballot(world.state, ahead.entry, ahead) for ahead in found]


def message_of(value: object) -> bytes:
    pipe = io.BytesIO()
    write_message(pipe, value)
    return pipe.getvalue()


def one_by_one(state: State, raws: Sequence[bytes]) -> tuple[State, dict[int, str]]:
    """What replay alone makes of them."""
    refused = {}
    for place, raw in enumerate(raws):
        try:
            state = replay(state, raw)
        except VerificationError as error:
            refused[place] = str(error)
    return state, refused


def test_the_second_of_two_ballots_of_a_card_is_refused(world: World) -> None:
    contest = world.contest()
    raws = [world.cast(0, contest), world.cast(0, contest), world.cast(1, contest)]
    judgement = judge_ballots(world.state, looked_at(world, raws, known_of(world.state), SODIUM))
    assert judgement.accepted == (0, 2)
    assert codes(judgement.refused) == {1: "V8.B"}


def test_a_false_ballot_does_not_use_up_the_card(world: World) -> None:
    """The true ballot comes after the false one of the same card, and is judged as if that had never been sent."""
    contest = world.contest()
    raws = [world.forged(0, contest), world.cast(0, contest), world.forged(1, contest), world.cast(2, contest)]
    judgement = judge_ballots(world.state, looked_at(world, raws, known_of(world.state), SODIUM))
    assert judgement.accepted == (1, 3)
    assert codes(judgement.refused) == {0: "V8.H", 2: "V8.H"}
    assert judgement.state.contest("report").cast == 2


KINDS = ("good", "forged", "unsigned", "again", "copied", "cut", "challenged", "foreign")


def ballot_of(world: World, kind: str, card: int, before: Sequence[bytes]) -> bytes:
    contest = world.contest()
    match kind:
        case "forged":
            return world.forged(card, contest)
        case "unsigned":
            raw = world.cast(card, contest)
            at = raw.index(b'"signature":"') + 20
            return raw[:at] + (b"B" if raw[at : at + 1] == b"A" else b"A") + raw[at + 1 :]
        case "again" if before:
            return before[card % len(before)]
        case "copied":
            other = world.sealed(card + 1, contest)
            return world.altered(
                card, contest, ciphertexts_bytes=other.ciphertexts_bytes, argument_bytes=other.argument_bytes
            )
        case "cut":
            return world.altered(card, contest, ciphertexts_bytes=bytes(64))
        case "challenged":
            return world.challenged(card, contest)
        case "foreign":
            return world.cast(card, world.contest(rows=2))
        case _:
            return world.cast(card, contest)


@settings(max_examples=12, deadline=None)
@given(
    mix=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 4)), min_size=1, max_size=7),
    opened_with=st.sampled_from(["the session", "another key", "another contest", "nothing"]),
    fast=st.booleans(),
)
def test_any_mix_is_judged_as_replay_alone_judges_it(mix: list[tuple[str, int]], opened_with: str, fast: bool) -> None:
    """However they were looked at before: with what the session has, with something else, or not at all."""
    world = MIXED
    raws: list[bytes] = []
    for kind, card in mix:
        raws.append(ballot_of(world, kind, card, raws))
    group = fastest() if fast else SODIUM
    known = known_of(world.state)
    assert known is not None
    if opened_with == "another key":
        known = replace(known, key=BASE.encode())
    elif opened_with == "another contest":
        known = replace(known, contests=(canonical(world.contest(rows=2).to_json()),))
    found: list[Ahead | None] = list(look_ahead(raws, None if opened_with == "nothing" else known, group))
    state, refused = one_by_one(world.state, raws)
    judgement = judge_ballots(
        world.state, [PendingBallot(b"", "report", raw, ahead) for raw, ahead in zip(raws, found, strict=True)]
    )
    assert {place: str(error) for place, error in judgement.refused.items()} == refused
    assert (judgement.state.root, judgement.state.size) == (state.root, state.size)
    assert judgement.state.contest("report").totals == state.contest("report").totals
    assert len(judgement.accepted) + len(refused) == len(raws)


def test_no_ballot_is_accepted_without_its_argument(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looked ahead, or whoever did knew no contest: replay looks itself."""
    for blind in (lambda *_: Awaited([False], None), None):
        with monkeypatch.context() as patched:
            if blind is not None:
                patched.setattr(BallotJudge, "look", blind)
            else:
                patched.setattr(intake, "known_of", lambda _: None)
            hall_before = hall.service.sequencer.view.intake.contest("report").cast
            hall.service.sequencer._line._look = hall.service.sequencer._ballots.look
            assert hall.refused(hall.world.forged(0, hall.contest), "/v1/ballots")["code"] == "V8.H"
            hall.cast(hall_before + 1)


def test_what_was_accepted_is_not_looked_at_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sending again costs the server nothing, whether the ballot waits or is in the log."""
    for card in range(8):
        hall.cast(card)
    hall.settle()
    hall.cast(8)

    def look(*_: object) -> None:
        raise AssertionError("looked at again")

    monkeypatch.setattr(Looker, "begin", look)
    hall.post(hall.accepted[0], "/v1/ballots")
    hall.post(hall.accepted[8], "/v1/ballots")


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
