import pytest

from api.errors import MissingError
from api.services.planned import planned_contest, planned_contests
from tests.api.hall import Hall
from tests.api.setting_up import put_example
from tests.support.coroutines import run


def test_without_a_draft_nothing_is_planned(hall: Hall) -> None:
    assert run(planned_contests(hall.service)) == ()
    with pytest.raises(MissingError):
        run(planned_contest(hall.service, "report"))


def test_the_contests_of_the_draft_are_planned(empty_hall: Hall) -> None:
    put_example(empty_hall)
    found = run(planned_contests(empty_hall.service))
    assert len(found) > 2
    one = run(planned_contest(empty_hall.service, found[0].contest.id))
    assert one == found[0]
    with pytest.raises(MissingError):
        run(planned_contest(empty_hall.service, "none"))
