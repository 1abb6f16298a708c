from dataclasses import replace
from fractions import Fraction

import pytest

from ballots.void_reasons import VoidReason
from kiosk.scan.findings import (
    AGREES,
    CONFIRMED,
    DIFFERS,
    NOT_CONFIRMED,
    NOT_COUNTED_YET,
    SHEET,
    BoxFacts,
    all_papers,
    ballots_of_record,
    count_sheet,
    read_void,
    sampled,
)
from tally.audit.assertions import Assertion
from tally.audit.bravo import Poll
from tally.audit.papers import Totals
from tally.audit.plan import Plan, Sample
from tally.entries.sheets import CountEntered, VoidBallots
from tests.kiosk.scan.papers import contest, state
from voting_core.codec import Fields
from voting_core.errors import InputError, VerificationError

WAIVED = contest("waived").contest
COUNTED = Totals(6, ((4, 2, 0),))


def test_all_papers_agree() -> None:
    found = all_papers(WAIVED, COUNTED, COUNTED)
    assert (found.said, found.ok) == (AGREES, True)
    assert found.json["paper.compared"] == {"agrees": True, "contest": "waived", "counts": [[4, 2, 0]], "papers": 6}
    assert "赞成 4  不赞成 2  弃权 0" in found.lines[1].zh


def test_each_difference_is_a_line() -> None:
    found = all_papers(WAIVED, Totals(6, ((3, 2, 1),)), COUNTED)
    assert (found.said, found.ok) == (DIFFERS, False)
    assert [line.zh.partition("）")[2] for line in found.lines[-2:]] == ["赞成：纸票 3，计票 4", "弃权：纸票 1，计票 0"]


def test_before_the_count_there_are_totals_alone() -> None:
    found = all_papers(WAIVED, COUNTED, None)
    assert (found.said, found.ok, found.json["kind"]) == (NOT_COUNTED_YET, True, "counting")


def test_a_sample_says_what_is_missing() -> None:
    poll = Poll(Fraction(1, 2), Fraction(3, 5))
    election = contest("committee").contest
    three = (Assertion(0, True, -1, poll), Assertion(1, False, -1, poll), Assertion(0, True, 1, poll))
    plan = Plan(2000, Fraction(1, 20), three, 119)
    left = sampled(election, Totals.none(election), plan, Sample(50, ((25, 25), (25, 25), (10, 10))))
    assert (left.said, left.ok) == (NOT_CONFIRMED, False)
    assert "风险限度 5%" in left.lines[0].zh
    first, second = (row.name for row in election.rows)
    assert [line.zh for line in left.lines[2:]] == [
        f"{first} 达到所需票数",
        f"{second} 未达到所需票数",
        f"{first} 得票多于 {second}",
    ]
    done = sampled(election, Totals.none(election), plan, Sample(200, ((180, 20),) * 3))
    assert (done.said, done.ok) == (CONFIRMED, True)
    assert done.json["risk_limit"] == "1/20"


ELECTION = contest("committee")
PAPERS = Totals(8, ((7, 1, 0), (3, 4, 1)))
BOX = BoxFacts(box="票箱", sheet="第三计票组")


def test_papers_of_record_give_the_count_sheet_and_the_outcome_that_the_log_has() -> None:
    found = ballots_of_record(state(), ELECTION, PAPERS, BOX)
    assert (found.said, found.ok) == (SHEET, True)
    body = CountEntered.parse(Fields(found.json["count.entered"], "body"))
    assert body == ELECTION.sheets.of_box("票箱")
    assert found.json["outcome"] == ELECTION.outcome


def test_void_papers_are_returned_and_do_not_count() -> None:
    void = (VoidBallots(VoidReason.ILLEGIBLE, 2),)
    body = count_sheet(state(), ELECTION, Totals(6, ((5, 1, 0), (3, 2, 1))), replace(BOX, void=void))
    assert (body.issued, body.returned, body.invalid, body.void_reasons) == (8, 8, 2, void)


def test_several_boxes_have_no_outcome_of_their_own() -> None:
    hand = contest("by-hand")
    found = ballots_of_record(state(), hand, Totals(4, ((2, 1, 1),)), BoxFacts(box="西厅票箱", sheet="x"))
    assert "outcome" not in found.json


def test_sheets_that_cannot_be() -> None:
    with pytest.raises(InputError, match="Use a box of its attendance: 票箱"):
        count_sheet(state(), ELECTION, PAPERS, replace(BOX, box="x"))
    with pytest.raises(InputError, match="no box"):
        count_sheet(state(), contest("waived"), COUNTED, BOX)
    with pytest.raises(VerificationError, match=r"V11\.D"):
        count_sheet(state(), ELECTION, Totals(8, ((7, 1, 0), (9, 0, 0))), BOX)


def test_void_papers_as_they_are_typed() -> None:
    assert read_void(["illegible=2", "marked=1"]) == (
        VoidBallots(VoidReason.ILLEGIBLE, 2),
        VoidBallots(VoidReason.MARKED, 1),
    )
    for wrong in ("illegible", "illegible=0", "illegible=x", "none=1", "illegible=-1", "=1"):
        with pytest.raises(InputError, match="illegible=2"):
            read_void([wrong])
