"""Bodies of count sheets and of decisions about boxes (SPEC §8.4)."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ballots.void_reasons import VoidReason
from tally.entries.bodies import parse_body
from tally.entries.entry_type import EntryType
from tally.entries.sheets import CountEntered, VoidBallots, WriteIn
from tests.support.sample_bodies import SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError


def code_of(type_: EntryType, change: dict[str, Any]) -> str:
    value = json.loads(canonical(SAMPLES[type_].to_json()))
    with pytest.raises(VerificationError) as caught:
        parse_body(type_, {**value, **change})
    return caught.value.code


@pytest.mark.parametrize(
    "change",
    [
        {"counts": [[1], "2"]},
        {"counts": [[-1]]},
        {"item_invalid": [-1]},
        {"item_invalid": [0] * 201},
        {"write_ins": [{"approve": 0, "name": "李四"}]},
        {"write_ins": [{"approve": 1, "name": ""}]},
        {"void_reasons": [{"count": 0, "reason": "blank"}]},
        {"void_reasons": [{"count": 1, "reason": "late"}]},
        {"void_reasons": [{"count": 1, "reason": "blank"}] * 7},
        {"sheet": ""},
        {"box": ""},
    ],
)
def test_a_sheet_is_numbers_and_names(change: dict[str, Any]) -> None:
    assert code_of(EntryType.COUNT_ENTERED, change) == "V2.B"


@pytest.mark.parametrize("change", [{"decision": "wait"}, {"decision": ""}, {"box": ""}, {"sheet": ""}])
def test_a_box_is_counted_or_the_vote_is_void(change: dict[str, Any]) -> None:
    assert code_of(EntryType.BOX_SETTLED, change) == "V2.B"


def test_slips_without_numbers_say_that_nobody_was_written_in() -> None:
    body = CountEntered.slips("committee", "1")

    assert (body.box, body.issued, body.returned, body.invalid, body.counts, body.item_invalid) == (
        "slips", 0, 0, 0, (), (),
    )  # fmt: skip
    assert parse_body(EntryType.COUNT_ENTERED, body.to_json()) == body


def test_slips_that_are_void_are_added_up() -> None:
    void = (VoidBallots(VoidReason.ILLEGIBLE, 2), VoidBallots(VoidReason.MARKED, 1))
    names = (WriteIn("李四", 5),)
    body = CountEntered.slips("committee", "1", issued=9, returned=8, void_reasons=void, write_ins=names)

    assert (body.invalid, body.valid) == (3, 5)


def test_more_ballots_than_issued() -> None:
    body = SAMPLES[EntryType.COUNT_ENTERED]
    assert isinstance(body, CountEntered)

    assert not replace(body, returned=body.issued).is_over_issue
    assert replace(body, returned=body.issued + 1).is_over_issue
