"""What all readers of cases share."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.case_answer import read_attendance, texts_of, void
from tally.decide.case_file import open_fields
from tally.decide.steps import Sitting
from voting_core.errors import EncodingError

NUMBERS = {"should_attend": 300, "present": 291, "issued": 291, "returned": 290}


def test_attendance():
    assert read_attendance(open_fields(NUMBERS, "input")) == Attendance(300, 291, 291, 290)
    assert read_attendance(open_fields({**NUMBERS, "invalid": 2}, "input")) == Attendance(300, 291, 291, 290, 2)
    assert read_attendance(open_fields(NUMBERS, "input"), 3).invalid == 3


@pytest.mark.parametrize("missing", sorted(NUMBERS))
def test_no_number_is_inferred_from_another(missing):
    with pytest.raises(EncodingError, match=missing):
        read_attendance(open_fields({key: value for key, value in NUMBERS.items() if key != missing}, "input"))


def test_a_void_vote():
    assert void(Sitting(True, False, ())) == {"can_hold": True, "ballots_in_order": False, "outcome": "void_revote"}


def test_texts():
    assert texts_of(open_fields({"marks": ["O", "X"]}, "ballot"), "marks") == ["O", "X"]
    with pytest.raises(EncodingError):
        texts_of(open_fields({"marks": ["O", 1]}, "ballot"), "marks")
