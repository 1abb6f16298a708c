"""What all readers of cases share."""

import pytest

from tally.decide.case_answer import texts_of, void
from tally.decide.case_file import open_fields
from tally.decide.steps import Sitting
from voting_core.errors import EncodingError


def test_a_void_vote():
    assert void(Sitting(True, False, ())) == {"can_hold": True, "ballots_in_order": False, "outcome": "void_revote"}


def test_texts():
    assert texts_of(open_fields({"marks": ["O", "X"]}, "ballot"), "marks") == ["O", "X"]
    with pytest.raises(EncodingError):
        texts_of(open_fields({"marks": ["O", 1]}, "ballot"), "marks")
