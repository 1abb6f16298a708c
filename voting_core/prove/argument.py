"""Making the ballot argument (SPEC §5.3).

* All randomness is an argument, so a ballot is determined by its seed and can be made again (SPEC §5.6).
* No branch and no index depends on a bit or a nonce: P multiplies in every G_i^{v_i} through
  :func:`~voting_core.group.select`, chosen or not.
* The prover does not ask whether the bits satisfy the relation. If they do not, no verifier accepts the argument.
"""

from dataclasses import dataclass

from voting_core.argument.relation import Relation, combine_forms, dot, powers
from voting_core.argument.statement import Argument, Context, begin, challenge_w, challenge_x
from voting_core.elgamal import Ciphertext
from voting_core.generators import H, generators
from voting_core.group import Q, base_mul, multi_mul, select, sum_points


@dataclass(frozen=True, slots=True, repr=False)
class ArgumentNonces:
    """The secret scalars of one argument: tau, alpha, a_1..a_n, s, rho1, rho0. None is 0, none is used twice."""

    tau: int
    alpha: int
    a: tuple[int, ...]
    s: int
    rho1: int
    rho0: int

    def __repr__(self) -> str:
        return "ArgumentNonces(<redacted>)"


def prove(
    context: Context,
    relation: Relation,
    bits: tuple[int, ...],
    randomness: tuple[int, ...],
    nonces: ArgumentNonces,
    ciphertexts: tuple[Ciphertext, ...],
) -> Argument:
    """Prove that the ciphertexts, made with this randomness, encrypt the counters of bits that satisfy the relation.

    Raises:
        ValueError: the number of bits, random scalars, nonces or ciphertexts is not the relation's.
        EncodingError: a challenge is 0; another seed must be used.
    """
    n = relation.bits
    m = len(relation.counters)
    if len(bits) != n or len(nonces.a) != n or len(randomness) != m or len(ciphertexts) != m:
        raise ValueError("bits, nonces, randomness and ciphertexts have the numbers of the relation")
    a = nonces.a
    bases = generators(n)

    # Step 1: P = h^tau ∏ G_i^{v_i}; Q = h^alpha ∏ G_i^{a_i}.
    p = H * nonces.tau + sum_points(map(select, bits, bases))
    q = multi_mul((nonces.alpha, *a), (H, *bases))
    transcript = begin(context, ciphertexts)
    w = challenge_w(transcript, p, q)

    # Step 2: everything at w, exponents from 1.
    rows = len(relation.equations)
    power = powers(w, max(n, m, rows))
    mu = combine_forms(relation.counters, power[:m], n)
    lambda_ = combine_forms(tuple(equation.form for equation in relation.equations), power[:rows], n)
    t1 = sum(weight * (a_i * (1 - 2 * v) % Q) for weight, a_i, v in zip(power, a, bits, strict=False))
    t0 = -sum(weight * (a_i * a_i % Q) for weight, a_i in zip(power, a, strict=False))
    second = (
        base_mul(nonces.s),
        context.key * nonces.s + base_mul(dot(mu, a)),
        base_mul(t1) + H * nonces.rho1,
        base_mul(t0) + H * nonces.rho0,
    )
    delta = dot(lambda_, a)
    x = challenge_x(transcript, second, delta)

    # Step 3: the responses.
    return Argument(
        p,
        q,
        *second,
        delta=delta,
        f=tuple((x * v + a_i) % Q for v, a_i in zip(bits, a, strict=True)),
        tau=(x * nonces.tau + nonces.alpha) % Q,
        z=(x * dot(power[:m], randomness) + nonces.s) % Q,
        rho=(x * nonces.rho1 + nonces.rho0) % Q,
    )
