"""Bodies of shares and counts (SPEC §9.4 to §9.6)."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tally.entries.bodies import parse_body
from tally.entries.counting import TallyShared
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import ROOT, SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError
from voting_core.framing import digest
from voting_core.params import Tag


def test_the_commitment_binds_root_and_every_byte_of_the_share() -> None:
    body = SAMPLES[EntryType.TALLY_SHARED]
    assert isinstance(body, TallyShared)
    assert body.commitment(ROOT) == digest(Tag.SHARE_COMMITMENT, ROOT, canonical(body.to_json()))
    others = [
        body.commitment(bytes(32)),
        replace(body, contest="other").commitment(ROOT),
        replace(body, shares=bytes(64)).commitment(ROOT),
        replace(body, proof=bytes(96)).commitment(ROOT),
    ]
    assert len({body.commitment(ROOT), *others}) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"counts": [[1], "2"]},
        {"counts": [[-1]]},
        {"item_invalid": [-1]},
        {"item_invalid": [0] * 201},
        {"write_ins": [{"approve": 0, "name": "李四"}]},
        {"write_ins": [{"approve": 1, "name": ""}]},
        {"sheet": ""},
    ],
)
def test_a_sheet_is_numbers_and_names(change: dict[str, Any]) -> None:
    value = json.loads(canonical(SAMPLES[EntryType.COUNT_ENTERED].to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(EntryType.COUNT_ENTERED, {**value, **change})
    assert caught.value.code == "V2.B"
