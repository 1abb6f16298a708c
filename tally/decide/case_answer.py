"""What all readers of cases share: the form of an answer, the answer of a void vote, lists of texts."""

from __future__ import annotations

from tally.decide.outcome import Results
from tally.decide.steps import Sitting, Step
from voting_core.codec import Fields
from voting_core.errors import EncodingError

Answer = tuple[Results, tuple[Step, ...]]
"""The result of a case, and its steps in words where the kind has them."""


def void(sitting: Sitting) -> Results:
    """The result of a vote with more ballots than were issued."""
    return {"can_hold": sitting.can_hold, "ballots_in_order": False, "outcome": sitting.outcome}


def texts_of(fields: Fields, key: str) -> list[str]:
    """An array of texts."""
    texts = []
    for text in fields.array(key):
        if not isinstance(text, str):
            raise EncodingError(fields.path(key), "holds a value that is not text")
        texts.append(text)
    return texts
