"""Which written names count (the rules in combination are in test_paper_election.py)."""

import pytest

from ballots.void_reasons import VoidReason
from tally.decide.paper import PaperBallot
from tally.decide.paper_write_ins import written_names
from tally.rules.election import OnViolation, Unmarked, WriteInMax, WriteInRequires, WriteInRules

LEGEND = {"O": "approve", "X": "disapprove"}
LINES = {"O": "approve", "X": "disapprove", "_": "abstain"}


def written(lines, *names, requires="disapprove", max="per_disapproved_candidate", violation="ignore_item", seats=2):
    rules = WriteInRules(WriteInRequires(requires), WriteInMax(max), Unmarked.ABSTAIN_ITEM, OnViolation(violation))
    ballot = PaperBallot(tuple(lines), tuple((name, "O") for name in names))
    said = [LINES[symbol] for symbol in lines]
    return written_names(ballot, said, ("王海", "李娟"), seats, rules, LEGEND, "ballot 1")


@pytest.mark.parametrize(
    ("requires", "max", "lines", "allowed"),
    [
        ("disapprove", "per_disapproved_candidate", "OX_", 1),
        ("disapprove", "per_disapproved_candidate", "O__", 0),
        ("disapprove", "seats", "OX_", 2),
        ("disapprove", "seats", "O__", 0),
        ("disapprove_or_abstain", "per_disapproved_candidate", "OX_", 2),
        ("disapprove_or_abstain", "per_disapproved_candidate", "OOO", 0),
        ("disapprove_or_abstain", "seats", "OO_", 2),
        ("disapprove_or_abstain", "seats", "OOO", 0),
        ("nothing", "per_disapproved_candidate", "OX_", 1),
        ("nothing", "seats", "OOO", 2),
    ],
)
def test_how_many_names_a_ballot_may_have(requires, max, lines, allowed):
    names = ("赵敏", "刘芳", "周杰")
    options = {"requires": requires, "max": max}

    assert written(lines, *names[:allowed], **options) == names[:allowed]
    assert written(lines, *names[: allowed + 1], **options) == ()
    assert written(lines, *names[: allowed + 1], **options, violation="invalidate_ballot") is VoidReason.WRITE_IN


def test_a_printed_candidate_costs_the_line_or_the_ballot():
    assert written("OX_", "王海", "赵敏") == ("赵敏",)
    assert written("OX_", "王海", violation="invalidate_ballot") is VoidReason.WRITE_IN


def test_the_same_name_twice_is_one_person():
    assert written("OX_", "赵敏", "赵敏", violation="invalidate_ballot") == ("赵敏",)
