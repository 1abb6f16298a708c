"""Methods that cases spell out."""

import pytest

from tally.decide.case_file import Case
from tally.decide.case_methods import check_marks, marks_of, rules_of, weights_of
from voting_core.codec import Fields
from voting_core.errors import EncodingError, InputError, VerificationError

WEIGHTS = {"信任": 100, "基本信任": 60, "不信任": 0}


def case(**fields):
    return Case(id="X", kind="evaluation_single", fields=fields, rule_sets={}, names={})


def test_what_a_case_spells_out():
    params = {
        "weights": WEIGHTS,
        "excluded_from_index": ["弃权"],
        "indicators": [{"id": "distrust", "marks": ["不信任", "弃权"]}],
        "flags": [{"id": "low", "marks": ["信任"], "op": "lt", "frac": [1, 2]}],
    }
    rules, family = rules_of(case(params=params), dict.fromkeys(("信任", "基本信任", "不信任", "弃权"), 1))

    assert (rules.articles, rules.quorum, rules.family) == ((), None, family)
    assert (family.scale, family.denominator.value, family.not_answered) == ("trust4", "valid", ("弃权",))
    assert [(rate.id, rate.marks) for rate in family.indicators] == [("distrust", ("不信任", "弃权"))]
    assert family.flags[0].ratio.en == "fewer than 1/2"


def test_a_packaged_rule_set():
    rules, family = rules_of(case(rule_set="annual_assessment"), {})

    assert rules.id == "annual_assessment"
    assert len(family.flags) == 3
    for name in ("trust_categories", "ticket_2004"):
        with pytest.raises(InputError):
            rules_of(case(rule_set=name), {})


@pytest.mark.parametrize("key", ["indicators", "flags"])
def test_marks_outside_the_scale(key):
    rule = {"id": "x", "marks": ["满意"], **({"op": "ge", "frac": [1, 2]} if key == "flags" else {})}
    with pytest.raises(VerificationError, match="满意"):
        rules_of(case(params={"weights": WEIGHTS, key: [rule]}), WEIGHTS)


def test_a_scale_of_its_own():
    _, family = rules_of(case(params={"weights": {"高": 100, "低": 0}}), {"高": 1, "低": 1})

    assert (family.scale, family.marks) == ("own", ("高", "低"))
    assert [rate.id for rate in family.indicators] == ["rate_高", "rate_低"]


def test_readers():
    fields = Fields({"weights": {"好": 1001}, "marks": [1], "none": {}}, "params")
    with pytest.raises(EncodingError):
        weights_of(fields, "weights")
    with pytest.raises(EncodingError):
        weights_of(fields, "none")
    with pytest.raises(EncodingError):
        marks_of(fields, "marks")
    assert marks_of(fields, "absent") == ()


@pytest.mark.parametrize(("counts", "excluded"), [({"好": 1, "差": 1}, ()), ({"好": 1}, ("好",)), ({"差": 1}, ("差",))])
def test_every_mark_has_a_weight_or_is_left_out(counts, excluded):
    with pytest.raises(VerificationError):
        check_marks(counts, {"好": 100}, excluded)
