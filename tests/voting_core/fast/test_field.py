"""The field and the curve against Python's own integers, at the edges of the limbs above all."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from tests.support import oracle
from voting_core.fast import field, kernels

P = oracle.P
WIDE = 2**54 - 1
"""The largest limb of a factor."""

edges = st.sampled_from([0, 1, 2, 18, 19, 20, P - 2, P - 1, P, P + 1, 2**255 - 1, 2**254, oracle.SQRT_M1, oracle.D])
numbers = edges | st.integers(0, 2**255 - 1)
limb = st.sampled_from([0, 1, 18, 2**51 - 1, 2**51, 2**53, WIDE]) | st.integers(0, WIDE)
wide = st.tuples(limb, limb, limb, limb, limb)
REDUCED = 2**51 + 2**18


@njit
def calculate(what: int, a: Any, b: Any) -> Any:
    """One function for all operations, so that only one is compiled."""
    if what == 0:
        return field.multiply(a, b)
    if what == 1:
        return field.square(a)
    if what == 2:
        return field.canonical(a)
    if what == 3:
        return field.subtract(field.multiply(a, field.ONE), field.multiply(b, field.ONE))
    if what == 4:
        return field.power_252_3(a)
    if what == 5:
        return field.absolute(a)
    return field.add(a, b)


@njit
def root_of(v: Any) -> Any:
    return field.inverse_root(v)


def element(limbs: tuple[int, ...]) -> Any:
    return tuple(field.np.uint64(each) for each in limbs)


def value(limbs: Any) -> int:
    return sum(int(each) << 51 * place for place, each in enumerate(limbs))


@settings(max_examples=300, deadline=None)
@given(wide, wide)
def test_products_of_the_widest_factors(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    for what, expected in ((0, value(a) * value(b)), (1, value(a) ** 2)):
        found = calculate(what, element(a), element(b))
        assert value(found) % P == expected % P
        assert max(map(int, found)) < REDUCED


@settings(max_examples=200, deadline=None)
@given(wide, wide)
def test_the_smallest_form_and_differences(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    found = calculate(2, element(a), element(b))
    assert value(found) == value(a) % P
    assert max(map(int, found)) < 2**51
    difference = calculate(3, element(a), element(b))
    assert value(difference) % P == (value(a) - value(b)) % P
    assert max(map(int, difference)) <= WIDE


@pytest.mark.parametrize("number", [0, 1, P - 1, P, P + 1, P + 18, 2**255 - 1, 2 * P - 1])
def test_values_around_the_prime(number: int) -> None:
    limbs = [number >> 51 * i & (2**51 - 1) for i in range(4)] + [number >> 204]
    assert value(calculate(2, element(tuple(limbs)), field.ONE)) == number % P


@settings(max_examples=60, deadline=None)
@given(numbers)
def test_powers_roots_and_signs(number: int) -> None:
    a = field.limbs(number)
    assert value(calculate(4, a, a)) % P == pow(number, 2**252 - 3, P)
    smallest = number % P
    assert value(calculate(5, a, a)) % P == (P - smallest if smallest % 2 else smallest)
    was_square, root = root_of(a)
    assert (bool(was_square), value(root) % P) == oracle._sqrt_ratio(1, number % P)


def test_the_constants() -> None:
    assert value(field.D) == oracle.D
    assert value(field.TWO_D) == 2 * oracle.D % P
    assert value(field.SQRT_M1) == oracle.SQRT_M1
    assert value(field.INVSQRT_A_MINUS_D) == oracle._INVSQRT_A_MINUS_D


def test_compiled_code_is_made_anew_when_the_field_changes() -> None:
    """What is kept on disk goes by the file of the kernels alone: a change of field.py must change kernels.py too."""
    digest = hashlib.sha256(Path(field.__file__).read_bytes()).hexdigest()
    assert digest == kernels.FIELD_DIGEST, f"write {digest} into voting_core/fast/kernels.py"
