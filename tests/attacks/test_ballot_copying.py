"""Copying another delegate's ballot (SPEC §5.3, §5.7).

Whoever can cast a copy of another's encrypted ballot, without knowing what is in it, learns from the totals how that
delegate voted. The argument binds the ballot to its credential, session, contest and key. The weak verifier leaves one
of them out; there the copy passes.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ballots.compile import bits_of, compile_contest
from ballots.sealed_ballot import SealedBallot
from tests.support.builders import ballot_world, credential_key, small_contest
from tests.support.seeded_rng import SeededRng
from voting_core.argument.batch import verify_batch
from voting_core.argument.distinct import repeated_points
from voting_core.argument.statement import Context, Statement
from voting_core.argument.verify import verify_argument
from voting_core.elgamal import Ciphertext
from voting_core.errors import VerificationError
from voting_core.group import Q, base_mul
from voting_core.prove.argument import ArgumentNonces, prove
from voting_core.prove.encrypt import encrypt_counters
from voting_core.rng import random_scalar

WORLD = ballot_world(small_contest(rows=2, at_most={"approve": 1}))
VICTIM, THIEF = 0, 1
STOLEN = WORLD.seal((0, 1), voter=VICTIM)

Blind = Callable[[Context], Context]

UNBOUND: dict[str, Blind] = {
    "credential": lambda context: replace(context, credential=bytes(32)),
    "session": lambda context: replace(context, session=bytes(32)),
    "contest_hash": lambda context: replace(context, contest_hash=bytes(32)),
}


def weak_seal(blind: Blind, marks: tuple[int, ...], voter: int) -> Statement:
    """A ballot of a system whose transcript leaves one value out."""
    rng = SeededRng(f"{marks} {voter}")
    relation = compile_contest(WORLD.contest)
    bits = bits_of(WORLD.contest, marks)
    context = Context(WORLD.session, WORLD.contest.hash, WORLD.key, WORLD.credential(voter))
    randomness = tuple(random_scalar(rng) for _ in relation.counters)
    tau, alpha, s, rho1, rho0, *a = (random_scalar(rng) for _ in range(relation.bits + 5))
    ciphertexts = encrypt_counters(WORLD.key, relation, bits, randomness)
    nonces = ArgumentNonces(tau=tau, alpha=alpha, a=tuple(a), s=s, rho1=rho1, rho0=rho0)
    argument = prove(blind(context), relation, bits, randomness, nonces, ciphertexts)
    return Statement(context, relation, ciphertexts, argument, "ballot")


def weak_verify(blind: Blind, statement: Statement) -> None:
    """The verifier of that system."""
    verify_argument(replace(statement, context=blind(statement.context)))


COPIES = {
    "credential": lambda context: replace(context, credential=credential_key(THIEF).public),
    "session": lambda context: replace(context, session=SeededRng("next plenum").bytes(32)),
    "contest_hash": lambda context: replace(context, contest_hash=small_contest(rows=2, slot=1).hash),
}


@pytest.mark.parametrize("left_out", COPIES)
def test_a_copy_passes_where_the_transcript_leaves_a_value_out_and_only_there(left_out: str) -> None:
    blind, move = UNBOUND[left_out], COPIES[left_out]
    weak = weak_seal(blind, (0, 1), VICTIM)
    weak_verify(blind, replace(weak, context=move(weak.context)))

    real = WORLD.statement(STOLEN)
    verify_argument(real)
    copy = replace(real, context=move(real.context))
    for verify in (verify_argument, lambda statement: verify_batch([statement])):
        with pytest.raises(VerificationError) as caught:
            verify(copy)
        assert caught.value.culprits == (real.subject,)


def copied(ballot: SealedBallot) -> SealedBallot:
    return replace(ballot, credential=WORLD.credential(THIEF))


def test_a_byte_for_byte_copy_under_another_credential_is_refused() -> None:
    with pytest.raises(VerificationError) as caught:
        verify_argument(WORLD.statement(copied(STOLEN)))
    assert caught.value.code == "V8.E"


def test_the_copy_also_repeats_points_of_the_log() -> None:
    """A second line of defence: even an argument that could be carried over would bring its points with it."""
    stolen, copy = WORLD.statement(STOLEN), WORLD.statement(copied(STOLEN))
    assert set(repeated_points(copy.ciphertexts, copy.argument)) == set(
        repeated_points(stolen.ciphertexts, stolen.argument)
    )


def rerandomised(ciphertexts: tuple[Ciphertext, ...], shift: int) -> tuple[Ciphertext, ...]:
    """Other ciphertexts of the same plaintexts, made without knowing them."""
    zero = Ciphertext(base_mul(shift), WORLD.key * shift)
    return tuple(ciphertext + zero for ciphertext in ciphertexts)


def test_a_rerandomised_copy_has_the_votes_but_no_argument() -> None:
    """New points hide the copy from the repetition rule; the argument does not follow them."""
    real = WORLD.statement(STOLEN)
    fresh = rerandomised(real.ciphertexts, 7)
    assert [WORLD.decrypt(one) for one in fresh] == [WORLD.decrypt(one) for one in real.ciphertexts]
    copy = replace(real, ciphertexts=fresh, context=replace(real.context, credential=WORLD.credential(THIEF)))
    with pytest.raises(VerificationError) as caught:
        verify_argument(copy)
    assert caught.value.code == "V8.E"


@pytest.mark.parametrize("scalar", ["delta", "tau", "z", "rho"])
def test_no_response_can_be_shifted(scalar: str) -> None:
    """Another argument for the same ballot would be another ballot id for the same vote."""
    real = WORLD.statement(STOLEN)
    shifted = replace(real.argument, **{scalar: (getattr(real.argument, scalar) + 1) % Q})
    with pytest.raises(VerificationError) as caught:
        verify_argument(replace(real, argument=shifted))
    assert caught.value.code in ("V8.E", "V8.F", "V8.H")


def test_swapped_counters_of_another_are_refused() -> None:
    """Taking somebody's approval of one row as one's own approval of another row needs an argument too."""
    first, second, third, fourth = WORLD.statement(STOLEN).ciphertexts
    real = WORLD.statement(STOLEN)
    with pytest.raises(VerificationError) as caught:
        verify_argument(replace(real, ciphertexts=(third, fourth, first, second)))
    assert caught.value.code == "V8.E"
