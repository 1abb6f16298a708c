"""The extractor and the simulator of the ballot argument, on small contests.

The extractor shows that whoever answers enough challenges knows a ballot within the rules; the simulator, that
answers to known challenges say nothing about the ballot.
"""

from dataclasses import dataclass

import pytest

from tests.support.arguments import (
    KEY,
    Prover,
    context,
    counters,
    encrypt_all,
    forms_at,
    mark_bits,
    matrix,
    nonces,
    scalars,
)
from tests.support.seeded_rng import SeededRng
from voting_core.argument import verify
from voting_core.argument.relation import Relation, evaluate_form
from voting_core.argument.statement import Argument, Statement
from voting_core.argument.verify import verify_argument
from voting_core.elgamal import Ciphertext
from voting_core.errors import VerificationError
from voting_core.generators import H, generators
from voting_core.group import BASE, Q, base_mul, multi_mul


@pytest.fixture
def programmed(monkeypatch: pytest.MonkeyPatch) -> "Programmed":
    return Programmed(monkeypatch)


@dataclass
class Programmed:
    """The product's verifier with chosen challenges: the interactive verifier."""

    monkeypatch: pytest.MonkeyPatch

    def verify(self, statement: Statement, w: int, x: int) -> None:
        with self.monkeypatch.context() as patch:
            patch.setattr(verify, "challenge_w", lambda *_: w)
            patch.setattr(verify, "challenge_x", lambda *_: x)
            verify_argument(statement)


def inverse(value: int) -> int:
    return pow(value, -1, Q)


def solve_vandermonde(points: list[int], values: list[int]) -> list[int]:
    """Give r_1..r_m with Σ_j w^j r_j = value for each (w, value), by elimination mod q."""
    size = len(points)
    rows = [[pow(w, j, Q) for j in range(1, size + 1)] + [value] for w, value in zip(points, values, strict=True)]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        factor = inverse(rows[column][column])
        rows[column] = [entry * factor % Q for entry in rows[column]]
        for row in range(size):
            if row != column:
                factor = rows[row][column]
                rows[row] = [(a - factor * b) % Q for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[-1] for row in rows]


CASES = [
    (matrix(1, 2), mark_bits((1,), 2)),
    (matrix(2, 2, most=1), mark_bits((0, 1), 2, (0, 1))),
    (matrix(2, 3, least=1), mark_bits((0, 2), 3, (0, 1))),
]


@pytest.mark.parametrize(("relation", "bits"), CASES)
def test_a_prover_who_answers_knows_the_ballot(
    relation: Relation, bits: tuple[int, ...], programmed: Programmed
) -> None:
    rng = SeededRng("extractor")
    randomness = scalars(rng, len(relation.counters))
    ciphertexts = encrypt_all(KEY, counters(relation, bits), randomness)
    prover = Prover(context(), relation, bits, randomness, nonces(relation, rng))
    p, q = prover.first()
    # D distinct w, three x for each, always with the same first message; every transcript is accepted.
    count = max(relation.bits, len(relation.counters), len(relation.equations))
    extracted = []
    for w in scalars(rng, count):
        points, delta = prover.second(w)
        answers = []
        for x in scalars(rng, 3):
            f, tau, z, rho = prover.third(w, x)
            argument = Argument(p, q, *points, delta, f, tau, z, rho)
            programmed.verify(Statement(context(), relation, ciphertexts, argument, "ballot"), w, x)
            answers.append((x, argument))
        extracted.append((w, answers))

    # Two x open P and Q; every w opens them alike, or a relation among the generators would be known.
    openings = set()
    for _, ((x1, one), (x2, two), _) in extracted:
        factor = inverse(x1 - x2)
        v = tuple((f - g) * factor % Q for f, g in zip(one.f, two.f, strict=True))
        tau = (one.tau - two.tau) * factor % Q
        openings.add((v, tau))
    ((v, tau),) = openings
    assert multi_mul((tau, *v), (H, *generators(relation.bits))) == p

    # The third x and D values of w leave only bits that satisfy the equations.
    assert set(v) <= {0, 1}
    assert all(evaluate_form(equation.form, v) == equation.constant for equation in relation.equations)
    assert v == bits

    # R(w) at m values of w gives the randomness, so the ciphertexts are encryptions of the counters.
    m = len(relation.counters)
    sums = [(one.z - two.z) * inverse(x1 - x2) % Q for _, ((x1, one), (x2, two), _) in extracted]
    known = solve_vandermonde([w for w, _ in extracted[:m]], sums[:m])
    assert ciphertexts == encrypt_all(KEY, counters(relation, v), tuple(known))


def simulate(relation: Relation, ciphertexts: tuple[Ciphertext, ...], w: int, x: int, seed: str) -> Argument:
    """Make an accepted transcript for known challenges, from the ciphertexts alone."""
    rng = SeededRng(seed)
    f = scalars(rng, relation.bits)
    tau, z, rho, commitment, first, second = scalars(rng, 6)
    bases = (H, *generators(relation.bits))
    w_j = [pow(w, j, Q) for j in range(1, len(ciphertexts) + 1)]
    pads = multi_mul(w_j, [c.pad for c in ciphertexts])
    data = multi_mul(w_j, [c.data for c in ciphertexts])
    squares = sum(pow(w, i, Q) * f_i * (x - f_i) for i, f_i in enumerate(f, 1))
    p = H * commitment
    t1 = base_mul(first) + H * second
    c_w = sum(pow(w, k, Q) * equation.constant for k, equation in enumerate(relation.equations, 1))
    return Argument(
        p=p,
        q=multi_mul((tau, *f), bases) - p * x,
        a=base_mul(z) - pads * x,
        b=KEY * z + base_mul(forms_at(relation.counters, w, f)) - data * x,
        t1=t1,
        t0=base_mul(squares) + H * rho - t1 * x,
        delta=(forms_at(tuple(equation.form for equation in relation.equations), w, f) - x * c_w) % Q,
        f=f,
        tau=tau,
        z=z,
        rho=rho,
    )


@pytest.mark.parametrize(("relation", "bits"), CASES)
def test_transcripts_are_simulated_without_a_ballot(
    relation: Relation, bits: tuple[int, ...], programmed: Programmed
) -> None:
    rng = SeededRng("simulator")
    w, x = scalars(rng, 2)
    real = encrypt_all(KEY, counters(relation, bits), scalars(rng, len(relation.counters)))
    nonsense = tuple(Ciphertext(c.pad, c.data + BASE * 1000) for c in real)
    # The simulator is not told what is encrypted, and succeeds for ciphertexts that hold no ballot at all.
    for ciphertexts in (real, nonsense):
        argument = simulate(relation, ciphertexts, w, x, "transcript")
        statement = Statement(context(), relation, ciphertexts, argument, "ballot")
        programmed.verify(statement, w, x)
        # Without the power to choose the challenges it is worth nothing.
        with pytest.raises(VerificationError):
            verify_argument(statement)


def test_a_simulated_transcript_fits_every_ballot() -> None:
    """Perfect zero knowledge: for each ballot there are nonces with which the prover gives exactly this transcript."""
    relation = matrix(1, 2)
    rng = SeededRng("fits")
    w, x = scalars(rng, 2)
    for bits in ((1, 0), (0, 1)):
        randomness = scalars(rng, 1)
        honest = Prover(context(), relation, bits, randomness, nonces(relation, rng))
        p, q = honest.first()
        points, delta = honest.second(w)
        f, tau, z, rho = honest.third(w, x)
        ciphertexts = encrypt_all(KEY, counters(relation, bits), randomness)
        # Everything but P and T1 follows from f, tau', z and rho, which are uniform because the nonces are.
        w_pad = ciphertexts[0].pad * w
        assert points[0] == base_mul(z) - w_pad * x
        assert points[1] == KEY * z + base_mul(forms_at(relation.counters, w, f)) - ciphertexts[0].data * w * x
        assert q == multi_mul((tau, *f), (H, *generators(2))) - p * x
        c_w = sum(pow(w, k, Q) * equation.constant for k, equation in enumerate(relation.equations, 1))
        squares = sum(pow(w, i, Q) * f_i * (x - f_i) for i, f_i in enumerate(f, 1))
        assert points[3] == base_mul(squares) + H * rho - points[2] * x
        assert delta == (forms_at(tuple(e.form for e in relation.equations), w, f) - x * c_w) % Q
