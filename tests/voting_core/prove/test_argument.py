"""The prover of the product against the one in tests/support, and what it does with secrets."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.support.arguments import KEY, Prover, context, mark_bits, matrix, nonces, scalars
from tests.support.seeded_rng import SeededRng
from voting_core import group
from voting_core.argument.relation import Equation, Relation
from voting_core.argument.statement import Argument, Statement
from voting_core.argument.verify import verify_argument
from voting_core.elgamal import Ciphertext
from voting_core.prove.argument import prove
from voting_core.prove.encrypt import encrypt_counters

RELATION = matrix(3, 3, most=2)
CASES = [
    (RELATION, mark_bits((0, 0, 2), 3, (0, 2))),
    (RELATION, mark_bits((1, 2, 1), 3, (2, 2))),
    (matrix(1, 2), (0, 1)),
    (Relation(3, (((0, 1), (1, 2), (2, -4)),), (Equation(((0, 1), (2, -1)), 0),)), (1, 0, 1)),
]


def run(relation: Relation, bits: tuple[int, ...]) -> tuple[tuple[Ciphertext, ...], Argument]:
    rng = SeededRng("prove")
    randomness = scalars(rng, len(relation.counters))
    secret = nonces(relation, rng)
    ciphertexts = encrypt_counters(KEY, relation, bits, randomness)
    return ciphertexts, prove(context(), relation, bits, randomness, secret, ciphertexts)


@pytest.mark.parametrize(("relation", "bits"), CASES)
def test_an_argument_verifies_and_is_the_one_of_the_specification(relation: Relation, bits: tuple[int, ...]) -> None:
    ciphertexts, argument = run(relation, bits)
    verify_argument(Statement(context(), relation, ciphertexts, argument, "ballot"))
    rng = SeededRng("prove")
    randomness = scalars(rng, len(relation.counters))
    assert argument == Prover(context(), relation, bits, randomness, nonces(relation, rng)).run(ciphertexts)
    assert Argument.decode(argument.encode(), relation.bits, "ballot") == argument


def test_the_same_secrets_give_the_same_bytes() -> None:
    assert run(*CASES[0])[1].encode() == run(*CASES[0])[1].encode()


def test_numbers_must_be_those_of_the_relation() -> None:
    relation, bits = CASES[0]
    rng = SeededRng("numbers")
    randomness = scalars(rng, len(relation.counters))
    secret = nonces(relation, rng)
    ciphertexts = encrypt_counters(KEY, relation, bits, randomness)
    good = (context(), relation, bits, randomness, secret, ciphertexts)
    for position, value in (
        (2, bits[1:]),
        (3, randomness[1:]),
        (4, replace(secret, a=secret.a[1:])),
        (5, ciphertexts[1:]),
    ):
        arguments: list[Any] = list(good)
        arguments[position] = value
        with pytest.raises(ValueError, match="numbers of the relation"):
            prove(*arguments)


def test_nonces_do_not_show() -> None:
    secret = nonces(RELATION, SeededRng("repr"))
    assert repr(secret) == str(secret) == f"{secret}" == "ArgumentNonces(<redacted>)"


def test_the_operations_do_not_depend_on_the_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the marks are, libsodium is called in the same order: no branch depends on a bit."""
    calls: list[str] = []

    def spy(name: str) -> Callable[..., int]:
        original = getattr(group, name)

        def call(*arguments: Any) -> int:
            calls.append(name)
            return int(original(*arguments))

        return call

    for name in ("_sodium_add", "_sodium_subtract", "_sodium_multiply", "_sodium_multiply_base"):
        monkeypatch.setattr(group, name, spy(name))
    traces = set()
    for marks, slack in (((0, 0, 2), 0), ((1, 1, 1), 2), ((2, 0, 1), 1), ((2, 2, 2), 2)):
        calls.clear()
        run(RELATION, mark_bits(marks, 3, (slack, 2)))
        traces.add(tuple(calls))
    assert len(traces) == 1
    assert len(traces.pop()) > 60
