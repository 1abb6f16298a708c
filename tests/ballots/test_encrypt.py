"""Sealing marks (SPEC §5.1, §5.2)."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

import ballots.encrypt
from ballots.contest import Contest
from ballots.encrypt import new_seed, seal_ballot
from ballots.marks import broken_limits
from tests.support.builders import SESSION, TRUST, ballot_world, credential_key, small_contest
from tests.support.contest_strategies import contests_with_marks
from tests.support.seeded_rng import SeededRng
from voting_core.argument.distinct import repeated_points
from voting_core.argument.verify import verify_argument
from voting_core.errors import EncodingError, InputError
from voting_core.framing import digest, frames, u64
from voting_core.generators import H, generators
from voting_core.group import base_mul, multi_mul
from voting_core.hash_to_group import hash_to_scalar
from voting_core.params import Tag
from voting_core.secret import Secret

CONTESTS = {
    "one row": small_contest(rows=1),
    "one row, two marks": small_contest(rows=1, marks=("yes", "no")),
    "at most 0": small_contest(rows=2, at_most={"approve": 0}),
    "at most all": small_contest(rows=2, at_most={"approve": 2}),
    "at least 0": small_contest(rows=2, at_least={"approve": 0}),
    "at least all": small_contest(rows=2, at_least={"approve": 2}),
    "both": small_contest(rows=3, at_most={"approve": 2}, at_least={"approve": 1, "abstain": 1}),
    "grades": small_contest(rows=2, marks=TRUST),
}


@pytest.mark.parametrize("name", CONTESTS)
def test_marks_within_the_rules_are_sealed_into_a_ballot_that_verifies(name: str) -> None:
    world = ballot_world(CONTESTS[name])
    contest = world.contest
    for marks in product(range(len(contest.marks)), repeat=len(contest.rows)):
        if broken_limits(contest, marks):
            with pytest.raises(InputError):
                world.seal(marks)
            continue
        decoded = world.statement(world.seal(marks))
        verify_argument(decoded)
        assert len(repeated_points(decoded.ciphertexts, decoded.argument)) == contest.counters + 2
        plaintexts = [world.decrypt(ciphertext, 1) for ciphertext in decoded.ciphertexts]
        assert plaintexts == [int(mark == chosen) for chosen in marks for mark in range(len(contest.marks) - 1)]


@settings(max_examples=25, deadline=None)
@given(contests_with_marks(rows=3, marks=3))
def test_any_contest_seals_exactly_the_marks_within_its_rules(case: tuple[Contest, tuple[int, ...]]) -> None:
    contest, marks = case
    world = ballot_world(contest)
    if broken_limits(contest, marks):
        with pytest.raises(InputError):
            world.seal(marks)
    else:
        verify_argument(world.statement(world.seal(marks)))


def test_a_long_ballot_verifies() -> None:
    world = ballot_world(small_contest(rows=60, at_most={"approve": 33}, blank="abstain"))
    marks = tuple([0] * 33 + [1] * 20 + [2] * 7)
    ballot = world.seal(marks)
    verify_argument(world.statement(ballot))
    assert (len(ballot.ciphertexts_bytes), len(ballot.argument_bytes)) == (120 * 64, (186 + 10) * 32)


def test_scalars_are_those_of_the_specification() -> None:
    """The formula of SPEC §5.2 written out, against the points that r, tau, alpha and a leave in a ballot."""
    world = ballot_world(small_contest(rows=1))
    seed = bytes(range(32))
    ballot = seal_ballot(world.contest, SESSION, world.key, world.credential(), (1,), Secret(seed))
    parts = (SESSION, world.contest.hash, world.key.encode(), world.credential(), b"\x01")
    context = digest(Tag.SEED_CONTEXT, *parts)

    def scalar(label: str, number: int) -> int:
        return hash_to_scalar(frames(seed, context, label.encode(), u64(number)), b"plenum-v1/seed-scalar")

    decoded = world.statement(ballot)
    assert [ciphertext.pad for ciphertext in decoded.ciphertexts] == [
        base_mul(scalar("r", 1)),
        base_mul(scalar("r", 2)),
    ]
    assert decoded.ciphertexts[1].data == world.key * scalar("r", 2) + base_mul(1)
    bases = generators(3)
    assert decoded.argument.p == H * scalar("tau", 0) + bases[1]
    nonces = [scalar("a", number) for number in (1, 2, 3)]
    assert decoded.argument.q == H * scalar("alpha", 0) + multi_mul(nonces, bases)
    assert decoded.argument.a == base_mul(scalar("s", 0))


def test_the_same_seed_and_context_give_the_same_bytes() -> None:
    world = ballot_world()
    assert world.seal((0, 1)) == world.seal((0, 1))


def test_a_seed_is_drawn_for_each_ballot_and_not_shown() -> None:
    rng = SeededRng(1)
    first, second = new_seed(rng), new_seed(rng)
    assert first.reveal() != second.reveal()
    assert len(first.reveal()) == 32
    assert repr(first) == "<redacted>"


def test_nothing_secret_is_in_the_ballot() -> None:
    world = ballot_world()
    assert world.seed().reveal().hex() not in repr(world.seal((0, 1)))
    assert not hasattr(world.seal((0, 1)), "marks")


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_seed_has_32_bytes(length: int) -> None:
    world = ballot_world()
    with pytest.raises(EncodingError, match="seed: does not have 32 bytes"):
        seal_ballot(world.contest, SESSION, world.key, world.credential(), (0, 1), Secret(bytes(length)))


@pytest.mark.parametrize("label", ["r", "tau", "alpha", "a", "s", "rho1", "rho0"])
def test_a_seed_that_gives_a_zero_scalar_is_not_used(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = frames(label.encode())
    real = hash_to_scalar

    def zero_for_label(message: bytes, dst: bytes) -> int:
        return 0 if message[: -len(frames(u64(0)))].endswith(marker) else real(message, dst)

    monkeypatch.setattr(ballots.encrypt, "hash_to_scalar", zero_for_label)
    with pytest.raises(EncodingError, match="zero scalar"):
        ballot_world().seal((0, 1))


def test_session_and_credential_have_32_bytes() -> None:
    world = ballot_world()
    for session, credential in ((b"short", world.credential()), (SESSION, b"short")):
        with pytest.raises(ValueError, match="32 bytes"):
            seal_ballot(world.contest, session, world.key, credential, (0, 1), world.seed())


def test_a_ballot_belongs_to_its_context() -> None:
    world = ballot_world()
    decoded = world.statement(world.seal((0, 1)))
    assert (decoded.context.session, decoded.context.contest_hash) == (SESSION, world.contest.hash)
    assert (decoded.context.key, decoded.context.credential) == (world.key, credential_key(0).public)
    assert replace(decoded.context, credential=credential_key(1).public) != decoded.context
