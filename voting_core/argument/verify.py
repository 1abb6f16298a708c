"""Verifying one ballot argument, exactly (SPEC §5.3).

Each of the five equations is checked by itself, without weights, so that a refusal names the equation. Batches
(:mod:`voting_core.argument.batch`) use the same derived values and come back here to judge a single ballot.
"""

from dataclasses import dataclass
from typing import NoReturn

from voting_core.argument.relation import combine_forms, dot, powers
from voting_core.argument.statement import Statement, begin, challenge_w, challenge_x
from voting_core.errors import VerificationError
from voting_core.generators import H, generators
from voting_core.group import Q, base_mul, multi_mul


@dataclass(frozen=True, slots=True)
class Derived:
    """What the verifier computes from a statement before it touches the group.

    ``weights`` are w^1..w^m; ``counters`` is mu(f); ``squares`` is Σ w^i f_i (x − f_i); ``excess`` is
    lambda(f) − x c_w − delta, which is 0 exactly if eq. 5 holds.
    """

    x: int
    weights: tuple[int, ...]
    counters: int
    squares: int
    excess: int


def derive(statement: Statement) -> Derived:
    """Recompute the challenges, and from them the scalars of the equations.

    Raises:
        EncodingError: a challenge is 0.
    """
    relation = statement.relation
    argument = statement.argument
    transcript = begin(statement.context, statement.ciphertexts)
    w = challenge_w(transcript, argument.p, argument.q)
    x = challenge_x(transcript, (argument.a, argument.b, argument.t1, argument.t0), argument.delta)
    count = len(relation.counters)
    rows = len(relation.equations)
    power = powers(w, max(count, rows, relation.bits))
    mu = combine_forms(relation.counters, power[:count], relation.bits)
    forms = tuple(equation.form for equation in relation.equations)
    lambda_ = combine_forms(forms, power[:rows], relation.bits)
    c_w = dot(tuple(equation.constant for equation in relation.equations), power[:rows])
    squares = sum(weight * (f * (x - f) % Q) for weight, f in zip(power, argument.f, strict=False)) % Q
    return Derived(
        x=x,
        weights=power[:count],
        counters=dot(mu, argument.f),
        squares=squares,
        excess=(dot(lambda_, argument.f) - x * c_w - argument.delta) % Q,
    )


def verify_argument(statement: Statement) -> None:
    """Check eq. 1 to 5 of SPEC §5.3, in this order.

    Raises:
        VerificationError: V8.E, V8.F, V8.G, V8.H or V8.I for eq. 1 to 5, with the subject as culprit.
        EncodingError: a challenge is 0.
    """
    argument = statement.argument
    derived = derive(statement)
    x = derived.x
    # eq. 1: h^{tau'} ∏ G_i^{f_i} = P^x Q
    bases = (H, *generators(statement.relation.bits))
    if multi_mul((argument.tau, *argument.f), bases) != argument.p * x + argument.q:
        _refuse(statement, "V8.E", 1)
    # eq. 2: g^z = (∏ A_j^{w^j})^x A'
    pads = multi_mul(derived.weights, (ciphertext.pad for ciphertext in statement.ciphertexts))
    if base_mul(argument.z) != pads * x + argument.a:
        _refuse(statement, "V8.F", 2)
    # eq. 3: K^z g^{mu(f)} = (∏ B_j^{w^j})^x B'
    data = multi_mul(derived.weights, (ciphertext.data for ciphertext in statement.ciphertexts))
    if statement.context.key * argument.z + base_mul(derived.counters) != data * x + argument.b:
        _refuse(statement, "V8.G", 3)
    # eq. 4: g^{Σ w^i f_i (x − f_i)} h^{rho} = T1^x T0
    if base_mul(derived.squares) + H * argument.rho != argument.t1 * x + argument.t0:
        _refuse(statement, "V8.H", 4)
    # eq. 5: lambda(f) − x c_w = delta
    if derived.excess != 0:
        _refuse(statement, "V8.I", 5)


def _refuse(statement: Statement, code: str, equation: int) -> NoReturn:
    message = f"{statement.subject}: equation {equation} of the ballot argument does not hold"
    raise VerificationError(code, message, (statement.subject,))
