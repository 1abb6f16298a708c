"""Count sheets and contests that are counted by hand, for the tests of replay."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ballots.contest import Capture, Contest, Kind, RulesRef, WriteIns, WriteInWay
from ballots.void_reasons import VoidReason
from tally.entries.contests import Box, ContestOpened
from tally.entries.sheets import BoxSettled, CountEntered, VoidBallots, WriteIn
from tests.support.builders import small_contest
from tests.support.session import SessionBuilder, motion_contest

BLANK = VoidReason.BLANK


def by_hand(rules: RulesRef) -> Contest:
    return replace(motion_contest(rules), capture=Capture.HAND)


def sheet(**changes: Any) -> CountEntered:
    """The sheet of the box 一: 6 issued, 4 that say something, 1 of which the line cannot be read, 1 void."""
    facts: dict[str, Any] = {
        "contest": "motion",
        "box": "一",
        "sheet": "计票单一",
        "replaces": "",
        "issued": 6,
        "returned": 6,
        "invalid": 1,
        "void_reasons": (VoidBallots(BLANK, 1),),
        "item_invalid": (1,),
        "counts": ((2, 1, 1),),
        "write_ins": (),
    }
    return CountEntered(**{**facts, **changes})


def plain(box: str, name: str, counts: Sequence[int], issued: int, **changes: Any) -> CountEntered:
    """A sheet without anything void."""
    number = sum(counts)
    facts = {"box": box, "sheet": name, "counts": (tuple(counts),), "issued": issued, "returned": number}
    return sheet(**{"invalid": 0, "void_reasons": (), "item_invalid": (0,), **facts, **changes})


def hand_session(boxes: Sequence[Box] = (Box("一", 6),)) -> SessionBuilder:
    session = SessionBuilder(contests=(by_hand,), kiosks=0).run("defined")
    session.add(session.attendance(boxes=tuple(boxes)), *session.two_trustees())
    session.add(ContestOpened("motion"), *session.officials)
    return session


def two_boxes() -> SessionBuilder:
    return hand_session((Box("一", 6), Box("二", 4)))


def enter(session: SessionBuilder, *sheets: CountEntered) -> None:
    for body in sheets:
        session.add(body, *session.two_trustees())


def entry(session: SessionBuilder, body: CountEntered) -> bytes:
    return session.entry(body, *session.two_trustees())


def settle(session: SessionBuilder, box: str, name: str, decision: str = "count") -> bytes:
    return session.entry(BoxSettled("motion", box, name, decision), *session.officials)


def election(rules: RulesRef, way: WriteInWay = WriteInWay.PAPER, capture: Capture = Capture.HAND) -> Contest:
    contest = small_contest(2, kind=Kind.ELECTION, rules=rules, blank="abstain", at_most={"approve": 1})
    return replace(contest, capture=capture, write_ins=WriteIns(way))


def with_slips(rules: RulesRef) -> Contest:
    return election(rules, WriteInWay.SLIPS, Capture.KIOSK)


def slips(name: str = "条一", **changes: Any) -> CountEntered:
    facts: dict[str, Any] = {"issued": 5, "returned": 4, "write_ins": (WriteIn("李四", 4),)}
    return CountEntered.slips("committee", name, **{**facts, **changes})
