import pytest

from tally.course.step import StepKey
from tally.course.then import then


@pytest.mark.parametrize("key", tuple(StepKey))
def test_every_step_says_what_happens_next(key: StepKey) -> None:
    assert then(key).zh != then(key).en


def test_paper_ballots_are_opened_in_other_words() -> None:
    assert "paper" in then(StepKey.OPEN, by_hand=True).en
