"""A scrutineer who has the name of a candidate is told to officials; a name alone decides nothing."""

from tally.plan import read_plan
from tests.tally.plan.files import SESSION, small_files

TRUST = '[[contest]]\nid = "trust"\nkind = "evaluation"\ntitle = "测评"\nrule_set = "trust_default"\nscale = "trust4"\n'


def notes(names: str, session: str = SESSION) -> tuple[str, ...]:
    return read_plan(small_files(session_toml=session.replace('["甲", "乙", "丙"]', names))).notes


def test_a_candidate_of_the_name_is_told_once() -> None:
    first, second = notes('["甲", "吴六", "郑七"]')
    assert first.startswith("监票人 吴六 与候选人同名")
    assert second.startswith("监票人 郑七 与候选人同名")


def test_so_is_a_nominee() -> None:
    votes = SESSION.replace('kind = "election"', 'kind = "ticket_vote"').replace("seats = 2\n", "")
    (note,) = notes('["甲", "乙", "王八"]', votes)
    assert "王八" in note


def test_others_are_not_mentioned() -> None:
    assert notes('["甲", "乙", "丙"]') == ()
    head = SESSION.partition("[[contest]]")[0]
    assert notes('["甲", "乙", "吴六"]', f'{head}{TRUST}subjects = "committee.csv"\n') == ()
