"""The parameters of evaluations, with everything that the packaged ones leave out."""

import pytest

from tally.rules.evaluation import BandRule, Category, EvaluationRules, Scope, ScopeRule, read_evaluation
from tally.rules.loader import load_rule_set
from tally.rules.threshold import Base, Op, Ratio, Threshold
from voting_core.codec import Fields
from voting_core.errors import EncodingError

FULL = {
    **load_rule_set("excellence_quota").family.to_json(),
    "categories": [{"id": "a", "weight": 60}, {"id": "b", "weight": 40}],
    "empty_category": "renormalise",
    "bands": {
        "indicator": "rate_excellent",
        "list": [{"name": "好", "op": "ge", "frac": [4, 5]}, {"name": "差", "otherwise": True}],
    },
    "selection": {
        "indicator": "rate_excellent",
        "quota": [3, 10],
        "turnout": {"base": "should_attend", "op": "ge", "frac": [4, 5]},
        "least": {"op": "gt", "frac": [1, 2]},
    },
    "scopes": [{"item": "index", "scopes": ["self", "committee"], "delay_days": 3}],
    "flags": [{"id": "low", "marks": ["不称职"], "op": "gt", "frac": [1, 3]}],
}


def test_parameters_are_read_as_they_are_written():
    for name in ("trust_default", "excellence_quota"):
        family = load_rule_set(name).family
        assert isinstance(family, EvaluationRules)
        assert read_evaluation(Fields(family.to_json(), name)) == family


def test_everything_that_may_be_said_is_read_and_written():
    family = read_evaluation(Fields(FULL, "full"))

    assert family.to_json() == FULL
    assert family.categories == (Category("a", 60), Category("b", 40))
    assert family.bands is not None
    assert family.bands.bands == (BandRule("好", Ratio(Op.GE, 4, 5)), BandRule("差", None))
    assert family.selection is not None
    assert (family.selection.quota, family.selection.least) == ((3, 10), Ratio(Op.GT, 1, 2))
    assert family.selection.turnout == Threshold(Base.SHOULD_ATTEND, Ratio(Op.GE, 4, 5))
    assert family.scopes == (ScopeRule("index", (Scope.SELF, Scope.COMMITTEE), 3),)


@pytest.mark.parametrize("key", ["indicators", "flags"])
def test_a_rate_and_a_flag_count_at_least_one_mark(key):
    of_nothing = {**FULL, key: [{**FULL[key][0], "marks": []}]}

    with pytest.raises(EncodingError, match=rf"^full\.{key}\[0\]\.marks: names no mark of the scale$"):
        read_evaluation(Fields(of_nothing, "full"))
