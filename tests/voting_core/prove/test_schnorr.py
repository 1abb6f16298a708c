from tests.support.seeded_rng import SeededRng
from voting_core.group import Q, base_mul
from voting_core.prove.dealing import commit, constant_term, new_polynomial
from voting_core.prove.schnorr import prove_deal
from voting_core.rng import random_scalar
from voting_core.schnorr import DealStatement, deal_challenge, verify_deal_proof


def test_the_proof_of_a_dealer_holds() -> None:
    for threshold in (2, 8):
        rng = SeededRng(threshold)
        polynomial = new_polynomial(threshold, rng)
        statement = DealStatement(b"S" * 32, 1, b"R" * 32, 1, commit(polynomial))
        verify_deal_proof(statement, prove_deal(statement, constant_term(polynomial), rng))


def test_the_nonce_comes_from_the_rng_and_hides_the_constant() -> None:
    rng = SeededRng("deal")
    polynomial = new_polynomial(2, rng)
    statement = DealStatement(b"S" * 32, 1, b"R" * 32, 1, commit(polynomial))
    proof = prove_deal(statement, constant_term(polynomial), SeededRng("nonce"))
    nonce = random_scalar(SeededRng("nonce"))
    assert proof.t == base_mul(nonce)
    assert proof.z == (nonce + deal_challenge(statement, proof.t) * polynomial.reveal()[0]) % Q
    assert prove_deal(statement, constant_term(polynomial), SeededRng("other")) != proof
