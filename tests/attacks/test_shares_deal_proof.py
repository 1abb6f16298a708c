"""Rogue keys and copied deals (SPEC §6.3): what the proof of the constant term is for, and what it must bind."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.attacks.support.weak_transcript import absorbed_labels, forgetting
from tests.support.seeded_rng import SeededRng
from voting_core import schnorr
from voting_core.errors import VerificationError
from voting_core.group import BASE, Q, base_mul
from voting_core.hash_to_group import hash_to_point
from voting_core.polynomial import joint_key
from voting_core.prove.dealing import commit, constant_term, new_polynomial
from voting_core.prove.schnorr import prove_deal
from voting_core.rng import random_scalar
from voting_core.schnorr import DealProof, DealStatement, deal_challenge, verify_deal_proof

RNG = SeededRng("deals")
POLYNOMIAL = new_polynomial(3, RNG)
HERE = DealStatement(b"S" * 32, 2, b"R" * 32, 1, commit(POLYNOMIAL))
OTHERS = [commit(new_polynomial(3, RNG)) for _ in range(4)]

Forged = tuple[DealStatement, DealProof]


def honest(statement: DealStatement = HERE) -> Forged:
    return statement, prove_deal(statement, constant_term(POLYNOMIAL), SeededRng("proof"))


def replay_from(**changes: object) -> Forged:
    """A proof made elsewhere, presented here."""
    return HERE, honest(replace(HERE, **changes))[1]  # type: ignore[arg-type]  # tests only


def choose_commitments() -> Forged:
    """A commitment whose logarithm nobody knows, made from a challenge that does not depend on it."""
    strange = hash_to_point(b"T", b"a stranger")
    c = deal_challenge(HERE, strange)
    z = random_scalar(SeededRng("z"))
    rogue = (base_mul(z) - strange) * pow(c, -1, Q)
    return replace(HERE, commitments=(rogue, *HERE.commitments[1:])), DealProof(strange, z)


def choose_t() -> Forged:
    """The rogue key: a commitment that cancels all others and puts a key of one's own in their place."""
    mine = base_mul(4711)
    rogue = mine - joint_key(OTHERS)
    statement = replace(HERE, commitments=(rogue, *HERE.commitments[1:]))
    assert joint_key([*OTHERS, statement.commitments]) == mine
    z = random_scalar(SeededRng("z"))
    return statement, DealProof(base_mul(z) - rogue * deal_challenge(statement, BASE), z)


FORGERS: dict[str, Callable[[], Forged]] = {
    "session": lambda: replay_from(session=b"X" * 32),
    "attempt": lambda: replay_from(attempt=1),
    "roster": lambda: replay_from(roster=b"X" * 32),
    "dealer": lambda: replay_from(dealer=4),
    "commitments": choose_commitments,
    "T": choose_t,
}


@pytest.mark.parametrize("label", FORGERS)
def test_the_weak_variant_falls_and_ours_stands(label: str) -> None:
    with forgetting(schnorr, label):
        forged = FORGERS[label]()
        verify_deal_proof(*forged)
    with pytest.raises(VerificationError, match=r"V5\.D: trustee 1"):
        verify_deal_proof(*forged)
    with pytest.raises(VerificationError, match=r"V5\.D: trustee 1"):
        verify_deal_proof(*FORGERS[label]())


def test_every_absorbed_value_has_its_forgery() -> None:
    honest_deal = honest()
    assert absorbed_labels(schnorr, lambda: verify_deal_proof(*honest_deal)) == list(FORGERS)


def test_a_copied_deal_does_not_hold_for_the_copier() -> None:
    statement, proof = honest()
    with pytest.raises(VerificationError, match=r"V5\.D: trustee 2"):
        verify_deal_proof(replace(statement, dealer=2), proof)


def test_a_rogue_key_has_no_proof() -> None:
    rogue = base_mul(4711) - joint_key(OTHERS)
    statement = replace(HERE, commitments=(rogue, *HERE.commitments[1:]))
    with pytest.raises(VerificationError, match=r"V5\.D"):
        verify_deal_proof(*honest(statement))
