import pytest

from api.errors import MissingError, SaidError
from api.services.draft_contests import draft_contest, draft_contests
from tally.entries.contests import rules_hash
from tests.api.hall import Hall
from tests.api.setting_up import put, put_example, stored
from tests.support.coroutines import run
from tests.tally.drafting.folders import draft


def test_the_bodies_define_what_the_draft_says(empty_hall: Hall) -> None:
    put_example(empty_hall)
    found = run(draft_contests(empty_hall.service))
    assert [one.contest.id for one in found] == [plan.id for plan in stored(empty_hall).plan.contests]
    first = found[0]
    assert (first.rules_adopted, first.defined) == (False, False)
    assert rules_hash(first.adoption.rules) == first.contest.rules.hash
    assert first.adoption.id == "election_local_2020"
    assert first.definition.contest == first.contest.to_json()
    assert run(draft_contest(empty_hall.service, "trust")).contest.id == "trust"
    with pytest.raises(MissingError):
        run(draft_contest(empty_hall.service, "other"))


def test_an_unfinished_draft_has_none(empty_hall: Hall) -> None:
    with pytest.raises(SaidError, match="no draft"):
        run(draft_contests(empty_hall.service))
    put(empty_hall, draft(roll_csv="编号,姓名,状态\n"))
    with pytest.raises(SaidError, match="mend them first"):
        run(draft_contests(empty_hall.service))
