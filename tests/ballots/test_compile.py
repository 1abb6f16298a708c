"""From contests to bits, counters and equations (SPEC §4.2, §4.3)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest

from ballots.compile import bits_of, check_bounds, compile_contest, slack_bits, slack_length
from ballots.contest import At, Contest, Limit
from tests.support.builders import small_contest
from voting_core.argument.relation import Equation, Relation, evaluate_form
from voting_core.errors import InputError, VerificationError

NAMES = ("a", "b", "c")


def with_limits(rows: int, marks: int, limits: tuple[Limit, ...]) -> Contest:
    return small_contest(
        rows,
        NAMES[:marks],
        at_most={limit.mark: limit.count for limit in limits if limit.at is At.MOST},
        at_least={limit.mark: limit.count for limit in limits if limit.at is At.LEAST},
    )


def within_rules(contest: Contest, marks: tuple[int, ...]) -> bool:
    """The rule itself, said without bits."""
    used = Counter(contest.marks[mark] for mark in marks)
    return all(
        used[limit.mark] <= limit.count if limit.at is At.MOST else used[limit.mark] >= limit.count
        for limit in contest.limits
    )


def satisfying(relation: Relation) -> set[tuple[int, ...]]:
    """All bit vectors that satisfy the equations, found by trying every one."""
    return {
        bits
        for bits in product((0, 1), repeat=relation.bits)
        if all(evaluate_form(equation.form, bits) == equation.constant for equation in relation.equations)
    }


def small_contests() -> Iterator[Contest]:
    """Every shape up to 3 rows and 3 marks, without limits, with every limit, and with every pair of limits."""
    for rows, marks in product(range(1, 4), range(2, 4)):
        singles = [Limit(at, count, mark) for at in At for mark in NAMES[:marks] for count in range(rows + 1)]
        yield with_limits(rows, marks, ())
        for limit in singles:
            yield with_limits(rows, marks, (limit,))
        for pair in combinations(singles, 2):
            if (pair[0].at, pair[0].mark) != (pair[1].at, pair[1].mark):
                yield with_limits(rows, marks, pair)


def test_bits_satisfy_the_equations_exactly_when_the_rules_hold() -> None:
    """Brute force: no vector outside the rules passes, and every ballot within them has exactly one vector."""
    contests = list(small_contests())
    assert len(contests) > 500
    for contest in contests:
        everything = product(range(len(contest.marks)), repeat=len(contest.rows))
        legal = [marks for marks in everything if within_rules(contest, marks)]
        vectors = [bits_of(contest, marks) for marks in legal]
        assert len(set(vectors)) == len(legal)
        assert satisfying(compile_contest(contest)) == set(vectors), contest.limits


def test_every_ballot_outside_the_rules_has_no_bits() -> None:
    refused = 0
    for contest in small_contests():
        for marks in product(range(len(contest.marks)), repeat=len(contest.rows)):
            if not within_rules(contest, marks):
                refused += 1
                with pytest.raises(InputError):
                    bits_of(contest, marks)
    assert refused > 500


def test_counters_say_how_often_each_mark_was_given() -> None:
    contest = small_contest(rows=3)
    relation = compile_contest(contest)
    for marks in product(range(3), repeat=3):
        bits = bits_of(contest, marks)
        counted = [evaluate_form(counter, bits) for counter in relation.counters]
        assert counted == [int(marks[row] == mark) for row in range(3) for mark in range(2)]


def test_the_order_of_bits_counters_and_equations_is_that_of_the_specification() -> None:
    contest = small_contest(rows=2, marks=("x", "y", "z"), at_most={"y": 2}, at_least={"x": 1})
    relation = compile_contest(contest)
    assert relation.bits == 6 + 2 + 1
    assert relation.counters == (((0, 1),), ((1, 1),), ((3, 1),), ((4, 1),))
    assert relation.equations == (
        Equation(((0, 1), (1, 1), (2, 1)), 1),
        Equation(((3, 1), (4, 1), (5, 1)), 1),
        Equation(((1, 1), (4, 1), (6, 1), (7, 2)), 2),
        Equation(((0, 1), (3, 1), (8, -1)), 1),
    )
    assert bits_of(contest, (0, 2)) == (1, 0, 0, 0, 0, 1, 0, 1, 0)
    assert slack_bits(contest, (0, 1)) == (1, 0, 0)


@pytest.mark.parametrize(
    ("rows", "limit", "length"),
    [
        (3, Limit(At.MOST, 0, "approve"), 0),
        (3, Limit(At.MOST, 3, "approve"), 2),
        (4, Limit(At.MOST, 4, "approve"), 3),
        (3, Limit(At.LEAST, 3, "approve"), 0),
        (3, Limit(At.LEAST, 0, "approve"), 2),
        (60, Limit(At.MOST, 33, "approve"), 6),
        (200, Limit(At.LEAST, 0, "approve"), 8),
    ],
)
def test_slack_has_the_bits_of_its_largest_value(rows: int, limit: Limit, length: int) -> None:
    assert slack_length(with_limits(rows, 3, ()), limit) == length


def test_the_largest_contest_compiles() -> None:
    marks = tuple(f"m{number}" for number in range(8))
    contest = small_contest(200, marks, at_most=dict.fromkeys(marks, 200))
    relation = compile_contest(contest)
    assert (relation.bits, len(relation.counters), len(relation.equations)) == (1600 + 64, 1400, 208)


def test_compiling_is_done_once_for_equal_contests() -> None:
    assert compile_contest(small_contest()) is compile_contest(small_contest())


@pytest.mark.parametrize("count", [-1, 3])
def test_a_limit_out_of_bounds_is_refused_even_without_the_reader(count: int) -> None:
    contest = replace(small_contest(rows=2), limits=(Limit(At.MOST, count, "approve"),))
    with pytest.raises(VerificationError, match=r"contest\.limits\[0\]\.count") as caught:
        compile_contest(contest)
    assert caught.value.code == "V6.A"


def test_sums_of_coefficients_stay_below_two_to_the_31() -> None:
    check_bounds(Relation(1, (((0, 2147),),), (Equation(((0, -(2**30)),), 2**30 - 1),)))
    with pytest.raises(VerificationError, match="equation 0") as caught:
        check_bounds(Relation(1, (), (Equation(((0, -(2**30)),), 2**30),)))
    assert caught.value.code == "V6.A"
    with pytest.raises(VerificationError, match="counter 0") as caught:
        check_bounds(Relation(1, (((0, 2148),),), ()))
    assert caught.value.code == "V6.A"
