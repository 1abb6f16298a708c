"""Bodies that hold a ballot (SPEC §5.5, §8.4)."""

import json
from typing import Any

import pytest

from tally.entries.bodies import parse_body
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import BALLOT, SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError


def refused(type_: EntryType, change: dict[str, Any]) -> str:
    value = json.loads(canonical(SAMPLES[type_].to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(type_, {**value, **change})
    return caught.value.code


@pytest.mark.parametrize("type_", [EntryType.BALLOT_CAST, EntryType.BALLOT_CHALLENGED])
def test_the_ballot_is_read_as_strictly_as_its_entry(type_: EntryType) -> None:
    ballot = json.loads(canonical(BALLOT.to_json()))
    for field in ballot:
        assert refused(type_, {"ballot": {key: item for key, item in ballot.items() if key != field}}) == "V2.B"
        assert refused(type_, {"ballot": {**ballot, field: 1}}) == "V2.B"
    assert refused(type_, {"ballot": {**ballot, "time": 1}}) == "V2.B"
    for run in ("ciphertexts", "argument"):
        assert refused(type_, {"ballot": {**ballot, run: ballot[run] + "="}}) == "V2.D"
        assert refused(type_, {"ballot": {**ballot, run: "\u00e4" + ballot[run]}}) == "V2.D"


@pytest.mark.parametrize(
    "change", [{"marks": [8]}, {"marks": [-1]}, {"marks": [True]}, {"marks": [0] * 201}, {"seed": "00" * 31}]
)
def test_marks_and_seed_of_a_challenged_ballot(change: dict[str, Any]) -> None:
    assert refused(EntryType.BALLOT_CHALLENGED, change) == "V2.B"


def test_the_id_of_an_assistance_has_16_bytes() -> None:
    assert refused(EntryType.BALLOT_ASSISTED, {"id": "00" * 15}) == "V2.B"
