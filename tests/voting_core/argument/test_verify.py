"""The exact verifier: complete, sound on small contests, and in agreement with the one in tests/support."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.arguments import context, make, mark_bits, matrix
from tests.support.oracle_argument import failing_equations
from voting_core.argument.relation import Equation, Relation, evaluate_form
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.elgamal import Ciphertext, encode_ciphertexts
from voting_core.errors import EncodingError, VerificationError
from voting_core.group import BASE, Q
from voting_core.transcript import Transcript

GOOD = make(matrix(2, 3, most=1), mark_bits((0, 2), 3, (0, 1)))
CODES = ["V8.E", "V8.F", "V8.G", "V8.H", "V8.I"]


def code_of(statement: Statement) -> str:
    """The code with which a statement is refused, or an empty text."""
    try:
        verify_argument(statement)
    except VerificationError as error:
        return error.code
    return ""


def ask_oracle(statement: Statement) -> list[int]:
    at, relation = statement.context, statement.relation
    return failing_equations(
        session=at.session,
        contest=at.contest_hash,
        key=at.key.encode(),
        credential=at.credential,
        ciphertexts=encode_ciphertexts(statement.ciphertexts),
        argument=statement.argument.encode(),
        bits=relation.bits,
        counters=relation.counters,
        equations=tuple((equation.form, equation.constant) for equation in relation.equations),
    )


@pytest.mark.parametrize(
    ("relation", "bits"),
    [
        (matrix(1, 2), mark_bits((0,), 2)),
        (matrix(1, 2), mark_bits((1,), 2)),
        (matrix(3, 4), mark_bits((3, 0, 2), 4)),
        (matrix(3, 2, most=0), mark_bits((1, 1, 1), 2)),
        (matrix(3, 2, most=3), mark_bits((0, 0, 1), 2, (1, 2))),
        (matrix(3, 2, least=1), mark_bits((0, 0, 1), 2, (1, 2))),
        (matrix(3, 2, least=3), mark_bits((0, 0, 0), 2)),
        (matrix(3, 2, most=2, least=1), mark_bits((0, 1, 1), 2, (1, 2), (0, 2))),
        (Relation(2, (((0, 3), (1, -2)),), (Equation(((0, 1), (1, -1)), 0),)), (1, 1)),
        (Relation(1, (), ()), (1,)),
    ],
)
def test_ballots_within_the_rules_verify(relation: Relation, bits: tuple[int, ...]) -> None:
    verify_argument(make(relation, bits))


@st.composite
def small_ballots(draw: st.DrawFn) -> tuple[Relation, tuple[int, ...]]:
    rows, marks = draw(st.integers(1, 3)), draw(st.integers(2, 3))
    most = draw(st.none() | st.integers(0, rows))
    least = draw(st.none() | st.integers(0, rows))
    relation = matrix(rows, marks, most=most, least=least)
    bits = draw(st.lists(st.integers(0, 1), min_size=relation.bits, max_size=relation.bits))
    if draw(st.booleans()):
        # Random bits are rarely a ballot; half of the examples begin with one mark in every row.
        chosen = draw(st.lists(st.integers(0, marks - 1), min_size=rows, max_size=rows))
        bits[: rows * marks] = mark_bits(tuple(chosen), marks)
    return relation, tuple(bits)


@settings(max_examples=60, deadline=None)
@given(small_ballots())
def test_bits_verify_exactly_if_they_satisfy_the_equations(ballot: tuple[Relation, tuple[int, ...]]) -> None:
    relation, bits = ballot
    within = all(evaluate_form(equation.form, bits) == equation.constant for equation in relation.equations)
    assert code_of(make(relation, bits)) == ("" if within else "V8.I")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=7, max_size=7))
def test_only_bits_verify(values: list[int]) -> None:
    relation = replace(GOOD.relation, equations=())
    expected = "" if set(values) <= {0, 1} else "V8.H"
    assert code_of(make(relation, tuple(value % Q for value in values))) == expected


def change(statement: Statement, **changes: object) -> Statement:
    return replace(statement, argument=replace(statement.argument, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["p", "q", "a", "b", "t1", "t0", "delta", "tau", "z", "rho", "f"])
def test_every_field_counts_and_both_verifiers_agree(name: str) -> None:
    value = getattr(GOOD.argument, name)
    if name == "f":
        changed: object = (*value[:-1], (value[-1] + 1) % Q)
    elif isinstance(value, int):
        changed = (value + 1) % Q
    else:
        changed = value + BASE
    statement = change(GOOD, **{name: changed})
    failing = ask_oracle(statement)
    assert code_of(statement) == CODES[failing[0] - 1]


@pytest.mark.parametrize(("field", "code"), [("tau", "V8.E"), ("z", "V8.F"), ("rho", "V8.H")])
def test_a_wrong_response_fails_its_own_equation(field: str, code: str) -> None:
    assert code_of(change(GOOD, **{field: (getattr(GOOD.argument, field) + 1) % Q})) == code


def test_a_wrong_plaintext_fails_equation_3() -> None:
    relation, bits = matrix(1, 2), mark_bits((0,), 2)
    assert code_of(make(relation, bits, plaintexts=(2,))) == "V8.G"


def test_the_ballot_is_named() -> None:
    with pytest.raises(VerificationError) as caught:
        verify_argument(change(GOOD, z=0))
    assert str(caught.value) == "V8.F: ballot one: equation 2 of the ballot argument does not hold"
    assert caught.value.culprits == ("ballot one",)


def test_both_verifiers_agree_on_good_ballots() -> None:
    assert code_of(GOOD) == ""
    assert ask_oracle(GOOD) == []


def test_swapped_ciphertexts_fail() -> None:
    swapped = replace(GOOD, ciphertexts=GOOD.ciphertexts[::-1])
    assert code_of(swapped) != ""
    turned = tuple(Ciphertext(c.data, c.pad) for c in GOOD.ciphertexts)
    assert code_of(replace(GOOD, ciphertexts=turned)) != ""


def test_a_challenge_of_zero_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voting_core.transcript.hash_to_scalar", lambda *_: 0)
    with pytest.raises(EncodingError, match="challenge w is 0"):
        verify_argument(GOOD)


def test_the_second_challenge_depends_on_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    original = Transcript.challenge

    def record(self: Transcript, label: str) -> int:
        seen.append(original(self, label))
        return seen[-1]

    monkeypatch.setattr(Transcript, "challenge", record)
    verify_argument(GOOD)
    assert code_of(replace(GOOD, context=context("two"))) == "V8.E"
    assert len(set(seen)) == 4
