"""Making a dealer's proof of the constant term (SPEC §6.3)."""

from voting_core.group import Q, base_mul
from voting_core.rng import Rng, random_scalar
from voting_core.schnorr import DealProof, DealStatement, deal_challenge
from voting_core.secret import Secret


def prove_deal(statement: DealStatement, constant: Secret[int], rng: Rng) -> DealProof:
    """Prove knowledge of f_{i,0}, the logarithm of the first commitment."""
    nonce = random_scalar(rng)
    t = base_mul(nonce)
    return DealProof(t, (nonce + deal_challenge(statement, t) * constant.reveal()) % Q)
