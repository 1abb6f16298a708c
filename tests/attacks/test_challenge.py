"""A kiosk that encrypts something else than what its screen shows (SPEC §5.6).

The ballot of such a kiosk is valid, and no check of the argument can find it. The delegate finds it by challenging: the
kiosk has committed itself to the ballot before it learns the choice, and must then show a seed that gives this ballot
from the marks on the screen. The weak openings here look at less than every byte.
"""

from dataclasses import replace
from itertools import product

import pytest

from ballots.compile import bits_of, compile_contest
from ballots.encrypt import seal_ballot
from ballots.opening import check_opening
from ballots.sealed_ballot import SealedBallot, ballot_id, confirmation_code
from tests.support.builders import ballot_world, small_contest
from tests.support.seeded_rng import SeededRng
from voting_core.argument.verify import verify_argument
from voting_core.errors import VerificationError
from voting_core.framing import digest, frames, u64
from voting_core.hash_to_group import hash_to_scalar
from voting_core.params import Tag
from voting_core.prove.argument import ArgumentNonces, prove
from voting_core.rng import random_scalar
from voting_core.secret import Secret

WORLD = ballot_world(small_contest(rows=2))
SHOWN, ENCRYPTED = (0, 1), (1, 1)
SEED = WORLD.seed().reveal()
RELATION = compile_contest(WORLD.contest)


def refuse(ballot: SealedBallot, marks: tuple[int, ...], seed: bytes) -> str:
    with pytest.raises(VerificationError) as caught:
        check_opening(ballot, WORLD.contest, WORLD.key, marks, seed)
    assert caught.value.code == "V8.J"
    return caught.value.message


def test_a_ballot_with_a_flipped_vote_is_valid_and_does_not_open_to_the_marks_shown() -> None:
    flipped = WORLD.seal(ENCRYPTED)
    verify_argument(WORLD.statement(flipped))
    assert "other ciphertexts" in refuse(flipped, SHOWN, SEED)
    # Admitting the marks that it encrypted opens the ballot, and shows the delegate what it did.
    check_opening(flipped, WORLD.contest, WORLD.key, ENCRYPTED, SEED)


def test_no_seed_opens_a_flipped_ballot_to_the_marks_shown() -> None:
    """Marks are part of the context, so a kiosk cannot even look for seeds in advance for two sets of marks."""
    flipped = WORLD.seal(ENCRYPTED)
    for attempt in range(20):
        refuse(flipped, SHOWN, WORLD.seed(attempt=attempt).reveal())


def test_the_code_shown_before_the_choice_binds_the_kiosk() -> None:
    """A kiosk that waits for the choice would have to find one code for two ballots."""
    codes = {confirmation_code(ballot_id(WORLD.seal(marks))) for marks in (SHOWN, ENCRYPTED)}
    assert len(codes) == 2


def kiosk_nonces() -> ArgumentNonces:
    """Nonces that the maker of the kiosk knows."""
    rng = SeededRng("known to the maker of the kiosk")
    tau, alpha, s, rho1, rho0, *a = (random_scalar(rng) for _ in range(RELATION.bits + 5))
    return ArgumentNonces(tau=tau, alpha=alpha, a=tuple(a), s=s, rho1=rho1, rho0=rho0)


def ballot_that_leaks() -> SealedBallot:
    """True marks, true seed, true ciphertexts; but the nonces of the argument are not those of the seed."""
    honest = WORLD.seal(SHOWN)
    parts = (WORLD.session, WORLD.contest.hash, WORLD.key.encode(), WORLD.credential(), bytes(SHOWN))
    prefix = frames(SEED, digest(Tag.SEED_CONTEXT, *parts), b"r")
    randomness = tuple(
        hash_to_scalar(prefix + frames(u64(number)), Tag.SEED_SCALAR.raw)
        for number in range(1, len(RELATION.counters) + 1)
    )
    statement = WORLD.statement(honest)
    bits = bits_of(WORLD.contest, SHOWN)
    argument = prove(statement.context, RELATION, bits, randomness, kiosk_nonces(), statement.ciphertexts)
    return replace(honest, argument_bytes=argument.encode())


def weak_check_opening(ballot: SealedBallot, marks: tuple[int, ...], seed: bytes) -> None:
    """An opening that encrypts again and does not prove again."""
    again = seal_ballot(WORLD.contest, WORLD.session, WORLD.key, ballot.credential, marks, Secret(seed))
    assert again.ciphertexts_bytes == ballot.ciphertexts_bytes


def test_a_kiosk_that_leaks_votes_through_the_argument_is_found_only_by_comparing_every_byte() -> None:
    ballot = ballot_that_leaks()
    verify_argument(WORLD.statement(ballot))
    # f_i = x v_i + a_i is public: whoever knows the nonces a_i reads the bits of every ballot of this kiosk.
    responses = WORLD.statement(ballot).argument.f
    read = tuple(int(f != a) for f, a in zip(responses, kiosk_nonces().a, strict=True))
    assert read == bits_of(WORLD.contest, SHOWN)

    weak_check_opening(ballot, SHOWN, SEED)
    assert "another argument" in refuse(ballot, SHOWN, SEED)


def test_an_opened_ballot_says_nothing_about_one_that_is_cast_after_it() -> None:
    """The published seed belongs to the challenged ballot alone: it does not open the next one, whatever the marks."""
    check_opening(WORLD.seal(SHOWN), WORLD.contest, WORLD.key, SHOWN, SEED)
    cast = WORLD.seal(SHOWN, attempt=1)
    for marks in product(range(3), repeat=2):
        refuse(cast, marks, SEED)
