import pytest

from tally.drafting.starters import SAMPLE, STARTERS, samples_left, starter_files
from tally.drafting.survey import survey
from tests.tally.drafting.folders import example_files
from voting_core.errors import InputError


@pytest.mark.parametrize("starter", [starter.id for starter in STARTERS])
def test_every_folder_is_a_session_by_itself(starter: str) -> None:
    found = survey(starter_files(starter))
    assert [str(problem) for problem in found.problems] == []
    assert found.plan is not None
    names = [person.name for person in found.plan.roll.people]
    names += [row.name for contest in found.plan.contests for row in contest.rows if row.number != "motion"]
    assert all(name.startswith(SAMPLE) for name in names)
    assert samples_left(found) == len(names) + len(found.plan.scrutineers.names)


def test_no_sample_is_left_in_a_real_session() -> None:
    assert samples_left(survey(example_files())) == 0
    assert samples_left(survey({})) == 0


@pytest.mark.parametrize("name", ["", "..", "../starters/blank", "none"])
def test_other_folders_are_not_opened(name: str) -> None:
    with pytest.raises(InputError, match="not known"):
        starter_files(name)
