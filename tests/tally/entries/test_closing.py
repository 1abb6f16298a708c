"""Bodies of closing and verification (SPEC §8.5, §9.3)."""

import json

import pytest

from tally.entries.bodies import parse_body
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError
from voting_core.params import MAX_BALLOTS


@pytest.mark.parametrize("type_", [EntryType.CONTEST_CLOSED, EntryType.KIOSK_REPORTED, EntryType.RECORD_VERIFIED])
@pytest.mark.parametrize("field", ["cast", "challenged"])
@pytest.mark.parametrize("value", [-1, MAX_BALLOTS + 1, False])
def test_numbers_of_ballots(type_: EntryType, field: str, value: object) -> None:
    body = json.loads(canonical(SAMPLES[type_].to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(type_, {**body, field: value})
    assert caught.value.code == "V2.B"
