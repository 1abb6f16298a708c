"""Bodies of credential lists (SPEC §7.2, §8.4)."""

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
        (EntryType.CREDENTIALS_ISSUED, {"slot": -1}),
        (EntryType.CREDENTIALS_ISSUED, {"slot": 32}),
        (EntryType.CREDENTIALS_ISSUED, {"class": ""}),
        (EntryType.RESERVE_SEALED, {"count": -1}),
        (EntryType.CREDENTIAL_VOIDED, {"reason": "lost"}),
        (EntryType.CREDENTIAL_VOIDED, {"credential": "0A" * 32}),
    ],
)
def test_slots_classes_counts_and_reasons(type_: EntryType, change: dict[str, Any]) -> None:
    value = json.loads(canonical(SAMPLES[type_].to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(type_, {**value, **change})
    assert caught.value.code == "V2.B"
