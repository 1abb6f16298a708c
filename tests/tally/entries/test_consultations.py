"""The body of a written consultation (SPEC §8.4)."""

import json

import pytest

from tally.entries.bodies import parse_body
from tally.entries.consultations import ConsultationRecorded
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import SAMPLES
from voting_core.codec import JsonObject, canonical
from voting_core.errors import VerificationError

TYPE = EntryType.CONSULTATION_RECORDED
VALUE: JsonObject = json.loads(canonical(SAMPLES[TYPE].to_json()))


def test_the_english_title_may_be_empty() -> None:
    body = parse_body(TYPE, {**VALUE, "title": {"en": "", "zh": "人选"}})
    assert isinstance(body, ConsultationRecorded)
    assert body.title_en == ""


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"en": "x", "zh": ""}},
        {"title": {"zh": "x"}},
        {"title": {"en": "x", "zh": "x", "more": "x"}},
        {"decided_by": "plenum"},
        {"members": 0},
        {"alternates": -1},
        {"id": "Not An Id"},
    ],
)
def test_other_bodies_are_refused(change: JsonObject) -> None:
    with pytest.raises(VerificationError) as caught:
        parse_body(TYPE, {**VALUE, **change})
    assert caught.value.code == "V2.B"
