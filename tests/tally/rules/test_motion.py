"""The parameters of motions."""

import pytest

from tally.rules.loader import load_rule_set
from tally.rules.motion import MotionRules, read_motion
from voting_core.codec import Fields


@pytest.mark.parametrize("name", ["resolution_default", "resolution_adopt_method_1994", "discipline_constitution"])
def test_parameters_are_read_as_they_are_written(name):
    family = load_rule_set(name).family

    assert isinstance(family, MotionRules)
    assert read_motion(Fields(family.to_json(), name)) == family
