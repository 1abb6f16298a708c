import pytest

from tally.course.step import NAMES, TYPES, StepKey


@pytest.mark.parametrize("key", tuple(StepKey))
def test_every_step_has_a_name_and_its_entries(key: StepKey) -> None:
    assert NAMES[key].zh != NAMES[key].en
    assert TYPES[key]
