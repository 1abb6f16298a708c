import pytest

from ballots.contest import Kind
from tally.decide import Attendance
from tally.report.evaluated import EVERYBODY, ONESELF, delays, evaluated, evaluation_rules, may_be_told
from tests.tally.decide.contests import changed_rules
from tests.tally.report.samples import TRUST, election, facts, people

FLAG = {"id": "distrust", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}


def trust(*counts, rules=TRUST, returned=0):
    returned = returned or sum(counts[0])
    return facts(Kind.EVALUATION, people(len(counts)), Attendance(312, 305, 305, returned), counts, rules, title="测评")


def test_what_the_outcome_says_is_shown() -> None:
    (one,) = evaluated(trust((200, 60, 30, 10)))
    assert not one.withheld
    assert one.counts == (200, 60, 30, 10)
    assert one.rates[0] == ("rate_trust", ("信任",), 200, 300)
    assert one.index == "81.38"
    assert one.flags == ()


@pytest.mark.parametrize(("valid", "withheld"), [(7, True), (8, False), (9, False)])
def test_too_few_ballots_withhold_everything(valid: int, withheld: bool) -> None:
    (one,) = evaluated(trust((valid, 0, 0, 0)))
    assert one.withheld == withheld
    assert (one.counts, one.rates, one.index) == (((), (), "") if withheld else ((valid, 0, 0, 0), one.rates, "100.00"))


@pytest.mark.parametrize(("distrust", "tripped"), [(99, False), (100, False), (101, True)])
def test_a_flag_has_its_fraction(distrust: int, tripped: bool) -> None:
    (one,) = evaluated(trust((300 - distrust, 0, distrust, 0), rules=changed_rules(TRUST, flags=[FLAG])))
    assert one.flags == ((("不信任",), "超过三分之一", distrust, 300, tripped),)


def test_nothing_is_shown_without_a_quorum() -> None:
    contest = facts(
        Kind.EVALUATION, people(1), Attendance(312, 156, 156, 100), ((100, 0, 0, 0),), TRUST, title="测评"
    )
    assert evaluated(contest)[0].withheld


def test_an_election_is_no_evaluation() -> None:
    with pytest.raises(ValueError, match="no evaluation"):
        evaluated(election(160))


def test_an_item_without_a_rule_is_kept_from_nobody() -> None:
    scopes = [{"item": "rate_trust", "scopes": ["committee"], "delay_days": 3}]
    rules = evaluation_rules(trust((10, 0, 0, 0), rules=changed_rules(TRUST, scopes=scopes)))
    assert not may_be_told(rules, "rate_trust", ONESELF)
    assert may_be_told(rules, "rate_distrust", EVERYBODY)
    assert (delays(rules, ("rate_trust", "index")), delays(rules, ("index",)), delays(rules, ())) == (3, 0, 0)
