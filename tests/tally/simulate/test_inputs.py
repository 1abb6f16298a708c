import dataclasses

import pytest

from tests.support.simulation import small_simulation


def test_a_plan_cannot_be_changed_after_it_was_made() -> None:
    plan = small_simulation()
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.threshold = 1  # type: ignore[misc]
