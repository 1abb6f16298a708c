"""Batches accept exactly what the exact verifier accepts, and name every bad ballot."""

import inspect
import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.arguments import SECRET, context, make, mark_bits, matrix
from voting_core import public
from voting_core.argument import batch
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.errors import VerificationError
from voting_core.fast import fast_group
from voting_core.group import BASE, Q, base_mul
from voting_core.public import SODIUM, PublicGroup

SMALL = matrix(1, 2)
LARGE = matrix(2, 3, most=1)
GOOD = [make(SMALL, mark_bits((index % 2,), 2), name=f"{index}") for index in range(100)]
FAST = fast_group()
GROUPS = [SODIUM, *([FAST] if FAST else [])]
OTHERS = [make(LARGE, mark_bits((0, 2), 3, (0, 1)), name=f"large {index}") for index in range(3)]


def spoil(statement: Statement, field: str) -> Statement:
    """Make one equation fail."""
    value = getattr(statement.argument, field)
    changed = (value + 1) % Q if isinstance(value, int) else value + BASE
    return replace(statement, argument=replace(statement.argument, **{field: changed}))


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_good_ballots_of_several_contests_hold(group: PublicGroup) -> None:
    verify_batch([*OTHERS[:2], *GOOD[:10], OTHERS[2]], group)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_an_empty_batch_and_a_batch_of_one_hold(group: PublicGroup) -> None:
    verify_batch([], group)
    verify_batch(GOOD[:1], group)


@pytest.mark.parametrize("position", [0, 41, 99])
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_one_bad_ballot_among_a_hundred_is_named(position: int, group: PublicGroup) -> None:
    ballots = list(GOOD)
    ballots[position] = spoil(ballots[position], "rho")
    with pytest.raises(BatchRefused) as caught:
        verify_batch(ballots, group)
    assert caught.value.culprits == (f"ballot {position}",)
    assert caught.value.code == "V8.H"
    (failure,) = caught.value.failures
    assert str(failure) == f"V8.H: ballot {position}: equation 4 of the ballot argument does not hold"


fields = st.sampled_from(["", "tau", "z", "rho", "delta", "p", "b", "t0"])


@settings(max_examples=15, deadline=None)
@given(st.lists(fields, min_size=1, max_size=9))
def test_a_batch_decides_every_ballot_as_if_alone(faults: list[str]) -> None:
    for group in GROUPS:
        decides_as_if_alone(faults, group)


def decides_as_if_alone(faults: list[str], group: PublicGroup) -> None:
    ballots = [spoil(ballot, fault) if fault else ballot for ballot, fault in zip(GOOD, faults, strict=False)]
    alone = []
    for ballot in ballots:
        try:
            verify_argument(ballot)
        except VerificationError as error:
            alone.append(str(error))
    if not alone:
        verify_batch(ballots, group)
        return
    with pytest.raises(BatchRefused) as caught:
        verify_batch(ballots, group)
    assert [str(failure) for failure in caught.value.failures] == alone
    assert caught.value.code == alone[0][:4]
    assert caught.value.culprits == tuple(failure.culprits[0] for failure in caught.value.failures)


def test_a_ballot_with_the_wrong_marks_is_found_by_equation_5() -> None:
    bad = make(LARGE, mark_bits((0, 0), 3, (0, 1)), name="over the limit")
    with pytest.raises(BatchRefused) as caught:
        verify_batch([OTHERS[0], bad, OTHERS[1]])
    assert [str(failure) for failure in caught.value.failures] == [
        "V8.I: ballot over the limit: equation 5 of the ballot argument does not hold"
    ]


def test_a_refusal_survives_a_process_boundary() -> None:
    with pytest.raises(BatchRefused) as caught:
        verify_batch([spoil(GOOD[0], "z"), GOOD[1], spoil(GOOD[2], "rho")])
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own bytes
    assert str(copy) == str(caught.value)
    assert copy.culprits == ("ballot 0", "ballot 2")
    assert [failure.code for failure in copy.failures] == ["V8.F", "V8.H"]


def test_a_batch_has_one_key() -> None:
    other = make(SMALL, (1, 0), at=replace(context("x"), key=base_mul(SECRET + 1)))
    with pytest.raises(ValueError, match="one joint key"):
        verify_batch([GOOD[0], other])


def test_no_interface_accepts_weights() -> None:
    assert list(inspect.signature(verify_batch).parameters) == ["statements", "group"]
    assert list(inspect.signature(batch._weight).parameters) == []


def test_weights_are_drawn_after_the_last_statement_is_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    derive, draw = batch.derive, batch.secrets.randbelow
    monkeypatch.setattr(batch, "derive", lambda statement: events.append("hash") or derive(statement))
    monkeypatch.setattr(batch.secrets, "randbelow", lambda bound: events.append("draw") or draw(bound))
    verify_batch(GOOD[:5])
    assert events == ["hash"] * 5 + ["draw"] * 20


def test_weights_are_not_zero_and_have_128_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds: list[int] = []
    monkeypatch.setattr(batch.secrets, "randbelow", lambda bound: bounds.append(bound) or 0)
    assert batch._weight() == 1
    assert bounds == [2**128 - 1]


def test_one_batch_costs_a_ballot_only_its_own_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """2m + 6 multiplications for each ballot, and one for each fixed base."""
    counts: list[int] = []
    original = public.multi_mul

    def count(scalars: list[int], points: list[object]) -> object:
        counts.append(len(list(points)))
        return original(scalars, points)  # type: ignore[arg-type]

    monkeypatch.setattr(public, "multi_mul", count)
    verify_batch(GOOD[:20])
    assert counts == [2 * 1 + 6] * 20 + [3 + SMALL.bits]
