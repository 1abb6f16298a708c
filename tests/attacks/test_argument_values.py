"""Ballots that are not within the rules, ballots from elsewhere, and ballots that vote in the clear (SPEC §5.3)."""

from dataclasses import replace

import pytest

from tests.support.arguments import (
    KEY,
    SECRET,
    Prover,
    context,
    counters,
    encrypt_all,
    make,
    mark_bits,
    matrix,
    nonces,
    scalars,
)
from tests.support.seeded_rng import SeededRng
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.distinct import repeated_points
from voting_core.argument.relation import Relation
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.elgamal import Ciphertext, decode_ciphertexts, encode_ciphertexts
from voting_core.errors import EncodingError, VerificationError
from voting_core.group import BASE, IDENTITY, Q, base_mul
from voting_core.prove.argument import prove

ROWS = matrix(3, 3, most=2)
HONEST = mark_bits((0, 1, 2), 3, (1, 2))


def refused(statement: Statement, code: str) -> None:
    """The exact verifier and the batch both refuse, with this code."""
    with pytest.raises(VerificationError) as alone:
        verify_argument(statement)
    assert alone.value.code == code
    honest = make(statement.relation, HONEST) if statement.relation == ROWS else None
    batch = [statement] if honest is None or statement.context.key != KEY else [honest, statement]
    with pytest.raises(BatchRefused) as together:
        verify_batch(batch)
    assert [failure.code for failure in together.value.failures] == [code]
    assert together.value.culprits == (statement.subject,)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((2, 0, -1), "V8.H"),
        ((2, -1, 0), "V8.H"),
        ((-1, 1, 1), "V8.H"),
        ((Q - 1, 2, 0), "V8.H"),
        (((Q + 1) // 2, (Q + 1) // 2, 0), "V8.H"),
        ((1, 1, 0), "V8.I"),
        ((0, 0, 0), "V8.I"),
        ((1, 1, 1), "V8.I"),
    ],
)
def test_a_row_has_exactly_one_mark(row: tuple[int, ...], code: str) -> None:
    relation = matrix(1, 3)
    refused(make(relation, tuple(value % Q for value in row), name="bad"), code)


@pytest.mark.parametrize("slack", range(4))
def test_three_approvals_where_two_are_allowed(slack: int) -> None:
    refused(make(ROWS, mark_bits((0, 0, 0), 3, (slack, 2)), name="bad"), "V8.I")


def test_a_slack_that_is_not_made_of_bits() -> None:
    """Three approvals and a slack of minus one satisfy the equation of the limit, and are not bits."""
    relation = matrix(3, 3, most=2)
    refused(make(relation, (*mark_bits((0, 0, 0), 3), Q - 1, 0), name="bad"), "V8.H")


def test_too_few_approvals() -> None:
    relation = matrix(3, 2, least=2)
    for slack in (0, 1):
        refused(make(relation, mark_bits((0, 1, 1), 2, (slack, 1)), name="bad"), "V8.I")
    refused(make(relation, (*mark_bits((0, 1, 1), 2), Q - 1), name="bad"), "V8.H")


def test_counters_in_another_order_than_the_bits() -> None:
    plaintexts = counters(ROWS, HONEST)
    swapped = (plaintexts[2], plaintexts[1], plaintexts[0], *plaintexts[3:])
    assert swapped != plaintexts
    refused(make(ROWS, HONEST, name="bad", plaintexts=swapped), "V8.G")
    made = make(ROWS, HONEST)
    moved = replace(made, ciphertexts=(*made.ciphertexts[1:], made.ciphertexts[0]), subject="bad")
    refused(moved, "V8.E")


def test_errors_that_cancel_over_the_counters() -> None:
    """One vote more here and one less there keeps the sum; the powers of w tell."""
    p = list(counters(ROWS, HONEST))
    p[0], p[2] = p[0] + 1, p[2] - 1
    refused(make(ROWS, HONEST, name="bad", plaintexts=tuple(p)), "V8.G")


@pytest.mark.parametrize(
    "changes",
    [
        {"session": b"X" * 32},
        {"contest_hash": b"X" * 32},
        {"credential": b"X" * 32},
        {"key": base_mul(SECRET + 1)},
    ],
)
def test_a_ballot_is_worth_nothing_elsewhere(changes: dict[str, object]) -> None:
    made = make(ROWS, HONEST)
    refused(replace(made, context=replace(made.context, **changes)), "V8.E")  # type: ignore[arg-type]


def test_a_contest_of_equal_shape_with_another_limit() -> None:
    """Two approvals are a ballot where two are allowed, and none where one is."""
    approvals = mark_bits((0, 0, 2), 3, (0, 2))
    made = make(ROWS, approvals)
    verify_argument(made)
    stricter = Relation(ROWS.bits, ROWS.counters, (*ROWS.equations[:3], replace(ROWS.equations[3], constant=1)))
    refused(replace(made, relation=stricter), "V8.I")


def clear(randomness: tuple[int, ...]) -> Statement:
    """A ballot made with chosen randomness; all its equations hold."""
    relation, bits = matrix(2, 2), mark_bits((0, 1), 2)
    ciphertexts = encrypt_all(KEY, counters(relation, bits), randomness)
    secret = nonces(relation, SeededRng("clear"))
    argument = prove(context(), relation, bits, randomness, secret, ciphertexts)
    statement = Statement(context(), relation, ciphertexts, argument, "clear")
    verify_argument(statement)
    return statement


def test_no_randomness_at_all_votes_in_the_clear_and_is_refused() -> None:
    statement = clear((0, 0))
    assert [c.data for c in statement.ciphertexts] == [BASE, IDENTITY]
    with pytest.raises(EncodingError, match="A_1: is the identity"):
        decode_ciphertexts(encode_ciphertexts(statement.ciphertexts), 2, "ballot")


def test_one_randomness_for_all_shows_differences_and_is_refused() -> None:
    statement = clear((77, 77))
    one, two = statement.ciphertexts
    assert one.data - two.data == BASE
    with pytest.raises(VerificationError, match=r"V8\.D"):
        repeated_points(statement.ciphertexts, statement.argument)


def test_the_same_pad_twice_is_refused() -> None:
    statement = clear(scalars(SeededRng("pads"), 2))
    one, two = statement.ciphertexts
    with pytest.raises(VerificationError, match=r"V8\.D"):
        repeated_points((one, Ciphertext(one.pad, two.data)), statement.argument)


def test_a_copied_ballot_cannot_be_proved_again() -> None:
    """Somebody else's ciphertexts, or a shift of them, under one's own credential: the proof needs their randomness."""
    victim = make(ROWS, HONEST, name="victim")
    shift = scalars(SeededRng("shift"), len(ROWS.counters))
    copied = tuple(
        Ciphertext(c.pad + base_mul(r), c.data + KEY * r) for c, r in zip(victim.ciphertexts, shift, strict=True)
    )
    thief = context("thief")
    prover = Prover(thief, ROWS, HONEST, shift, nonces(ROWS, SeededRng("thief")))
    for ciphertexts in (victim.ciphertexts, copied):
        statement = Statement(thief, ROWS, ciphertexts, prover.run(ciphertexts), "ballot thief")
        refused(statement, "V8.F")
    refused(Statement(thief, ROWS, victim.ciphertexts, victim.argument, "ballot thief"), "V8.E")


def test_responses_are_unique() -> None:
    """No part of an accepted argument can be changed: a ballot is not malleable."""
    made = make(ROWS, HONEST)
    argument = made.argument
    for name in ("delta", "tau", "z", "rho"):
        for change in (1, Q - 1):
            changed = replace(argument, **{name: (getattr(argument, name) + change) % Q})
            with pytest.raises(VerificationError):
                verify_argument(replace(made, argument=changed))
    for position in range(ROWS.bits):
        f = list(argument.f)
        f[position] = (f[position] + 1) % Q
        with pytest.raises(VerificationError, match=r"V8\.E"):
            verify_argument(replace(made, argument=replace(argument, f=tuple(f))))
