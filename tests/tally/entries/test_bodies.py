"""Every body is read strictly: exactly its fields, each in its format (SPEC §8.4)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tally.entries.bodies import BODIES, TYPES, parse_body
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import SAMPLES
from voting_core.codec import canonical
from voting_core.errors import VerificationError

# Values of every JSON type, none of which is right for a field by chance, save those that a field is free to hold.
WRONG: tuple[Any, ...] = (True, -1, 2**53 - 1, "", "x" * 501, "\x00", "not-a-value!", [], [[]], [1, "2"], {}, {"a": 1})

# Fields that replay reads: any object of JSON, text that is compared with what is known, numbers without a bound.
FREE = {
    ("rules.adopted", "id"),
    ("rules.adopted", "rules"),
    ("contest.defined", "contest"),
    ("outcome.declared", "outcome"),
    ("session.created", "place"),
    ("session.created", "title"),
    ("session.created", "simulated"),
    ("trustee.joined", "name"),
    ("kiosk.registered", "name"),
    ("count.entered", "box"),
    ("count.entered", "sheet"),
    ("count.entered", "replaces"),
    ("box.settled", "box"),
    ("box.settled", "sheet"),
    ("paper.compared", "agrees"),
    ("dkg.committed", "attempt"),
    ("dkg.confirmed", "attempt"),
    ("dkg.complained", "attempt"),
    ("dkg.faulted", "attempt"),
    ("dkg.revealed", "attempt"),
    ("record.verified", "size"),
}
EMPTY_ALLOWED = {
    ("dkg.revealed", "shares"),
    ("dkg.revealed", "commitments"),
    ("attendance.declared", "boxes"),
    ("attendance.declared", "cards"),
    ("ballot.challenged", "marks"),
    ("tally.counted", "cells"),
    ("tally.shared", "shares"),
    ("credentials.issued", "keys"),
    ("count.entered", "void_reasons"),
    ("count.entered", "write_ins"),
    ("count.entered", "item_invalid"),
    ("count.entered", "counts"),
    ("paper.compared", "counts"),
    ("seats.reduced", "motion"),
}
ARRAY_OF_EMPTY = {("count.entered", "counts"), ("paper.compared", "counts")}


def cases() -> Iterator[tuple[EntryType, str, Any]]:
    for type_, body in SAMPLES.items():
        for field in body.to_json():
            if (type_.value, field) in FREE:
                continue
            for wrong in WRONG:
                empty = wrong in ("", []) and not isinstance(wrong, bool) and (type_.value, field) in EMPTY_ALLOWED
                if not empty and not (wrong == [[]] and (type_.value, field) in ARRAY_OF_EMPTY):
                    yield type_, field, wrong


def as_read(type_: EntryType) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(canonical(SAMPLES[type_].to_json()))
    return value


def code_of(type_: EntryType, value: dict[str, Any]) -> str:
    with pytest.raises(VerificationError) as caught:
        parse_body(type_, value)
    return caught.value.code


def test_there_is_one_class_for_each_type() -> None:
    assert set(BODIES) == set(EntryType) == set(SAMPLES)
    assert {body: type_ for type_, body in BODIES.items()} == dict(TYPES)


@pytest.mark.parametrize("type_", EntryType)
def test_what_is_written_is_read_again(type_: EntryType) -> None:
    body = parse_body(type_, as_read(type_))
    assert body == SAMPLES[type_]
    assert canonical(body.to_json()) == canonical(SAMPLES[type_].to_json())


@pytest.mark.parametrize("type_", EntryType)
def test_a_field_too_many_or_too_few_is_refused(type_: EntryType) -> None:
    value = as_read(type_)
    assert code_of(type_, {**value, "more": 1}) == "V2.B"
    for field in value:
        assert code_of(type_, {key: item for key, item in value.items() if key != field}) == "V2.B"


def test_a_field_of_another_form_is_refused() -> None:
    for type_, field, wrong in cases():
        code = code_of(type_, {**as_read(type_), field: wrong})
        assert code in {"V2.B", "V2.D"}, (type_, field, wrong)


NESTED = (
    (EntryType.DKG_REVEALED, "shares"),
    (EntryType.ATTENDANCE_DECLARED, "boxes"),
    (EntryType.ATTENDANCE_DECLARED, "cards"),
    (EntryType.TALLY_COUNTED, "cells"),
    (EntryType.COUNT_ENTERED, "void_reasons"),
    (EntryType.COUNT_ENTERED, "write_ins"),
)


@pytest.mark.parametrize(("type_", "array"), NESTED)
def test_rows_inside_a_body_are_read_as_strictly(type_: EntryType, array: str) -> None:
    value = as_read(type_)
    (row,) = value[array]
    assert code_of(type_, {**value, array: [{**row, "more": 1}]}) == "V2.B"
    for field in row:
        fewer = {key: item for key, item in row.items() if key != field}
        assert code_of(type_, {**value, array: [fewer]}) == "V2.B"
        assert code_of(type_, {**value, array: [{**row, field: {}}]}) == "V2.B"


@pytest.mark.parametrize(
    ("type_", "field"),
    [
        (EntryType.DKG_REVEALED, "commitments"),
        (EntryType.DKG_REVEALED, "proof"),
        (EntryType.CREDENTIALS_ISSUED, "keys"),
        (EntryType.TALLY_SHARED, "shares"),
        (EntryType.TALLY_SHARED, "proof"),
    ],
)
def test_runs_of_bytes_are_canonical_base64(type_: EntryType, field: str) -> None:
    value = as_read(type_)
    text = value[field]
    for wrong in (text + "=", "+" + text[1:], text[:-1] + "~", " " + text):
        assert code_of(type_, {**value, field: wrong}) == "V2.D"


@pytest.mark.parametrize(("type_", "field"), [(EntryType.DKG_REVEALED, "proof"), (EntryType.TALLY_SHARED, "proof")])
def test_runs_of_a_fixed_length_have_it(type_: EntryType, field: str) -> None:
    value = as_read(type_)
    for wrong in ("", value[field][:-4], value[field] + "AAAA"):
        assert code_of(type_, {**value, field: wrong}) == "V2.D"
