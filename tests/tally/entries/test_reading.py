"""The boundary between encoding errors and the checks V2.B and V2.D."""

import pytest

from tally.entries.reading import (
    counts_json,
    failing,
    read_class,
    read_contest_id,
    read_counter,
    read_counts,
    read_hexes,
    read_integers,
    read_run,
    read_text,
)
from voting_core.codec import Fields, JsonValue
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import MAX_BALLOTS


def fields(**values: JsonValue) -> Fields:
    return Fields(values, "body")


def test_an_encoding_error_becomes_the_refusal_of_a_check() -> None:
    with pytest.raises(VerificationError) as caught, failing("V2.D"):
        raise EncodingError("entry.proof", "is too short")
    assert (caught.value.code, caught.value.message) == ("V2.D", "entry.proof: is too short")
    assert isinstance(caught.value.__cause__, EncodingError)


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(VerificationError) as caught, failing("V2.D"):
        raise VerificationError("V8.C", "length")
    assert caught.value.code == "V8.C"


def test_a_run_that_is_not_text_is_another_fault_than_one_that_is_not_canonical() -> None:
    assert read_run(fields(run="AAAA"), "run", 3) == bytes(3)
    with pytest.raises(EncodingError):
        read_run(fields(run=1), "run", 3)
    with pytest.raises(VerificationError) as caught:
        read_run(fields(run="AAAB="), "run", 3)
    assert caught.value.code == "V2.D"


@pytest.mark.parametrize("text", ["", "x" * 401])
def test_text_has_between_one_and_400_characters(text: str) -> None:
    with pytest.raises(EncodingError):
        read_text(fields(name=text), "name")
    assert read_text(fields(name=""), "name", empty=True) == ""


@pytest.mark.parametrize("text", ["", "Motion", "-motion", "a" * 33, "motion\n", "动议"])
def test_ids_of_contests(text: str) -> None:
    assert read_contest_id(fields(contest="a-1")) == "a-1"
    with pytest.raises(EncodingError):
        read_contest_id(fields(contest=text))


@pytest.mark.parametrize("text", ["", "Delegate", "a-b", "a" * 17])
def test_ids_of_classes(text: str) -> None:
    assert read_class(Fields({"class": "a_1"}, "row")) == "a_1"
    with pytest.raises(EncodingError):
        read_class(Fields({"class": text}, "row"))


@pytest.mark.parametrize("value", [-1, MAX_BALLOTS + 1, True, "1"])
def test_counters_are_numbers_of_ballots(value: JsonValue) -> None:
    assert read_counter(fields(n=MAX_BALLOTS), "n") == MAX_BALLOTS
    with pytest.raises(EncodingError):
        read_counter(fields(n=value), "n")


def test_counts_are_rows_of_numbers() -> None:
    assert read_counts(fields(counts=[[1, 2], [3, 0]])) == ((1, 2), (3, 0))
    assert counts_json(((1, 2), (3, 0))) == [[1, 2], [3, 0]]
    for wrong in ([1], [[True]], [[-1]], ["12"], [[0] * 9], [[]] * 201):
        with pytest.raises(EncodingError):
            read_counts(fields(counts=wrong))


def test_arrays_name_the_value_that_is_wrong() -> None:
    with pytest.raises(EncodingError) as caught:
        read_integers([0, 9], "body.marks", hi=8, max=3)
    assert caught.value.where == "body.marks[1]"
    with pytest.raises(EncodingError) as caught:
        read_hexes(fields(keys=["00" * 32, "00"]), "keys", 32, max=2)
    assert caught.value.where == "body.keys[1]"
