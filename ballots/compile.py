"""From a contest to bits, counters and equations, and from marks to bits (SPEC §4.2, §4.3).

* The relation depends on the contest alone, by this code: nothing in a record can say how a contest compiles.
* The relation holds for a bit vector exactly when the vector is that of marks within the rules of the contest.
* Equality modulo the group order is equality of integers, because every sum stays below 2^31.
"""

from collections.abc import Iterable
from functools import lru_cache

from ballots.contest import At, Contest, Limit
from ballots.marks import check_marks
from voting_core.argument.relation import Equation, Form, Relation
from voting_core.errors import VerificationError
from voting_core.params import MAX_BALLOTS

_BOUND = 2**31


@lru_cache(maxsize=64)
def compile_contest(contest: Contest) -> Relation:
    """The relation that every ballot of the contest satisfies (SPEC §4.2).

    Raises:
        VerificationError: V6.A when a limit or a sum of coefficients is out of bounds (SPEC §4.3).
    """
    rows, marks = len(contest.rows), len(contest.marks)
    equations = [_one_mark(row, marks) for row in range(rows)]
    next_bit = rows * marks
    for number, limit in enumerate(contest.limits):
        if not 0 <= limit.count <= rows:
            raise VerificationError("V6.A", f"contest.limits[{number}].count: {limit.count} is not in 0..{rows}")
        slack = tuple(range(next_bit, next_bit + slack_length(contest, limit)))
        equations.append(_limit_equation(contest, limit, slack))
        next_bit += len(slack)
    counters = tuple(((row * marks + mark, 1),) for row in range(rows) for mark in range(marks - 1))
    relation = Relation(bits=next_bit, counters=counters, equations=tuple(equations))
    check_bounds(relation)
    return relation


def check_bounds(relation: Relation) -> None:
    """Every equation and every counter over all ballots stays below 2^31 in absolute value (SPEC §4.3).

    Raises:
        VerificationError: V6.A naming the equation or the counter.
    """
    for number, equation in enumerate(relation.equations):
        total = _weight(equation.form) + abs(equation.constant)
        if total >= _BOUND:
            raise VerificationError("V6.A", f"equation {number}: the coefficients add to {total}, not below 2^31")
    for number, counter in enumerate(relation.counters):
        total = MAX_BALLOTS * _weight(counter)
        if total >= _BOUND:
            raise VerificationError("V6.A", f"counter {number}: all ballots add to {total}, not below 2^31")


def slack_length(contest: Contest, limit: Limit) -> int:
    """The number of slack bits of a limit (SPEC §4.2)."""
    largest = limit.count if limit.at is At.MOST else len(contest.rows) - limit.count
    return largest.bit_length()


def slack_bits(contest: Contest, marks: tuple[int, ...]) -> tuple[int, ...]:
    """The slack bits of all limits, in order, least significant bit first.

    Raises:
        InputError: the marks are not within the rules of the contest.
    """
    check_marks(contest, marks)
    return tuple(bit for limit in contest.limits for bit in _slack(contest, limit, marks))


def bits_of(contest: Contest, marks: tuple[int, ...]) -> tuple[int, ...]:
    """The bit vector of a ballot: one bit for each row and mark, then the slack (SPEC §4.2, §4.4).

    Raises:
        InputError: the marks are not within the rules of the contest.
    """
    slack = slack_bits(contest, marks)
    # Comparing instead of indexing keeps the choice out of memory addresses.
    choices = tuple(int(mark == chosen) for chosen in marks for mark in range(len(contest.marks)))
    return choices + slack


def _one_mark(row: int, marks: int) -> Equation:
    return Equation(form=_ones(range(row * marks, (row + 1) * marks)), constant=1)


def _limit_equation(contest: Contest, limit: Limit, slack: tuple[int, ...]) -> Equation:
    marks, mark = len(contest.marks), contest.mark_index(limit.mark)
    sign = 1 if limit.at is At.MOST else -1
    used = _ones(row * marks + mark for row in range(len(contest.rows)))
    return Equation(form=used + tuple((bit, sign * 2**t) for t, bit in enumerate(slack)), constant=limit.count)


def _slack(contest: Contest, limit: Limit, marks: tuple[int, ...]) -> tuple[int, ...]:
    mark = contest.mark_index(limit.mark)
    used = sum(int(chosen == mark) for chosen in marks)
    slack = limit.count - used if limit.at is At.MOST else used - limit.count
    return tuple((slack >> t) & 1 for t in range(slack_length(contest, limit)))


def _ones(bits: Iterable[int]) -> Form:
    return tuple((bit, 1) for bit in bits)


def _weight(form: Form) -> int:
    return sum(abs(coefficient) for _, coefficient in form)
