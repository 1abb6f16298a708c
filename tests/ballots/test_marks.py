"""Complete and check the marks of a ballot (SPEC §4.4)."""

import pytest
from hypothesis import given

from ballots.contest import At, Contest, Limit
from ballots.marks import BrokenLimit, broken_limits, check_marks, complete_marks
from tests.support.builders import small_contest
from tests.support.contest_strategies import contests_with_marks
from voting_core.errors import InputError


def test_marks_come_in_the_order_of_rows() -> None:
    contest = small_contest(rows=3)
    given_marks = {"0003": "abstain", "0001": "disapprove", "0002": "approve"}
    assert complete_marks(contest, given_marks) == (1, 0, 2)


def test_a_row_left_out_counts_as_blank() -> None:
    contest = small_contest(rows=3, blank="abstain")
    assert complete_marks(contest, {"0002": "approve"}) == (2, 0, 2)
    assert complete_marks(contest, {}) == (2, 2, 2)


def message(contest: Contest, marks: dict[str, str], place: str = "") -> str:
    with pytest.raises(InputError) as caught:
        complete_marks(contest, marks, place)
    return str(caught.value)


def test_an_unknown_row_is_named() -> None:
    said = message(small_contest(blank="abstain"), {"9999": "approve"})
    assert said == 'committee: there is no row "9999" in this contest. Use the ids of its table'


def test_an_unknown_mark_is_named_with_its_row() -> None:
    said = message(small_contest(), {"0001": "approve", "0002": "赞成"})
    assert said == (
        'committee: row "0002" (王桂敏) has the unknown mark "赞成". Use one of "approve", "disapprove", "abstain"'
    )


def test_a_missing_mark_is_named_where_every_row_must_be_marked() -> None:
    contest = small_contest()
    assert message(contest, {"0001": "approve"}, "votes.jsonl, line 7") == (
        'votes.jsonl, line 7: row "0002" (王桂敏) is left without a mark. '
        'Give each one of "approve", "disapprove", "abstain"'
    )
    assert message(contest, {}).startswith('committee: rows "0001" (李红香), "0002" (王桂敏) are left without a mark.')


def test_many_missing_marks_are_counted() -> None:
    assert '"0005" (欧阳志远) and 15 more are left' in message(small_contest(rows=20), {})


def test_too_many_of_a_mark_is_told_with_both_numbers() -> None:
    contest = small_contest(rows=60, at_most={"approve": 33}, blank="abstain")
    marks = {row.id: "approve" for row in contest.rows[:34]}
    assert message(contest, marks) == (
        'committee: 34 rows are marked "approve", at most 33 are allowed. Give 1 of them another mark'
    )


def test_too_few_of_a_mark_is_told_with_both_numbers() -> None:
    contest = small_contest(rows=3, at_least={"approve": 2}, blank="abstain")
    assert message(contest, {"0001": "approve"}) == (
        'committee: 1 row is marked "approve", at least 2 are required. Give this mark to 1 more'
    )


def test_one_is_said_in_the_singular() -> None:
    contest = small_contest(rows=3, at_most={"approve": 1}, at_least={"abstain": 1}, blank="approve")
    assert '3 rows are marked "approve", at most 1 is allowed' in message(contest, {})
    marks = {"0001": "approve", "0002": "disapprove", "0003": "disapprove"}
    assert '0 rows are marked "abstain", at least 1 is required' in message(contest, marks)


@pytest.mark.parametrize("marks", [(0,), (0, 0, 0), (), (0, 3), (-1, 0), (0, True), (0, 1.0), ("0", 1)])
def test_only_one_mark_index_for_each_row_passes(marks: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="committee: "):
        check_marks(small_contest(), marks)


def test_broken_limits_are_listed_in_order() -> None:
    contest = small_contest(rows=3, at_most={"approve": 1, "abstain": 3}, at_least={"disapprove": 2})
    assert broken_limits(contest, (0, 0, 2)) == (
        BrokenLimit(Limit(At.MOST, 1, "approve"), 2),
        BrokenLimit(Limit(At.LEAST, 2, "disapprove"), 0),
    )
    assert broken_limits(contest, (0, 1, 1)) == ()


@given(contests_with_marks())
def test_what_is_given_by_name_is_what_is_checked_by_number(case: tuple[Contest, tuple[int, ...]]) -> None:
    contest, marks = case
    named = {row.id: contest.marks[mark] for row, mark in zip(contest.rows, marks, strict=True)}
    if broken_limits(contest, marks):
        with pytest.raises(InputError):
            complete_marks(contest, named)
    else:
        assert complete_marks(contest, named) == marks


def test_what_somebody_gave_is_shown_short_and_without_effect_on_a_terminal() -> None:
    said = message(small_contest(blank="abstain"), {"\x1b[2J" + "9" * 1000: "approve"})
    assert said == f'committee: there is no row "\\u001b[2J{"9" * 36}…" in this contest. Use the ids of its table'
