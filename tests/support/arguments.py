"""Small relations, and a prover that proves whatever it is told, for the tests of the ballot argument.

The prover follows SPEC §5.3 to the letter and takes any integers for bits, so that it can cheat where
:mod:`voting_core.prove` cannot. Honest or not, its challenges are those of the product.
"""

from dataclasses import dataclass, replace

from tests.support.seeded_rng import SeededRng
from voting_core.argument.relation import Equation, Form, Relation
from voting_core.argument.statement import Argument, Context, Statement, begin, challenge_w, challenge_x
from voting_core.elgamal import Ciphertext
from voting_core.generators import H, generators
from voting_core.group import Point, Q, base_mul, multi_mul
from voting_core.prove.argument import ArgumentNonces
from voting_core.rng import random_scalar

SECRET = 0x1234567890ABCDEF_FEDCBA0987654321
KEY = base_mul(SECRET)


def context(name: str = "one", **changes: object) -> Context:
    """A context; the name gives the credential."""
    credential = name.encode().ljust(32, b".")
    return replace(Context(b"S" * 32, b"C" * 32, KEY, credential), **changes)  # type: ignore[arg-type]  # tests only


def matrix(rows: int, marks: int, *, most: int | None = None, least: int | None = None) -> Relation:
    """Compile rows × marks with limits on mark 0 (SPEC §4.2)."""
    number = rows * marks
    equations = [Equation(tuple((a * marks + b, 1) for b in range(marks)), 1) for a in range(rows)]
    first: Form = tuple((a * marks, 1) for a in range(rows))
    for count, sign, largest in ((most, 1, most), (least, -1, rows - (least or 0))):
        if count is not None:
            slack = tuple((number + t, sign * 2**t) for t in range((largest or 0).bit_length()))
            equations.append(Equation(first + slack, count))
            number += len(slack)
    counters = tuple(((a * marks + b, 1),) for a in range(rows) for b in range(marks - 1))
    return Relation(number, counters, tuple(equations))


def mark_bits(chosen: tuple[int, ...], marks: int, *slacks: tuple[int, int]) -> tuple[int, ...]:
    """The bits of a ballot: one mark a row, then each slack as (value, number of bits)."""
    bits = [int(mark == b) for mark in chosen for b in range(marks)]
    for value, length in slacks:
        bits += [value >> t & 1 for t in range(length)]
    return tuple(bits)


def scalars(rng: SeededRng, count: int) -> tuple[int, ...]:
    return tuple(random_scalar(rng) for _ in range(count))


def nonces(relation: Relation, rng: SeededRng) -> ArgumentNonces:
    tau, alpha, s, rho1, rho0 = scalars(rng, 5)
    return ArgumentNonces(tau, alpha, scalars(rng, relation.bits), s, rho1, rho0)


def forms_at(forms: tuple[Form, ...], w: int, values: tuple[int, ...]) -> int:
    """Σ_k w^k form_k(values), exponents from 1."""
    return (
        sum(
            pow(w, k, Q) * sum(coefficient * values[number] for number, coefficient in form)
            for k, form in enumerate(forms, 1)
        )
        % Q
    )


@dataclass
class Prover:
    """The prover of SPEC §5.3 as three moves; ``values`` need not be bits, nor agree with the ciphertexts."""

    context: Context
    relation: Relation
    values: tuple[int, ...]
    randomness: tuple[int, ...]
    nonces: ArgumentNonces

    def first(self) -> tuple[Point, Point]:
        bases = (H, *generators(self.relation.bits))
        return (
            multi_mul((self.nonces.tau, *self.values), bases),
            multi_mul((self.nonces.alpha, *self.nonces.a), bases),
        )

    def second(self, w: int) -> tuple[tuple[Point, Point, Point, Point], int]:
        n = self.nonces
        t1 = sum(pow(w, i, Q) * a * (1 - 2 * v) for i, (a, v) in enumerate(zip(n.a, self.values, strict=True), 1))
        t0 = -sum(pow(w, i, Q) * a * a for i, a in enumerate(n.a, 1))
        points = (
            base_mul(n.s),
            self.context.key * n.s + base_mul(forms_at(self.relation.counters, w, n.a)),
            base_mul(t1) + H * n.rho1,
            base_mul(t0) + H * n.rho0,
        )
        return points, forms_at(tuple(equation.form for equation in self.relation.equations), w, n.a)

    def third(self, w: int, x: int) -> tuple[tuple[int, ...], int, int, int]:
        n = self.nonces
        r = sum(pow(w, j, Q) * r_j for j, r_j in enumerate(self.randomness, 1))
        return (
            tuple((x * v + a) % Q for v, a in zip(self.values, n.a, strict=True)),
            (x * n.tau + n.alpha) % Q,
            (x * r + n.s) % Q,
            (x * n.rho1 + n.rho0) % Q,
        )

    def run(self, ciphertexts: tuple[Ciphertext, ...]) -> Argument:
        """Play against the product's transcript."""
        p, q = self.first()
        transcript = begin(self.context, ciphertexts)
        w = challenge_w(transcript, p, q)
        points, delta = self.second(w)
        f, tau, z, rho = self.third(w, challenge_x(transcript, points, delta))
        return Argument(p, q, *points, delta, f, tau, z, rho)


def encrypt_all(key: Point, plaintexts: tuple[int, ...], randomness: tuple[int, ...]) -> tuple[Ciphertext, ...]:
    """Encrypt any integers."""
    return tuple(Ciphertext(base_mul(r), key * r + base_mul(p)) for p, r in zip(plaintexts, randomness, strict=True))


def counters(relation: Relation, values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(coefficient * values[number] for number, coefficient in form) for form in relation.counters)


def make(
    relation: Relation,
    values: tuple[int, ...],
    *,
    name: str = "one",
    plaintexts: tuple[int, ...] | None = None,
    at: Context | None = None,
) -> Statement:
    """A statement about these values, proved to the letter; false values or plaintexts make a false statement."""
    where = at or context(name)
    rng = SeededRng(f"{name} {relation} {values}")
    randomness = scalars(rng, len(relation.counters))
    ciphertexts = encrypt_all(where.key, plaintexts or counters(relation, values), randomness)
    argument = Prover(where, relation, values, randomness, nonces(relation, rng)).run(ciphertexts)
    return Statement(where, relation, ciphertexts, argument, f"ballot {name}")
