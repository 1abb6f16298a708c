"""Bodies of rules, kiosks, contests and attendance (SPEC §8.4)."""

import json
from typing import Any

import pytest

from tally.entries.bodies import parse_body
from tally.entries.contests import ContestOpened, ContestPaused, ContestResumed, RulesAdopted, rules_hash
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError
from voting_core.framing import digest
from voting_core.params import Tag


def test_the_rules_hash_is_that_of_the_rules_alone() -> None:
    rules = {"id": "a", "quorum": 1}
    assert rules_hash(rules) == digest(Tag.RULES, canonical(rules))
    assert RulesAdopted("a", rules).rules_hash == RulesAdopted("b", rules).rules_hash == rules_hash(rules)


def test_bodies_that_look_alike_are_of_different_types() -> None:
    assert ContestOpened("motion") != ContestPaused("motion")
    assert ContestPaused("motion") != ContestResumed("motion")
    assert ContestOpened("motion") == ContestOpened("motion")


@pytest.mark.parametrize(
    "change",
    [
        {"should_attend": 0},
        {"present": -1},
        {"cards": [{"class": "delegate", "drawn": -1, "test": 0}]},
        {"cards": [{"class": "Delegate", "drawn": 1, "test": 0}]},
    ],
)
def test_attendance_is_numbers_of_people_and_cards(change: dict[str, Any]) -> None:
    value = json.loads(canonical(SAMPLES[EntryType.ATTENDANCE_DECLARED].to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(EntryType.ATTENDANCE_DECLARED, {**value, **change})
    assert caught.value.code == "V2.B"
