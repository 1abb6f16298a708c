import pytest

from tally.roll.history import History
from tally.roll.person import Roll
from tests.tally.roll.changes import make_change
from tests.tally.roll.people import make_person
from voting_core.errors import InputError


def test_columns_by_their_meaning() -> None:
    person = make_person("1", 性别="女", 民族="苗族", 代表团="一团", 选举单位="东镇", 单位="西镇", 团长="是")
    assert (person.sex, person.ethnicity, person.delegation) == ("女", "苗族", "一团")
    assert (person.electing_unit, person.is_head) == ("东镇", True)
    bare = make_person("2", 单位="西镇", 团长="否")
    assert (bare.sex, bare.delegation, bare.electing_unit, bare.is_head) == ("", "", "西镇", False)


def test_who_has_no_vote_is_in_no_base() -> None:
    assert not make_person("1", votes=False).should_attend
    assert not make_person("1", votes=False).present
    assert make_person("1", "请假").should_attend
    assert not make_person("1", "请假").present


def test_a_roll_on_another_day_follows_its_history() -> None:
    history = History((make_change("2", "罢免", "2026-05-01"),))
    roll = Roll((make_person("1", "请假"), make_person("2")), day="2026-04-01", history=history)
    assert (roll.should_attend, roll.present) == (2, 1)
    later = roll.on("2026-05-01")
    assert (later.day, later.should_attend, later.present) == ("2026-05-01", 1, 1)
    assert later.people[1].cause is history.changes[0]
    assert roll.on("2026-04-01") is roll


def test_a_roll_without_history_speaks_of_its_day_alone() -> None:
    roll = Roll((make_person("1"),), day="2026-04-01")
    assert roll.on("2026-04-01") is roll
    with pytest.raises(InputError, match="not on 2026-04-02"):
        roll.on("2026-04-02")
