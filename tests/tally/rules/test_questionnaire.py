"""The parameters of questionnaires."""

from tally.rules.loader import load_rule_set
from tally.rules.questionnaire import OptionOrder, QuestionnaireRules, read_questionnaire
from voting_core.codec import Fields


def test_parameters_are_read_as_they_are_written():
    rules = load_rule_set("questionnaire_default")

    assert isinstance(rules.family, QuestionnaireRules)
    assert (rules.family.order, rules.quorum) == (OptionOrder.BY_CHOICES, None)
    assert read_questionnaire(Fields(rules.family.to_json(), "questionnaire")) == rules.family
