"""Nominees who failed before, through plans that name them."""

import dataclasses

import pytest

from tally.plan import SessionPlan, contests, read_plan
from tally.plan.problems import InputErrors
from tally.rules.loader import load_rule_set
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import AfterTwoFailures, SecondTry
from tests.tally.plan.files import SESSION, small_files

TICKET = """
[[contest]]
id = "mayors"
kind = "ticket_vote"
title = "镇长"
rule_set = "ticket_2004"
candidates = "m.csv"
"""
EARLIER = f"""
[earlier]
id = "s-1"
title = "上次"
date = 2025-12-08
session = "{"ab" * 32}"
fingerprint = "{"-".join(["2W5N"] * 8)}"
record = "{"cd" * 32}"
failed_nominees = "f.csv"
"""
MAYORS = "编号,姓名,性别,乡镇,推荐职务\nM1,蔡玉,女,石桥镇,镇长\nM2,李娟,女,东河镇,镇长\n"
FAILED = "姓名,性别,职务,未通过次数,会议\n蔡玉,女,石桥镇 镇长,{},{}\n"
RULES = load_rule_set("ticket_2004")


def plan(times: int = 2, sessions: str = "s-0；s-1", mayors: str = MAYORS, more: str = "") -> SessionPlan:
    toml = SESSION + TICKET + more + EARLIER
    return read_plan(small_files(session_toml=toml, m_csv=mayors, f_csv=FAILED.format(times, sessions)))


def judge(given: SessionPlan, rules: RuleSet = RULES) -> None:
    contests(given, {"ticket_2004": rules, "election_local_2020": load_rule_set("election_local_2020")})


def refused(given: SessionPlan) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        judge(given)
    return caught.value


def renomination(**changes: object) -> RuleSet:
    family = dataclasses.replace(RULES.family, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(RULES, family=family)


def test_twice_failed_is_barred_from_the_same_post() -> None:
    error = refused(plan(times=2))
    assert error.place == 'session.toml, [[contest]] 2 ("mayors"), row M1 (蔡玉)'
    assert 'failed 2 times for "石桥镇 镇长" (s-0, s-1), f.csv, line 2' in error.problem
    assert "bars the same post" in error.problem
    assert error.total == 1


def test_once_failed_may_try_again_and_it_is_noted() -> None:
    given = plan(times=1, sessions="s-1")
    judge(given)
    (note,) = given.notes
    assert "row M1 (蔡玉)" in note
    assert "failed once" in note


def test_rules_that_bar_nobody() -> None:
    judge(plan(times=2), renomination(after_two_failures=AfterTwoFailures.NOTHING))


def test_a_second_try_needs_another_meeting() -> None:
    given = plan(times=1, sessions="small")
    assert "asks for another meeting" in refused(given).problem
    judge(given, renomination(second_try=SecondTry.ANY_MEETING))


def test_twice_for_one_post_in_one_meeting() -> None:
    again = TICKET.replace('"mayors"', '"again"')
    given = plan(times=1, sessions="s-1", mayors=MAYORS.replace("M1,蔡玉", "M1,杨光"), more=again)
    error = refused(given)
    assert "is put forward twice" in error.problem
    assert 'contest]] 3 ("again"), row M1' in error.place
    judge(given, renomination(second_try=SecondTry.ANY_MEETING))


@pytest.mark.parametrize(("old", "new"), [("石桥镇,镇长", "石桥镇,书记"), ("石桥镇", "青岚镇"), ("蔡玉,女", "蔡玉,男")])
def test_another_post_or_another_person_is_not_barred(old: str, new: str) -> None:
    given = plan(times=2, mayors=MAYORS.replace(old, new))
    judge(given)
    assert given.notes == ()


def test_an_unknown_rule_set_is_refused_once() -> None:
    given = plan(times=2)
    with pytest.raises(InputErrors) as caught:
        contests(given, {"election_local_2020": load_rule_set("election_local_2020")})
    assert caught.value.total == 1
