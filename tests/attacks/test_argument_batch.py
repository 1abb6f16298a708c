"""Two wrong ballots that cancel (SPEC §5.4): why nobody may know or choose the weights of a batch."""

import pytest

from tests.support.arguments import KEY, Prover, context, encrypt_all, forms_at, mark_bits, matrix, nonces, scalars
from tests.support.seeded_rng import SeededRng
from voting_core.argument import batch
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.statement import Argument, Statement, begin, challenge_w, challenge_x
from voting_core.argument.verify import verify_argument
from voting_core.errors import VerificationError
from voting_core.group import Q, base_mul

RELATION = matrix(1, 2)
BITS = mark_bits((0,), 2)
VOTES = 101


def stuffed() -> tuple[Statement, int]:
    """A ballot with 101 votes, and the exponent by which it misses eq. 3."""
    rng = SeededRng("stuffed")
    (r,) = scalars(rng, 1)
    ciphertexts = encrypt_all(KEY, (VOTES,), (r,))
    argument = Prover(context("stuffed"), RELATION, BITS, (r,), nonces(RELATION, rng)).run(ciphertexts)
    transcript = begin(context("stuffed"), ciphertexts)
    w = challenge_w(transcript, argument.p, argument.q)
    x = challenge_x(transcript, (argument.a, argument.b, argument.t1, argument.t0), argument.delta)
    # Right side over left side is g^(x w (101 − 1)).
    return Statement(context("stuffed"), RELATION, ciphertexts, argument, "stuffed"), x * w * (VOTES - 1) % Q


def cancelling(excess: int) -> Statement:
    """A ballot that misses eq. 3 by the same exponent in the other direction, fixed in B' before its challenge."""
    rng = SeededRng("cancelling")
    (r,) = scalars(rng, 1)
    ciphertexts = encrypt_all(KEY, (1,), (r,))
    secret = nonces(RELATION, rng)
    prover = Prover(context("cancelling"), RELATION, BITS, (r,), secret)
    p, q = prover.first()
    transcript = begin(context("cancelling"), ciphertexts)
    w = challenge_w(transcript, p, q)
    (a, _, t1, t0), delta = prover.second(w)
    b = KEY * secret.s + base_mul(forms_at(RELATION.counters, w, secret.a) - excess)
    x = challenge_x(transcript, (a, b, t1, t0), delta)
    f, tau, z, rho = prover.third(w, x)
    argument = Argument(p, q, a, b, t1, t0, delta, f, tau, z, rho)
    return Statement(context("cancelling"), RELATION, ciphertexts, argument, "cancelling")


def pair() -> tuple[Statement, Statement]:
    first, excess = stuffed()
    return first, cancelling(excess)


def test_each_of_the_two_is_wrong() -> None:
    for statement in pair():
        with pytest.raises(VerificationError, match=r"V8\.G"):
            verify_argument(statement)


@pytest.mark.parametrize("weight", [1, 2**127 + 12345])
def test_known_weights_let_them_pass_together(weight: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_weight", lambda: weight)
    verify_batch(pair())
    with pytest.raises(BatchRefused):
        verify_batch(pair()[:1])


def test_fresh_weights_name_them_both() -> None:
    for _ in range(3):
        with pytest.raises(BatchRefused) as caught:
            verify_batch(pair())
        assert [(failure.code, failure.culprits) for failure in caught.value.failures] == [
            ("V8.G", ("stuffed",)),
            ("V8.G", ("cancelling",)),
        ]
