from tests.support.seeded_rng import SeededRng
from voting_core.dleq import ShareStatement, verify_share
from voting_core.group import base_mul, multi_mul
from voting_core.polynomial import joint_key, lagrange_at_zero, public_share
from voting_core.prove.dealing import commit, new_polynomial, private_share, share_for
from voting_core.prove.encrypt import encrypt
from voting_core.prove.share import make_shares
from voting_core.rng import random_scalar


def test_k_trustees_decrypt_a_tally() -> None:
    rng = SeededRng("share")
    dealers = [new_polynomial(2, rng) for _ in range(3)]
    commitments = [commit(polynomial) for polynomial in dealers]
    key = joint_key(commitments)
    counts = (0, 7, 1000)
    ciphertexts = [encrypt(key, count, random_scalar(rng)) for count in counts]
    shares = {}
    for index in (1, 2, 3):
        statement = ShareStatement(
            b"S" * 32,
            b"C" * 32,
            b"R" * 32,
            index,
            public_share(commitments, index),
            tuple(ciphertext.pad for ciphertext in ciphertexts),
        )
        secret = private_share(share_for(polynomial, index) for polynomial in dealers)
        shares[index], proof = make_shares(statement, secret, rng)
        verify_share(statement, shares[index], proof)
    for chosen in ((1, 2), (1, 3), (2, 3), (1, 2, 3)):
        weights = lagrange_at_zero(chosen)
        for j, count in enumerate(counts):
            mask = multi_mul(weights.values(), [shares[index][j] for index in chosen])
            assert ciphertexts[j].data - mask == base_mul(count)


def test_two_proofs_of_the_same_shares_differ() -> None:
    rng = SeededRng("nonce")
    polynomial = new_polynomial(2, rng)
    secret = share_for(polynomial, 1)
    statement = ShareStatement(b"S" * 32, b"C" * 32, b"R" * 32, 1, base_mul(secret.reveal()), (base_mul(9),))
    one, two = make_shares(statement, secret, rng), make_shares(statement, secret, rng)
    assert one[0] == two[0]
    assert one[1] != two[1]
