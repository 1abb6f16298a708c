"""Judgements on paper ballots are added up."""

import pytest

from ballots.void_reasons import VoidReason
from tally.decide.paper import PaperBallot, Reading, add_up
from voting_core.errors import VerificationError

YES_NO = ("yes", "no")


def judged(*lines, rows=2):
    ballots = [PaperBallot(tuple(symbols.split())) for symbols in lines]
    return add_up(ballots, rows, YES_NO, lambda ballot, _: Reading(ballot.marks, ("赵敏",)))


def test_each_valid_ballot_counts_once_in_every_row():
    found = judged("yes no", "no no")

    assert found.totals == (
        {"yes": 1, "no": 1, "item_invalid": 0},
        {"yes": 0, "no": 2, "item_invalid": 0},
    )
    assert found.write_ins == {"赵敏": 2}
    assert found.void == found.reasons == {}
    assert found.steps == ()


def test_a_void_ballot_counts_nowhere():
    judge = {"yes": VoidReason.WRITE_IN, "no": Reading(("no",))}
    ballots = [PaperBallot((symbol,)) for symbol in ("yes", "no", "yes")]
    found = add_up(ballots, 1, YES_NO, lambda ballot, _: judge[ballot.marks[0]])

    assert found.invalid_numbers == (1, 3)
    assert found.totals[0]["no"] == 1
    assert found.reasons == {VoidReason.WRITE_IN: 2}


def test_a_sheet_declared_void_is_not_read():
    ballot = PaperBallot(("yes",), void=VoidReason.MARKED)

    assert add_up([ballot], 1, YES_NO, lambda *_: pytest.fail("it was read")).void == {1: VoidReason.MARKED}


@pytest.mark.parametrize(
    ("ballot", "void"),
    [
        (PaperBallot(("?", "?")), True),
        (PaperBallot(("?", "yes")), False),
        (PaperBallot(("?", "?"), (("赵敏", "O"),)), False),
    ],
)
def test_a_sheet_of_which_nothing_can_be_read_is_void(ballot, void):
    found = add_up([ballot], 2, YES_NO, lambda *_: Reading(("no", "no")))

    assert found.reasons == ({VoidReason.ILLEGIBLE: 1} if void else {})


def test_the_reasons_in_words():
    void = [VoidReason.BLANK, VoidReason.OVER_SELECTED, VoidReason.BLANK]
    found = add_up([PaperBallot(("yes",), void=reason) for reason in void], 1, YES_NO, lambda *_: Reading(("no",)))

    (step,) = found.steps
    assert step.zh == "无效票 3 张：所选人数超过应选名额 1 张；空白 2 张"
    assert step.en == "3 ballots are void: 1 more selected than there are seats; 2 blank"


def test_a_reading_says_something_of_every_row():
    with pytest.raises(ValueError, match="argument 2 is longer"):
        add_up([PaperBallot(("yes", "no"))], 2, YES_NO, lambda *_: Reading(("yes",)))


def test_another_number_of_lines():
    with pytest.raises(VerificationError, match="ballot 2 has 1 lines for 2 rows"):
        judged("yes no", "yes")
