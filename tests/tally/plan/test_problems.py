import pytest

from tally.plan.problems import MAX_SHOWN, InputErrors, Problems, shown
from voting_core.errors import InputError


def test_nothing_noted_refuses_nothing() -> None:
    Problems().refuse()


def test_all_problems_are_in_one_error() -> None:
    problems = Problems()
    problems.add("a.csv, line 2", "is wrong", "Mend it")
    problems.add("b.csv, line 3", "is worse", "Mend it too")
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert [problem.place for problem in caught.value.problems] == ["a.csv, line 2", "b.csv, line 3"]
    assert str(caught.value) == "a.csv, line 2: is wrong. Mend it\nb.csv, line 3: is worse. Mend it too"


def test_whoever_handles_one_input_error_handles_many() -> None:
    problems = Problems()
    problems.add("a", "b", "c")
    with pytest.raises(InputError) as caught:
        problems.refuse()
    assert (caught.value.place, caught.value.problem, caught.value.remedy) == ("a", "b", "c")


def test_thousands_of_problems_are_counted_and_the_first_shown() -> None:
    problems = Problems()
    for number in range(5000):
        problems.add(f"line {number}", "is wrong", "Mend it")
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert caught.value.total == problems.count == 5000
    assert len(caught.value.problems) == MAX_SHOWN
    assert str(caught.value).endswith(f"and {5000 - MAX_SHOWN} more")


def test_values_are_quoted_short_and_visible() -> None:
    assert shown("张三") == '"张三"'
    assert shown("a\x1b[2J\u200b") == '"a\\u001b[2J\\u200b"'
    assert shown("x" * 100) == '"' + "x" * 40 + '…"'
    assert shown(7) == '"7"'


def test_all_problems_are_kept_where_each_is_listed() -> None:
    problems = Problems(most=None)
    for number in range(MAX_SHOWN + 1):
        problems.add(str(number), "x", "y")
    assert len(problems.found) == problems.count == MAX_SHOWN + 1
