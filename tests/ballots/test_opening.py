"""Opening a challenged ballot (SPEC §5.6)."""

from dataclasses import replace

import pytest

from ballots.opening import check_opening
from ballots.sealed_ballot import SealedBallot, ballot_id, confirmation_code
from tests.support.builders import ballot_world, small_contest
from voting_core.errors import VerificationError

WORLD = ballot_world(small_contest(rows=2, at_most={"approve": 1}))
MARKS = (0, 1)
SEED = WORLD.seed().reveal()
BALLOT = WORLD.seal(MARKS)


def test_the_true_seed_and_marks_open_a_ballot() -> None:
    check_opening(BALLOT, WORLD.contest, WORLD.key, MARKS, SEED)


def refusal(ballot: SealedBallot, marks: tuple[int, ...] = MARKS, seed: bytes = SEED) -> str:
    with pytest.raises(VerificationError) as caught:
        check_opening(ballot, WORLD.contest, WORLD.key, marks, seed)
    code = confirmation_code(ballot_id(ballot))
    assert (caught.value.code, caught.value.culprits) == ("V8.J", (code,))
    assert caught.value.message.startswith(f"{code}: ")
    return caught.value.message.removeprefix(f"{code}: ")


@pytest.mark.parametrize("marks", [(1, 0), (0, 2), (1, 1), (2, 2)])
def test_other_marks_do_not_open_it(marks: tuple[int, ...]) -> None:
    assert refusal(BALLOT, marks) == "seed and marks give other ciphertexts"


@pytest.mark.parametrize("marks", [(0, 0), (0,), (0, 1, 2), (), (0, 3), (-1, 0), (0, 300)])
def test_marks_outside_the_rules_open_nothing(marks: tuple[int, ...]) -> None:
    assert refusal(BALLOT, marks).startswith("no ballot has these marks")


@pytest.mark.parametrize("place", range(0, 32, 5))
def test_another_seed_does_not_open_it(place: int) -> None:
    other = bytes(byte ^ (number == place) for number, byte in enumerate(SEED))
    assert refusal(BALLOT, seed=other) == "seed and marks give other ciphertexts"


@pytest.mark.parametrize("seed", [b"", SEED[:31], SEED + b"\x00"])
def test_a_seed_of_another_length_opens_nothing(seed: bytes) -> None:
    assert refusal(BALLOT, seed=seed).startswith("no ballot has this seed")


@pytest.mark.parametrize("place", [0, 31, 64, 255])
def test_one_altered_byte_of_the_ciphertexts_is_found(place: int) -> None:
    run = BALLOT.ciphertexts_bytes
    altered = replace(BALLOT, ciphertexts_bytes=run[:place] + bytes([run[place] ^ 2]) + run[place + 1 :])
    assert refusal(altered) == "seed and marks give other ciphertexts"


@pytest.mark.parametrize("place", range(0, len(BALLOT.argument_bytes), 37))
def test_one_altered_byte_of_the_argument_is_found(place: int) -> None:
    run = BALLOT.argument_bytes
    altered = replace(BALLOT, argument_bytes=run[:place] + bytes([run[place] ^ 2]) + run[place + 1 :])
    assert refusal(altered) == "seed and marks give another argument"


def test_longer_and_shorter_runs_are_found() -> None:
    assert refusal(replace(BALLOT, ciphertexts_bytes=BALLOT.ciphertexts_bytes[:-64])) != ""
    assert refusal(replace(BALLOT, argument_bytes=BALLOT.argument_bytes + bytes(32))) != ""


@pytest.mark.parametrize("field", ["session", "credential"])
def test_the_context_is_part_of_the_ballot(field: str) -> None:
    assert refusal(replace(BALLOT, **{field: bytes(31) + b"\x01"})) == "seed and marks give other ciphertexts"


def test_a_ballot_of_another_contest_is_found() -> None:
    assert refusal(replace(BALLOT, contest_hash=bytes(32))) == "the ballot is of another contest"


def test_another_joint_key_does_not_open_it() -> None:
    with pytest.raises(VerificationError) as caught:
        check_opening(BALLOT, WORLD.contest, ballot_world(seed="other").key, MARKS, SEED)
    assert caught.value.code == "V8.J"
