import re
import tomllib

import pytest

from tally.plan.fields import TomlFields
from tally.plan.problems import InputErrors, Problems


def fields(text: str) -> tuple[TomlFields, Problems]:
    problems = Problems()
    return TomlFields(tomllib.loads(text), "file, [x]", problems), problems


def refused(problems: Problems) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    return caught.value


def test_what_is_written_is_read() -> None:
    read, problems = fields('t = " 甲 "\nn = 3\nd = 2026-12-08\ns = "2026-12-09"\nl = ["甲", "甲"]\nc = "a"')
    assert read.text("t") == "甲"
    assert read.integer("n", 1, 5) == 3
    assert (read.day("d"), read.day("s")) == ("2026-12-08", "2026-12-09")
    assert read.names("l") == ("甲", "甲")
    assert read.choice("c", ("a", "b")) == "a"
    assert read.choice("other", ("a", "b"), "b") == "b"
    assert read.integer("other", 1, 5, default=0) == 0
    assert read.optional_text("other") == ""
    read.done()
    problems.refuse()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "the key k is missing"),
        ("k = 3", '"3" is not text'),
        ('k = ""', "is empty"),
        ('k = "  "', "is empty"),
        ('k = "ABC"', "another form"),
        ('k = "a\\u0007"', "control character"),
    ],
)
def test_text_that_is_refused(line: str, problem: str) -> None:
    read, problems = fields(line)
    read.text("k", form=re.compile("[a-z]+"))
    error = refused(problems)
    assert problem in error.problem
    assert error.place.startswith("file, [x]")


@pytest.mark.parametrize("line", ["k = 0", "k = 6", "k = true", 'k = "3"', "k = 3.0", "", "k = 999999999999999999999"])
def test_integers_that_are_refused(line: str) -> None:
    read, problems = fields(line)
    assert read.integer("k", 1, 5) == 1
    assert refused(problems).total == 1


@pytest.mark.parametrize(
    "line", ["k = 2026-12-08T10:00:00", 'k = "2026-13-01"', 'k = "8.12.2026"', "k = 20261208", "", 'k = "2026-02-30"']
)
def test_days_that_are_refused(line: str) -> None:
    read, problems = fields(line)
    assert read.day("k") == ""
    refused(problems)


@pytest.mark.parametrize("line", ['k = "甲"', "k = [1]", 'k = ["甲", ""]', "", 'k = [["甲"]]'])
def test_lists_of_names_that_are_refused(line: str) -> None:
    read, problems = fields(line)
    read.names("k")
    refused(problems)


@pytest.mark.parametrize("line", ['k = "c"', "k = 1", "", "k = []"])
def test_choices_that_are_refused(line: str) -> None:
    read, problems = fields(line)
    assert read.choice("k", ("a", "b")) == ""
    refused(problems)


def test_a_mistyped_key_is_not_ignored() -> None:
    read, problems = fields("treshold = 3")
    read.integer("threshold", 1, 5, default=2)
    read.raw("names")
    read.done()
    error = refused(problems)
    assert any('"treshold" is not known' in problem.problem for problem in error.problems)
    assert "threshold" not in error.problem
