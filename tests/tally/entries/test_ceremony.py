"""Bodies of the ceremony (SPEC §6, §8.4)."""

import json
from typing import Any

import pytest

from tally.entries.bodies import parse_body
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError


@pytest.mark.parametrize(
    ("type_", "change"),
    [
        (EntryType.TRUSTEE_JOINED, {"index": 0}),
        (EntryType.TRUSTEE_JOINED, {"index": 16}),
        (EntryType.TRUSTEE_JOINED, {"name": ""}),
        (EntryType.DKG_COMMITTED, {"attempt": 0}),
        (EntryType.DKG_COMPLAINED, {"dealer": 0}),
        (EntryType.DKG_FAULTED, {"missing": "joined"}),
        (EntryType.DKG_REVEALED, {"shares": [{"box": "AAAA", "to": 0}]}),
        (EntryType.DKG_REVEALED, {"shares": [{"box": "AAAA", "to": 1}] * 16}),
    ],
)
def test_indices_attempts_and_names_are_in_range(type_: EntryType, change: dict[str, Any]) -> None:
    value = json.loads(canonical(SAMPLES[type_].to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(type_, {**value, **change})
    assert caught.value.code == "V2.B"


def test_how_many_commitments_and_how_long_a_box_is_replay_decides() -> None:
    value = json.loads(canonical(SAMPLES[EntryType.DKG_REVEALED].to_json()))
    parse_body(EntryType.DKG_REVEALED, {**value, "commitments": "AAAA", "shares": [{"box": "", "to": 1}]})
