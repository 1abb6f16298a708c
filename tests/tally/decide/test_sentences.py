"""What people read about a decision is fixed to the letter, with the point of the rules that each sentence is about."""

import pytest

from tally.decide.cases import run_cases
from tests.tally.decide.sentence_cases import CASES, RULE_SETS, SENTENCES, block

SAID = dict(zip(CASES, SENTENCES.read_text(encoding="utf-8").rstrip("\n").split("\n\n"), strict=True))


@pytest.mark.parametrize("identity", CASES)
def test_what_is_said_of_a_case(identity):
    (result,) = run_cases({"rule_sets": RULE_SETS, "cases": [{"id": identity, **CASES[identity]}]})

    assert block(result) == SAID[identity]
