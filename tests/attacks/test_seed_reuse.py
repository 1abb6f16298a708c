"""One seed for two ballots (SPEC §5.2).

A kiosk whose random numbers repeat after a power failure, or that was restored from an image, uses a seed twice. If the
scalars came from the seed alone, two ballots would share their r_j, and dividing their ciphertexts would show how the
votes differ. The scalars of a real ballot depend on its whole context and on its marks.
"""

from dataclasses import dataclass, replace
from itertools import product

import pytest

from ballots.compile import bits_of, compile_contest
from ballots.contest import Contest
from ballots.encrypt import seal_ballot
from tests.support.builders import SESSION, BallotWorld, ballot_world, credential_key, small_contest
from tests.support.seeded_rng import SeededRng
from voting_core.argument.distinct import repeated_points
from voting_core.elgamal import Ciphertext, decode_ciphertexts
from voting_core.errors import VerificationError
from voting_core.framing import frames, u64
from voting_core.group import BASE, IDENTITY, Point
from voting_core.hash_to_group import hash_to_scalar
from voting_core.params import Tag
from voting_core.prove.encrypt import encrypt_counters
from voting_core.secret import Secret

SEED = bytes(range(32))
WORLD = ballot_world(small_contest(rows=3, at_most={"approve": 2}))


def weak_ciphertexts(contest: Contest, key: Point, marks: tuple[int, ...]) -> tuple[Ciphertext, ...]:
    """Ballots whose randomness is a function of the seed alone."""
    relation = compile_contest(contest)
    randomness = tuple(
        hash_to_scalar(frames(SEED, b"r", u64(number)), Tag.SEED_SCALAR.raw)
        for number in range(1, len(relation.counters) + 1)
    )
    return encrypt_counters(key, relation, bits_of(contest, marks), randomness)


def real_ciphertexts(world: BallotWorld, marks: tuple[int, ...], voter: int = 0) -> tuple[Ciphertext, ...]:
    ballot = seal_ballot(world.contest, world.session, world.key, world.credential(voter), marks, Secret(SEED))
    return decode_ciphertexts(ballot.ciphertexts_bytes, world.contest.counters, "ballot")


def differences(first: tuple[Ciphertext, ...], second: tuple[Ciphertext, ...]) -> list[int | None]:
    """What anyone with the log computes: B_j / B'_j is g^(p - p') when the r_j are shared, else looks random."""
    small = {IDENTITY: 0, BASE: 1, -BASE: -1}
    return [small.get(one.data - two.data) for one, two in zip(first, second, strict=True)]


def test_scalars_from_the_seed_alone_show_how_two_votes_differ() -> None:
    mine, theirs = (0, 1, 2), (0, 0, 1)
    leaked = differences(
        weak_ciphertexts(WORLD.contest, WORLD.key, mine), weak_ciphertexts(WORLD.contest, WORLD.key, theirs)
    )
    # A delegate who knows their own marks reads the other's from these.
    counters = [[int(mark == chosen) for chosen in marks for mark in (0, 1)] for marks in (mine, theirs)]
    assert leaked == [one - two for one, two in zip(*counters, strict=True)]


@pytest.mark.parametrize("theirs", list(product(range(3), repeat=2)))
def test_one_seed_under_two_credentials_gives_unrelated_ballots(theirs: tuple[int, int]) -> None:
    mine = real_ciphertexts(WORLD, (0, 1, 2))
    other = real_ciphertexts(WORLD, (*theirs, 1), voter=1)
    assert differences(mine, other) == [None] * WORLD.contest.counters
    assert not {one.pad for one in mine} & {two.pad for two in other}


def test_one_seed_for_a_challenged_and_a_cast_ballot_gives_unrelated_ballots() -> None:
    """The challenged ballot's seed is published; with it nobody can open the one that was cast with other marks."""
    challenged, cast = real_ciphertexts(WORLD, (0, 1, 2)), real_ciphertexts(WORLD, (0, 1, 1))
    assert differences(challenged, cast) == [None] * WORLD.contest.counters
    assert not {one.pad for one in challenged} & {two.pad for two in cast}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a seed is used in."""

    session: bytes = SESSION
    contest: Contest = WORLD.contest
    key: Point = WORLD.key
    credential: bytes = WORLD.credential()
    marks: tuple[int, ...] = (0, 1, 2)


OTHER = {
    "session": Setting(session=SeededRng("other session").bytes(32)),
    "contest": Setting(contest=small_contest(rows=3, at_most={"approve": 2}, slot=1)),
    "key": Setting(key=ballot_world(seed="other").key),
    "credential": Setting(credential=credential_key(1).public),
    "marks": Setting(marks=(0, 1, 1)),
}


@pytest.mark.parametrize("changed", OTHER)
def test_every_part_of_the_context_changes_every_scalar(changed: str) -> None:
    def points(setting: Setting) -> set[bytes]:
        ballot = seal_ballot(
            setting.contest, setting.session, setting.key, setting.credential, setting.marks, Secret(SEED)
        )
        pads = [ballot.ciphertexts_bytes[start : start + 32] for start in range(0, len(ballot.ciphertexts_bytes), 64)]
        # P, Q, A', T1 and T0; B' is no function of the seed alone.
        points = [ballot.argument_bytes[32 * place : 32 * place + 32] for place in (0, 1, 2, 4, 5)]
        return {*pads, *points}

    first, second = points(Setting()), points(OTHER[changed])
    assert len(first) == len(second) == WORLD.contest.counters + 5
    assert not first & second


def test_one_r_for_all_counters_of_a_ballot_is_refused() -> None:
    """It would show which rows are marked alike; the repetition is V8.D."""
    decoded = WORLD.statement(WORLD.seal((0, 1, 2)))
    shared = tuple(replace(one, pad=decoded.ciphertexts[0].pad) for one in decoded.ciphertexts)
    with pytest.raises(VerificationError) as caught:
        repeated_points(shared, decoded.argument)
    assert caught.value.code == "V8.D"
