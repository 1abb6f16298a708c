"""Forged ballot arguments, one for each value that a weak transcript may forget (SPEC §5.3).

Each forger is run while the transcript forgets its value, so that it may choose that value after the challenges. It
gives a statement that is false, or that belongs elsewhere.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.arguments import (
    KEY,
    Prover,
    context,
    encrypt_all,
    forms_at,
    make,
    mark_bits,
    matrix,
    nonces,
    scalars,
)
from tests.support.seeded_rng import SeededRng
from voting_core.argument import statement as module
from voting_core.argument.relation import evaluate_form
from voting_core.argument.statement import Argument, Statement, begin, challenge_w, challenge_x
from voting_core.elgamal import Ciphertext
from voting_core.generators import H, generators
from voting_core.group import BASE, Q, base_mul, multi_mul
from voting_core.hash_to_group import hash_to_point

RELATION = matrix(2, 2, most=1)
FORMS = tuple(equation.form for equation in RELATION.equations)
HONEST = mark_bits((0, 1), 2, (0, 1))
TOO_MANY = mark_bits((0, 0), 2, (0, 1))
NOT_BITS = (2, -1, -1, 2, 0)
BASES = (H, *generators(RELATION.bits))
TRAPDOORS = tuple(range(1001, 1001 + RELATION.bits))
HERE = context("here")


def inverse(value: int) -> int:
    return pow(value, -1, Q)


def weights(w: int) -> list[int]:
    return [pow(w, j, Q) for j in range(1, len(RELATION.counters) + 1)]


def squares(w: int, x: int, f: tuple[int, ...]) -> int:
    return sum(pow(w, i, Q) * f_i * (x - f_i) for i, f_i in enumerate(f, 1)) % Q


def constants(w: int) -> int:
    return sum(pow(w, k, Q) * equation.constant for k, equation in enumerate(RELATION.equations, 1)) % Q


def folded(ciphertexts: tuple[Ciphertext, ...], w: int) -> Ciphertext:
    return Ciphertext(
        multi_mul(weights(w), [c.pad for c in ciphertexts]), multi_mul(weights(w), [c.data for c in ciphertexts])
    )


def square_root(value: int) -> int | None:
    """A root mod q, which is 5 mod 8."""
    root = pow(value, (Q + 3) // 8, Q)
    if root * root % Q != value % Q:
        root = root * pow(2, (Q - 1) // 4, Q) % Q
    return root if root * root % Q == value % Q else None


# Replays: the value is part of the statement, so the argument is carried to another one.


def replay_from(**changes: object) -> Statement:
    """A ballot made elsewhere, presented here."""
    made = make(RELATION, HONEST, at=replace(HERE, **changes))  # type: ignore[arg-type]  # tests only
    return replace(made, context=HERE)


def replay_session() -> Statement:
    return replay_from(session=b"another session".ljust(32))


def replay_contest() -> Statement:
    return replay_from(contest_hash=b"another contest".ljust(32))


def replay_credential() -> Statement:
    return replay_from(credential=b"another credential".ljust(32))


def replay_protocol() -> Statement:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PROTOCOL", "plenum-v0")
        return make(RELATION, HONEST, at=HERE)


# Statement values that are chosen after the challenges.


def choose_key() -> Statement:
    """Choose K last, so that ciphertexts of nothing verify under it."""
    rng = SeededRng("key")
    r, b = scalars(rng, 2), scalars(rng, 2)
    secret = nonces(RELATION, rng)
    prover = Prover(HERE, RELATION, HONEST, r, secret)
    ciphertexts = tuple(Ciphertext(base_mul(a), base_mul(c)) for a, c in zip(r, b, strict=True))
    p, q = prover.first()
    transcript = begin(HERE, ciphertexts)
    w = challenge_w(transcript, p, q)
    (a_prime, _, t1, t0), delta = prover.second(w)
    (b_prime,) = scalars(rng, 1)
    x = challenge_x(transcript, (a_prime, base_mul(b_prime), t1, t0), delta)
    f, tau, z, rho = prover.third(w, x)
    exponent = x * sum(weight * c for weight, c in zip(weights(w), b, strict=True)) + b_prime
    key = base_mul((exponent - forms_at(RELATION.counters, w, f)) * inverse(z))
    argument = Argument(p, q, a_prime, base_mul(b_prime), t1, t0, delta, f, tau, z, rho)
    return Statement(replace(HERE, key=key), RELATION, ciphertexts, argument, "forged")


def choose_ciphertexts() -> Statement:
    """Move 1000 votes into one counter and make up for it in another."""
    made = make(RELATION, HONEST, at=HERE)
    transcript = begin(HERE, made.ciphertexts)
    w = challenge_w(transcript, made.argument.p, made.argument.q)
    one, two = made.ciphertexts
    shifted = (Ciphertext(one.pad, one.data - base_mul(1000 * w)), Ciphertext(two.pad, two.data + BASE * 1000))
    return replace(made, ciphertexts=shifted)


# Messages that are chosen after the challenge that should have answered them.


def _solve(w: int, x: int, target_counters: int, target_squares: int, delta: int, seed: str) -> tuple[int, ...]:
    """Find responses f for eq. 3, 4 and 5 without knowing any bits: two linear equations and one quadratic."""
    n = RELATION.bits
    rows = []
    for forms, target in ((RELATION.counters, target_counters), (FORMS, x * constants(w) + delta)):
        units = [tuple(int(i == k) for i in range(n)) for k in range(n)]
        rows.append(([forms_at(forms, w, unit) for unit in units], target % Q))
    (first, one), (second, two) = rows
    rng = SeededRng(seed)
    # f_1 and f_2 are solved for; f_4 and f_5 are tried; f_3 is the unknown u of the quadratic.
    determinant = inverse(first[0] * second[1] - first[1] * second[0])

    def complete(rest: tuple[int, ...]) -> tuple[int, ...]:
        left = one - sum(c * f for c, f in zip(first[2:], rest, strict=True))
        right = two - sum(c * f for c, f in zip(second[2:], rest, strict=True))
        return (
            (left * second[1] - right * first[1]) * determinant % Q,
            (first[0] * right - second[0] * left) * determinant % Q,
            *rest,
        )

    while True:
        tail = scalars(rng, 2)
        # The quadratic in u through its values at 0, 1 and −1.
        at = {u: squares(w, x, complete((u % Q, *tail))) - target_squares for u in (0, 1, -1)}
        c = at[0]
        a = ((at[1] + at[-1]) * inverse(2) - c) % Q
        b = (at[1] - at[-1]) * inverse(2) % Q
        root = square_root((b * b - 4 * a * c) % Q)
        if root is not None:
            return complete(((root - b) * inverse(2 * a) % Q, *tail))


def _free_responses(late: str) -> Statement:
    """With P or Q chosen last, eq. 1 binds nothing, and any plaintexts pass: 1000 votes and minus five.

    The same if tau' is chosen last, by somebody who knows the logarithms TRAPDOORS of the G_i to the base h.
    """
    rng = SeededRng(late)
    plaintexts, r = (1000, -5), scalars(rng, 2)
    ciphertexts = encrypt_all(KEY, plaintexts, r)
    (opening,) = scalars(rng, 1)
    fixed = H * opening
    transcript = begin(HERE, ciphertexts)
    w = challenge_w(transcript, fixed, fixed)
    s, b, t1, rho1, t0, rho0, delta, tau = scalars(rng, 8)
    second = (base_mul(s), KEY * s + base_mul(b), base_mul(t1) + H * rho1, base_mul(t0) + H * rho0)
    x = challenge_x(transcript, second, delta)
    votes = sum(weight * p for weight, p in zip(weights(w), plaintexts, strict=True))
    f = _solve(w, x, x * votes + b, x * t1 + t0, delta, late)
    left = multi_mul((tau, *f), BASES)
    p = q = fixed
    if late == "P":
        p = (left - fixed) * inverse(x)
    elif late == "Q":
        q = left - fixed * x
    else:
        tau = (opening * (x + 1) - sum(t * f_i for t, f_i in zip(TRAPDOORS, f, strict=True))) % Q
    z = (x * sum(weight * r_j for weight, r_j in zip(weights(w), r, strict=True)) + s) % Q
    return Statement(
        HERE,
        RELATION,
        ciphertexts,
        Argument(p, q, *second, delta, f, tau, z, (x * rho1 + rho0) % Q),
        "forged",
    )


def open_anything() -> Statement:
    """What somebody can do who knows the logarithms of the G_i."""
    return _free_responses("tau'")


def choose_p() -> Statement:
    return _free_responses("P")


def choose_q() -> Statement:
    return _free_responses("Q")


def _play(
    values: tuple[int, ...], ciphertexts: tuple[Ciphertext, ...], r: tuple[int, ...]
) -> tuple[Argument, int, int]:
    """Play to the letter, with challenges that do not depend on the forgotten value."""
    prover = Prover(HERE, RELATION, tuple(v % Q for v in values), r, nonces(RELATION, SeededRng("play")))
    argument = prover.run(ciphertexts)
    transcript = begin(HERE, ciphertexts)
    w = challenge_w(transcript, argument.p, argument.q)
    return argument, w, challenge_x(transcript, (argument.a, argument.b, argument.t1, argument.t0), argument.delta)


def choose_a() -> Statement:
    """Pads that nobody knows a logarithm of: the ciphertexts decrypt to garbage and spoil the tally."""
    r = scalars(SeededRng("A'"), 2)
    honest = encrypt_all(KEY, (1, 0), r)
    strange = tuple(Ciphertext(hash_to_point(bytes([j]), b"a stranger"), c.data) for j, c in enumerate(honest))
    argument, w, x = _play(HONEST, strange, r)
    late = base_mul(argument.z) - folded(strange, w).pad * x
    return Statement(HERE, RELATION, strange, replace(argument, a=late), "forged")


def choose_b() -> Statement:
    """A thousand votes in one ballot."""
    r = scalars(SeededRng("B'"), 2)
    ciphertexts = encrypt_all(KEY, (1000, 0), r)
    argument, w, x = _play(HONEST, ciphertexts, r)
    left = KEY * argument.z + base_mul(forms_at(RELATION.counters, w, argument.f))
    return Statement(HERE, RELATION, ciphertexts, replace(argument, b=left - folded(ciphertexts, w).data * x), "forged")


def _not_bits() -> tuple[tuple[Ciphertext, ...], Argument, int, int]:
    """Two votes for one person and minus one for another, which satisfy every equation."""
    r = scalars(SeededRng("T"), 2)
    ciphertexts = encrypt_all(KEY, (NOT_BITS[0], NOT_BITS[2]), r)
    argument, w, x = _play(NOT_BITS, ciphertexts, r)
    return ciphertexts, argument, w, x


def choose_rho(log_h: int) -> Statement:
    """What somebody can do who knows log_g h, as long as the verifier uses that h."""
    ciphertexts, argument, w, x = _not_bits()
    n = nonces(RELATION, SeededRng("play"))
    t1 = sum(pow(w, i, Q) * a * (1 - 2 * v) for i, (a, v) in enumerate(zip(n.a, NOT_BITS, strict=True), 1))
    t0 = -sum(pow(w, i, Q) * a * a for i, a in enumerate(n.a, 1))
    right = x * (t1 + log_h * n.rho1) + t0 + log_h * n.rho0
    rho = (right - squares(w, x, argument.f)) * inverse(log_h) % Q
    return Statement(HERE, RELATION, ciphertexts, replace(argument, rho=rho), "forged")


def choose_t1() -> Statement:
    ciphertexts, argument, w, x = _not_bits()
    left = base_mul(squares(w, x, argument.f)) + H * argument.rho
    return Statement(HERE, RELATION, ciphertexts, replace(argument, t1=(left - argument.t0) * inverse(x)), "forged")


def choose_t0() -> Statement:
    ciphertexts, argument, w, x = _not_bits()
    left = base_mul(squares(w, x, argument.f)) + H * argument.rho
    return Statement(HERE, RELATION, ciphertexts, replace(argument, t0=left - argument.t1 * x), "forged")


def choose_delta() -> Statement:
    """Approve everybody, although one is the limit."""
    r = scalars(SeededRng("delta"), 2)
    ciphertexts = encrypt_all(KEY, (1, 1), r)
    argument, w, x = _play(TOO_MANY, ciphertexts, r)
    late = (forms_at(FORMS, w, argument.f) - x * constants(w)) % Q
    return Statement(HERE, RELATION, ciphertexts, replace(argument, delta=late), "forged")


def satisfies(values: tuple[int, ...]) -> bool:
    return all(evaluate_form(equation.form, values) == equation.constant for equation in RELATION.equations)


FORGERS: dict[str, Callable[[], Statement]] = {
    "protocol": replay_protocol,
    "session": replay_session,
    "contest": replay_contest,
    "key": choose_key,
    "credential": replay_credential,
    "ciphertexts": choose_ciphertexts,
    "P": choose_p,
    "Q": choose_q,
    "A'": choose_a,
    "B'": choose_b,
    "T1": choose_t1,
    "T0": choose_t0,
    "delta": choose_delta,
}
