"""What a ballot argument is about: bits, counters and equations (SPEC §4.2, §5.3).

A relation is compiled from a contest by code, never read from data. The functions here turn its forms, at a
challenge w, into one coefficient for each bit, which prover and verifier both use.
"""

from dataclasses import dataclass
from typing import TypeAlias

from voting_core.group import Q

Form: TypeAlias = tuple[tuple[int, int], ...]
"""An integer linear form of the bits: pairs (0-based number of the bit, coefficient), each bit at most once."""


@dataclass(frozen=True, slots=True)
class Equation:
    """The linear equation form(v) = constant."""

    form: Form
    constant: int


@dataclass(frozen=True, slots=True)
class Relation:
    """n bits v, counters p_j = M_j·v, and equations L v = c.

    The bounds of SPEC §4.3, which make equality mod q equality of integers, are the compiler's to keep.
    """

    bits: int
    counters: tuple[Form, ...]
    equations: tuple[Equation, ...]

    def __post_init__(self) -> None:
        for form in (*self.counters, *(equation.form for equation in self.equations)):
            numbers = [number for number, _ in form]
            if len(set(numbers)) != len(numbers) or not all(0 <= number < self.bits for number in numbers):
                raise ValueError("a form names bits of the relation, each at most once")


def evaluate_form(form: Form, values: tuple[int, ...]) -> int:
    """Give Σ coefficient · value, not reduced."""
    return sum(coefficient * values[number] for number, coefficient in form)


def powers(challenge: int, count: int) -> tuple[int, ...]:
    """Give challenge^1 … challenge^count mod q."""
    result = []
    power = 1
    for _ in range(count):
        power = power * challenge % Q
        result.append(power)
    return tuple(result)


def combine_forms(forms: tuple[Form, ...], weights: tuple[int, ...], bits: int) -> tuple[int, ...]:
    """Give, for each bit, Σ weight · coefficient over the forms: the coefficients of mu or lambda (SPEC §5.3)."""
    result = [0] * bits
    for form, weight in zip(forms, weights, strict=True):
        for number, coefficient in form:
            result[number] += weight * coefficient
    return tuple(value % Q for value in result)


def dot(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    """Give Σ left_i · right_i mod q."""
    return sum(a * b for a, b in zip(left, right, strict=True)) % Q
