"""Nobody counts a vote in which he stands."""

import pytest

from tally.plan import read_plan
from tally.plan.problems import InputErrors
from tests.tally.plan.files import SESSION, small_files

TRUST = '[[contest]]\nid = "trust"\nkind = "evaluation"\ntitle = "测评"\nrule_set = "trust_default"\nscale = "trust4"\n'


def files(names: str, session: str = SESSION) -> dict[str, bytes]:
    return small_files(session_toml=session.replace('["甲", "乙", "丙"]', names))


def test_a_candidate_is_no_scrutineer() -> None:
    with pytest.raises(InputErrors) as caught:
        read_plan(files('["甲", "吴六", "吴六", "郑七"]'))
    assert [problem.problem for problem in caught.value.problems] == [
        '"吴六" stands in the contest "committee"',
        '"郑七" stands in the contest "committee"',
    ]
    assert caught.value.place == "session.toml, [scrutineers], key names"


def test_nor_is_a_nominee() -> None:
    votes = SESSION.replace('kind = "election"', 'kind = "ticket_vote"').replace("seats = 2\n", "")
    with pytest.raises(InputErrors, match="stands in the contest"):
        read_plan(files('["甲", "乙", "王八"]', votes))


def test_another_person_of_the_name_is_told_apart() -> None:
    assert read_plan(files('["甲", "乙", "吴六（柳河镇）"]')).scrutineers.names[2] == "吴六（柳河镇）"


def test_who_is_only_evaluated_stands_in_nothing() -> None:
    head = SESSION.partition("[[contest]]")[0]
    assert read_plan(files('["甲", "乙", "吴六"]', f'{head}{TRUST}subjects = "committee.csv"\n')).scrutineers
