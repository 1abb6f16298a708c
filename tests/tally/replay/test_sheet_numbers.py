"""Numbers of a count sheet that cannot all be true (SPEC §13.4, §13.5)."""

from dataclasses import replace
from typing import Any

import pytest

from ballots.void_reasons import VoidReason
from tally.entries.contests import Box, ContestOpened
from tally.entries.sheets import CountEntered, VoidBallots, WriteIn
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.replay.sheets import BLANK, election, enter, entry, hand_session, plain, sheet, slips, two_boxes


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"counts": ((3, 1, 1),)}, "add up to 6"),
        ({"counts": ((2, 1, 0),)}, "add up to 4"),
        ({"counts": ((2, 1),)}, "not one number"),
        ({"counts": ()}, "not one number"),
        ({"item_invalid": (0,)}, "add up to 4"),
        ({"item_invalid": ()}, "item_invalid"),
        ({"item_invalid": (1, 0)}, "item_invalid"),
        ({"returned": 7}, "add up to 5"),
        (
            {"invalid": 7, "void_reasons": (VoidBallots(BLANK, 7),), "counts": ((0, 0, 0),), "item_invalid": (0,)},
            "7 ballots are invalid",
        ),
        ({"void_reasons": ()}, "reasons are given for 0"),
        ({"void_reasons": (VoidBallots(BLANK, 2),)}, "reasons are given for 2"),
        (
            {
                "invalid": 2,
                "void_reasons": (VoidBallots(BLANK, 1), VoidBallots(BLANK, 1)),
                "counts": ((2, 1, 0),),
            },
            "a reason for void ballots comes twice",
        ),
        ({"write_ins": (WriteIn("李四", 1),)}, "nobody can be written in"),
        ({"issued": 7}, "7 ballots issued; declared are 6"),
        ({"box": "二"}, "there is no such box"),
        ({"box": "slips"}, "there is no such box"),
    ],
)
def test_a_sheet_adds_up_and_fits_its_box(change: dict[str, Any], problem: str) -> None:
    session = hand_session()
    refusal = refused(session, entry(session, sheet(**change)), "V11.D")
    assert problem in refusal.message
    assert change.get("box", "一") in refusal.culprits
    assert f"box {change.get('box', '一')}" in refusal.message


def test_a_contradiction_names_box_and_row() -> None:
    session = two_boxes()
    refusal = refused(session, entry(session, plain("二", "2", (2, 1, 1), 4, item_invalid=(1,))), "V11.D")
    assert refusal.message.startswith("motion, box 二: the marks of the motion add up to 5")


def elected_on_paper() -> SessionBuilder:
    session = SessionBuilder(contests=(election,), kiosks=0, rule_set="election_local_2020").run("defined")
    boxes = (Box("一", 6), Box("二", 6))
    session.add(session.attendance("committee", boxes=boxes), *session.two_trustees())
    session.add(ContestOpened("committee"), *session.officials)
    return session


def of_committee(box: str, name: str, *names: WriteIn, **changes: Any) -> CountEntered:
    counts = ((1, 5, 0), (0, 1, 5))
    facts: dict[str, Any] = {"contest": "committee", "box": box, "sheet": name, "invalid": 0, "void_reasons": ()}
    return sheet(**{**facts, "item_invalid": (0, 0), "counts": counts, "write_ins": names, **changes})


def test_names_written_in_add_up_over_the_boxes() -> None:
    session = elected_on_paper()
    enter(session, of_committee("一", "1", WriteIn("李四", 3), WriteIn("赵六", 1)))
    enter(session, of_committee("二", "2", WriteIn("李四", 4)))
    session.stage_declared()
    contest = session.contest("committee")
    assert contest.written_in == (WriteIn("李四", 7), WriteIn("赵六", 1))
    assert (contest.outcome or {})["elected_by_votes"] == ["write_in/李四"]


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ((WriteIn("李四", 7),), "7 wrote in 李四"),
        ((WriteIn("李四", 3), WriteIn("李四", 1)), "comes twice"),
        ((WriteIn("李红香", 1),), "printed candidate"),
        ((WriteIn("李四", 4), WriteIn("赵六", 2)), "approvals are more"),
    ],
)
def test_names_that_a_box_cannot_hold(names: tuple[WriteIn, ...], problem: str) -> None:
    session = elected_on_paper()
    assert problem in refused(session, entry(session, of_committee("一", "1", *names)), "V11.D").message


VOID_ONE = (VoidBallots(VoidReason.ILLEGIBLE, 1),)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"returned": 6}, "6 slips were returned, and only 5 handed out"),
        ({"write_ins": (WriteIn("李四", 5),)}, "5 wrote in 李四 on 4 valid slips"),
        ({"void_reasons": VOID_ONE}, "4 wrote in 李四 on 3 valid slips"),
        ({"write_ins": (WriteIn("李四", 3), WriteIn("赵六", 2))}, "5 names on 4 valid slips"),
        ({"write_ins": (WriteIn("李红香", 1),)}, "printed candidate"),
        ({"write_ins": (WriteIn("李四", 1), WriteIn("李四", 1))}, "comes twice"),
        ({"returned": 0, "void_reasons": VOID_ONE, "write_ins": ()}, "only 0 were returned"),
        ({"issued": 9, "returned": 9, "write_ins": (WriteIn("李四", 7),)}, "7 wrote in"),
        ({"issued": 9, "returned": 9, "write_ins": (WriteIn("李四", 6),)}, "approvals are more"),
    ],
)
def test_slips_add_up_and_fit_the_ballots(
    counted_with_slips: dict[str, SessionBuilder], change: dict[str, Any], problem: str
) -> None:
    session = counted_with_slips["counted"].fork()
    assert problem in refused(session, entry(session, slips(**change)), "V11.D").message


@pytest.mark.parametrize("change", [{"counts": ((1, 5, 0), (0, 6, 0))}, {"item_invalid": (0, 0)}, {"box": "一"}])
def test_slips_have_names_alone(counted_with_slips: dict[str, SessionBuilder], change: dict[str, Any]) -> None:
    session = counted_with_slips["counted"].fork()
    refused(session, entry(session, replace(slips(), **change)), "V11.D")
