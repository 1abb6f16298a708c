"""session.created and the entries around it (SPEC §8.2, §8.4)."""

import json
from typing import Any

import pytest

from tally.entries.bodies import parse_body
from tally.entries.entry_type import EntryType
from tally.entries.session import SessionCreated
from tests.support.sample_bodies import KEY, OTHER, SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError
from voting_core.framing import digest
from voting_core.params import Tag


def created() -> SessionCreated:
    body = SAMPLES[EntryType.SESSION_CREATED]
    assert isinstance(body, SessionCreated)
    return body


def test_the_session_id_is_the_hash_of_the_body() -> None:
    assert created().session_id == digest(Tag.SESSION, canonical(created().to_json()))


@pytest.mark.parametrize(
    "change",
    [
        {"protocol": "plenum-v2"},
        {"spec": "1.1"},
        {"kind": "election"},
        {"date": "2026-02-30"},
        {"date": "2026-9-21"},
        {"date": "21.09.2026"},
        {"title": ""},
        {"threshold": 0},
        {"threshold": 16},
        {"trustees": 16},
        {"officials": [KEY.hex()]},
        {"officials": [KEY.hex(), KEY.hex()]},
        {"officials": [OTHER.hex(), KEY.hex()]},
        {"nonce": "00" * 31},
    ],
)
def test_other_values_are_refused(change: dict[str, Any]) -> None:
    value = json.loads(canonical(created().to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(EntryType.SESSION_CREATED, {**value, **change})
    assert caught.value.code == "V2.B"
