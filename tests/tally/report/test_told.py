from dataclasses import replace
from datetime import date

import pytest

from tally.report.beside import Beside
from tally.report.told import AUDIENCES, evaluation_rules, is_told
from tally.rules.evaluation import Scope
from tests.tally.decide.contests import changed_rules
from tests.tally.report.evaluations import FLAG, THREE, earlier, scopes, told, trust
from tests.tally.report.samples import LONG_NAME, election


def test_without_a_rule_nobody_but_those_who_declare_is_told() -> None:
    contest = trust(*THREE)
    assert not any(is_told(contest, audience) for audience in Scope)
    found = told(contest)
    assert found.rows[0].person.name == LONG_NAME
    assert [rate.rate.numerator for rate in found.rows[0].shown.rates] == [200, 260, 30]
    assert (found.has_index, found.has_flags, found.has_bands, found.is_too_small) == (True, False, False, False)


def test_each_audience_has_what_its_rules_say() -> None:
    rules = changed_rules(
        "trust_default", flags=[FLAG], scopes=[*scopes("public", items=("index",)), *scopes("self", items=("flags",))]
    )
    contest = trust(*THREE, rules=rules)
    assert [audience for audience in AUDIENCES if is_told(contest, audience)] == [Scope.PUBLIC]
    public, own = told(contest, "public"), told(contest, "self", "002")
    assert (public.has_index, public.has_flags) == (True, False)
    assert (own.has_index, own.has_flags) == (False, True)
    assert [row.shown.row for row in own.rows] == ["002"]


def test_a_delay_ends_on_its_day() -> None:
    contest = trust(*THREE, rules=changed_rules("trust_default", scopes=scopes("public", delay=30)))
    assert is_told(contest, Scope.PUBLIC)
    assert not told(contest, "public").has_index
    assert not told(contest, "public", beside=Beside(day=date(2027, 1, 6))).has_index
    assert told(contest, "public", beside=Beside(day=date(2027, 1, 7))).has_index


@pytest.mark.parametrize(("valid", "small"), [(7, True), (8, False), (9, False)])
def test_too_few_ballots_show_nothing(valid: int, small: bool) -> None:
    assert told(trust((valid, 0, 0, 0))).is_too_small is small


def test_the_earlier_result_is_of_number_and_name() -> None:
    beside = Beside(trust=(earlier("000", LONG_NAME, 200), earlier("001", "别人", 100)))
    rows = told(trust(*THREE), beside=beside).rows
    assert [row.earlier.index if row.earlier else None for row in rows] == ["80.00", None, None]


def test_an_election_is_no_evaluation() -> None:
    with pytest.raises(ValueError, match="no evaluation"):
        evaluation_rules(election(160))
    with pytest.raises(ValueError, match="no evaluation"):
        told(replace(trust(*THREE), outcome=election(160).outcome))
