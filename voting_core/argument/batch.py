"""Verifying many ballot arguments at once (SPEC §5.4).

Every group equation of every ballot gets a weight of its own, and one product of all of them is compared with the
identity. The exponents of g, h, K and the G_i add up over the batch, so that a ballot costs only its own 2m + 6
points.

* The weights come from the operating system, after all statements are in memory. There is no way to hand them in:
  whoever knows them beforehand can make two wrong ballots cancel.
* A batch that fails is bisected down to single ballots. Each of them is then judged by
  :func:`~voting_core.argument.verify.verify_argument`, so every ballot is decided as if alone.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from voting_core.argument.statement import Statement
from voting_core.argument.verify import Derived, derive, verify_argument
from voting_core.errors import VerificationError
from voting_core.generators import H, generators
from voting_core.group import BASE, IDENTITY, Point, Q
from voting_core.public import SODIUM, PublicGroup


class BatchRefused(VerificationError):
    """One or more ballots of a batch are bad; ``failures`` has one error for each, in the order of the batch."""

    def __init__(self, failures: tuple[VerificationError, ...]) -> None:
        culprits = tuple(culprit for failure in failures for culprit in failure.culprits)
        message = f"{len(failures)} of the ballots of a batch are refused, the first one: {failures[0].message}"
        super().__init__(failures[0].code, message, culprits)
        self.failures = failures

    def __reduce__(self) -> tuple[type["BatchRefused"], tuple[tuple[VerificationError, ...]]]:
        return (BatchRefused, (self.failures,))


@dataclass(frozen=True, slots=True)
class _Weighted:
    """One ballot's part of the product: its own points as the backend keeps them, its exponents of the fixed bases."""

    position: int
    statement: Statement
    own: object
    g: int
    h: int
    key: int
    bits: tuple[int, ...]


def verify_batch(statements: Sequence[Statement], group: PublicGroup = SODIUM) -> None:
    """Check the arguments of a batch, all under the same joint key; an empty batch holds. The backend changes nothing.

    Raises:
        BatchRefused: some ballots are bad; the error names every one of them.
        EncodingError: a challenge is 0.
        ValueError: the statements have different joint keys.
    """
    batch = tuple(statements)
    if len({statement.context.key for statement in batch}) > 1:
        raise ValueError("a batch has one joint key")
    # All challenges first: no weight exists before the last byte of the last statement is hashed.
    derived = [derive(statement) for statement in batch]
    failures: dict[int, VerificationError] = {}
    weighted = []
    for position, (statement, scalars) in enumerate(zip(batch, derived, strict=True)):
        if scalars.excess != 0:
            # Eq. 5 has no group element: it is decided at once, and exactly.
            _judge(position, statement, failures)
        else:
            weighted.append(_weigh(position, statement, scalars, group))
    if weighted:
        _bisect(weighted, _product(weighted, group), failures, group)
    if failures:
        raise BatchRefused(tuple(failures[position] for position in sorted(failures)))


def _weight() -> int:
    """Draw a non-zero weight of 128 bits."""
    return 1 + secrets.randbelow(2**128 - 1)


def _weigh(position: int, statement: Statement, derived: Derived, group: PublicGroup) -> _Weighted:
    """Raise the equations of a ballot to fresh weights; every equation is written as left / right = 1."""
    e1, e2, e3, e4 = _weight(), _weight(), _weight(), _weight()
    argument = statement.argument
    x = derived.x
    scalars = [-e1 * x, -e1, -e2, -e3, -e4 * x, -e4]
    points = (argument.p, argument.q, argument.a, argument.b, argument.t1, argument.t0)
    pad, data = -e2 * x % Q, -e3 * x % Q
    for weight in derived.weights:
        scalars += (pad * weight, data * weight)
    return _Weighted(
        position=position,
        statement=statement,
        own=group.weigh(scalars, points, statement.ciphertexts),
        g=e2 * argument.z + e3 * derived.counters + e4 * derived.squares,
        h=e1 * argument.tau + e4 * argument.rho,
        key=e3 * argument.z,
        bits=tuple(e1 * f for f in argument.f),
    )


def _product(part: Sequence[_Weighted], group: PublicGroup) -> Point:
    """Multiply the weighted equations of some ballots; the identity means that all of them hold."""
    bits = [0] * max(len(item.bits) for item in part)
    g = h = key = 0
    for item in part:
        g += item.g
        h += item.h
        key += item.key
        for number, exponent in enumerate(item.bits):
            bits[number] += exponent
    bases = (BASE, H, part[0].statement.context.key, *generators(len(bits)))
    return group.product([item.own for item in part], (g, h, key, *bits), bases)


def _bisect(
    part: Sequence[_Weighted], product: Point, failures: dict[int, VerificationError], group: PublicGroup
) -> None:
    """Find the bad ballots of a part whose product is known."""
    if product == IDENTITY:
        return
    if len(part) == 1:
        _judge(part[0].position, part[0].statement, failures)
        return
    middle = len(part) // 2
    left = _product(part[:middle], group)
    _bisect(part[:middle], left, failures, group)
    _bisect(part[middle:], product - left, failures, group)


def _judge(position: int, statement: Statement, failures: dict[int, VerificationError]) -> None:
    """Decide one ballot alone."""
    try:
        verify_argument(statement)
    except VerificationError as error:
        failures[position] = error
