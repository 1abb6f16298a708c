"""A scrutineer who has the name of a candidate is told to officials; a name alone decides nothing."""

import pytest

from tally.plan import InputErrors, read_plan
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


ROLL = "编号,姓名,状态\nA1,吴六,正常\n2,吴六,正常\n"


def with_numbers(numbers: str, where: str = "scrutineers") -> tuple[str, ...]:
    people = f'names = ["甲", "吴六"]\nnumbers = {numbers}\n'
    session = SESSION.replace('names = ["甲", "乙", "丙"]', people)
    if where == "counters":
        session = f"{SESSION}[counters]\n{people}"
    return read_plan(small_files(session_toml=session, roll_csv=ROLL)).notes


@pytest.mark.parametrize("where", ["scrutineers", "counters"])
def test_who_has_the_number_of_a_candidate_is_refused(where: str) -> None:
    with pytest.raises(InputErrors, match=f"{where}.: A1 吴六 stands in committee"):
        with_numbers('["", "A1"]', where)


def test_another_number_of_the_roll_is_another_person() -> None:
    assert with_numbers('["", "2"]') == ()


def test_without_a_number_the_name_is_told_for_counters_too() -> None:
    assert len(with_numbers('["", ""]')) == 1
    assert len(with_numbers('["", ""]', "counters")) == 1


def test_who_was_stated_to_be_another_person_is_not_told_again() -> None:
    assert notes('["甲", "乙", "吴六"]\ndifferent = ["吴六"]') == ()


def test_a_table_with_numbers_of_its_own_is_no_roll() -> None:
    roll = "编号,姓名,状态\nA1,甲,正常\n"
    session = SESSION.replace('names = ["甲", "乙", "丙"]', 'names = ["甲", "乙"]\nnumbers = ["A1", ""]')
    assert read_plan(small_files(session_toml=session, roll_csv=roll)).notes == ()
