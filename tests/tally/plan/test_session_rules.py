"""The county's own rule sets of a session."""

import pytest

from tally.plan import contests, read_plan
from tally.plan.problems import InputErrors
from tests.tally.plan.files import SESSION, small_files
from tests.tally.rules.county_files import TEXT

WITH_RULES = SESSION.replace('roll = "roll.csv"', 'roll = "roll.csv"\nrules = ["qinglan-election.toml"]').replace(
    '"election_local_2020"', '"qinglan_election"'
)


def files(session: str = WITH_RULES, text: str = TEXT, **others: str) -> dict[str, bytes]:
    given = {f"{name}.toml": content.encode() for name, content in others.items()}
    return {**small_files(session_toml=session), "qinglan-election.toml": text.encode(), **given}


def define(given: dict[str, bytes]) -> None:
    plan = read_plan(given)
    contests(plan, plan.rule_sets)


def problems(*args: str, **others: str) -> list[str]:
    with pytest.raises(InputErrors) as caught:
        define(files(*args, **others))
    return [str(problem) for problem in caught.value.problems]


def test_a_contest_is_decided_by_the_county_s_own_rules() -> None:
    plan = read_plan(files())
    (contest,) = contests(plan, plan.rule_sets)
    assert contest.rules.id == "qinglan_election"
    assert [rules.id for rules in plan.county_rules] == ["qinglan_election"]
    assert "election_local_2020" in plan.rule_sets


def test_a_file_that_the_session_does_not_name_is_not_used() -> None:
    named = 'rules = ["qinglan-election.toml"]\n'
    assert read_plan(files(SESSION)).county_rules == ()
    (problem,) = problems(WITH_RULES.replace(named, ""))
    assert '"qinglan_election" is not known' in problem


def test_a_parent_need_not_be_named() -> None:
    plan = read_plan(files(text=TEXT.replace("election_local_2020", "base"), base=TEXT))
    assert len(plan.county_rules) == 1


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ('["qinglan-electoin.toml"]', 'key rules: there is no file of rules "qinglan-electoin.toml". Did you mean'),
        ('["zzz"]', "Put the .toml file beside session.toml"),
        ('["session.toml"]', "there is no file of rules"),
        ('["../x.toml"]', "there is no file of rules"),
        ('"qinglan-election.toml"', "is not a list of names"),
        (str(["qinglan-election.toml"] * 33), "names 33 files. Name at most 32"),
        ('["qinglan-election.toml", "qinglan-election.toml"]', '"qinglan_election" is also the id of qinglan'),
    ],
)
def test_names_that_are_refused(names: str, said: str) -> None:
    assert said in "\n".join(problems(WITH_RULES.replace('["qinglan-election.toml"]', names)))


def test_a_wrong_file_is_refused_with_all_other_problems() -> None:
    found = problems(WITH_RULES.replace("seats = 2", "seats = 9"), TEXT.replace('"gt"', "0.5"))
    assert any(problem.startswith("qinglan-election.toml, field elect.op: 0.5") for problem in found)
    assert any("9 seats for 3 candidates" in problem for problem in found)


@pytest.mark.parametrize(
    ("since", "until", "in_force"),
    [
        ("2026-12-08", "2026-12-08", True),
        ("2026-12-09", "", False),
        ("", "2026-12-07", False),
        ("2026", "2026", True),
        ("2027", "", False),
        ("", "2025", False),
        ("2026-12", "2026-12", True),
    ],
)
def test_rules_must_be_in_force_on_the_day_of_the_session(since: str, until: str, in_force: bool) -> None:
    text = f'{TEXT}effective_from = "{since}"\neffective_until = "{until}"\n'
    if in_force:
        plan = read_plan(files(text=text))
        assert len(contests(plan, plan.rule_sets)) == 1
    else:
        (problem,) = problems(text=text)
        assert f"is in force from {since or '…'} to {until or '…'}, and the session is on 2026-12-08" in problem


def test_a_superseded_packaged_set_is_told_and_not_refused() -> None:
    session = SESSION.replace("election_local_2020", "election_grassroots_1990")
    plan = read_plan(small_files(session_toml=session))
    (note,) = plan.notes
    assert "election_grassroots_1990" in note
    assert "1990 至 2020" in note
    assert len(contests(plan, plan.rule_sets)) == 1
