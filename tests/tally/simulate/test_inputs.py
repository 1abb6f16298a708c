import dataclasses

import pytest

from tally.simulate.inputs import Contested, Voters
from tests.support.simulation import motion, small_simulation
from tests.tally.decide.evaluations import by_category


def test_a_plan_cannot_be_changed_after_it_was_made() -> None:
    plan = small_simulation()
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.threshold = 1  # type: ignore[misc]


def test_people_and_ballots_of_all_classes_together() -> None:
    contest = by_category()
    given = Contested(contest, 9, (Voters("a", 2, ((0,),)), Voters("b", 0, ()), Voters("c", 5, ((0,), (1,), (2,)))))
    assert (given.present, given.ballots) == (7, 4)


def test_one_class_alone() -> None:
    (voters,) = Contested.by_all(motion(), 9, 7, ((0,), (1,))).voters
    assert (voters.class_id, voters.present, len(voters.ballots)) == ("delegate", 7, 2)
    with pytest.raises(ValueError, match="unpack"):
        Contested.by_all(by_category(), 9, 7, ())
