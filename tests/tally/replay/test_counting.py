"""tally.counted, paper.compared (SPEC §9.6, §8.4)."""

from dataclasses import replace
from typing import Any

import pytest

from ballots.contest import Cell, Contest, RulesRef
from tally.entries.counting import CountedCell, PaperCompared, TallyCounted
from tally.replay import expected
from tally.state import Status
from tests.support.refusals import refused
from tests.support.session import Cards, SessionBuilder, motion_contest
from tests.tally.replay.conftest import At
from tests.tally.replay.sheets import hand_session, sheet


def counted(session: SessionBuilder, **changes: Any) -> bytes:
    (cell,) = expected.counted_body(session.state, "motion").cells
    return session.entry(TallyCounted("motion", (replace(cell, **changes),)), session.officials[0])


def test_the_counts_of_a_contest(at: At) -> None:
    contest = at("counted").contest()
    assert contest.status is Status.COUNTED
    assert contest.cells == (CountedCell("all", 6, ((2, 2, 2),)),)


@pytest.mark.parametrize(
    "change",
    [
        {"counts": ((3, 1, 2),)},
        {"counts": ((3, 2, 1),)},
        {"counts": ((2, 2, 3),)},
        {"counts": ((2, 2),)},
        {"counts": ((2, 2, 2), (2, 2, 2))},
        {"counts": ()},
        {"ballots": 7, "counts": ((2, 2, 3),)},
        {"cell": "other"},
    ],
)
def test_counts_are_those_that_the_shares_decrypt_to(at: At, change: dict[str, Any]) -> None:
    session = at("shared")
    refused(session, counted(session, **change), "V10.D")


def test_cells_are_counted_each_once_and_no_other(at: At) -> None:
    session = at("shared")
    (cell,) = expected.counted_body(session.state, "motion").cells
    for cells in ((), (cell, cell), (cell, CountedCell("other", 0, ((0, 0, 0),)))):
        refused(session, session.entry(TallyCounted("motion", cells), session.officials[0]), "V10.D")


def test_a_contest_is_counted_once(at: At) -> None:
    """Second tally."""
    body = expected.counted_body(at("shared").state, "motion")
    for stage in ("counted", "declared", "published"):
        session = at(stage)
        refused(session, session.entry(body, session.officials[0]), "V10.E")


def test_nothing_is_counted_while_a_contest_is_open(at: At) -> None:
    session = at("voted")
    body = TallyCounted("motion", (CountedCell("all", 6, ((2, 2, 2),)),))
    refused(session, session.entry(body, session.officials[0]), "V4.D")
    refused(session, session.entry(replace(body, contest="other"), session.officials[0]), "V4.D")


def test_zero_ballots_are_counted_after_q_trustees_have_verified() -> None:
    session = SessionBuilder(cards=Cards(drawn=0)).run("reported")
    body = TallyCounted("motion", (CountedCell("all", 0, ((0, 0, 0),)),))
    refused(session, session.entry(body, session.officials[0]), "V9.D")
    session.run("verified")
    wrong = TallyCounted("motion", (CountedCell("all", 1, ((1, 0, 0),)),))
    refused(session, session.entry(wrong, session.officials[0]), "V10.D")
    session.add(body, session.officials[0])
    assert session.contest().totals == ((0, 0, 0),)


def test_a_cell_below_the_minimum_is_not_counted() -> None:
    session = SessionBuilder(cards=Cards(drawn=4)).run("verified")
    body = TallyCounted("motion", (CountedCell("all", 4, ((2, 1, 1),)),))
    refused(session, session.entry(body, session.officials[0]), "V10.A")


def test_two_cells_are_counted_apart() -> None:
    cells = (Cell("members", ("member",), "all"), Cell("all", ("delegate",), ""))

    def two_cells(rules: RulesRef) -> Contest:
        return motion_contest(rules, classes=("delegate", "member"), cells=cells)

    session = SessionBuilder(contests=(two_cells,)).run("counted")
    assert [(cell.cell, cell.ballots) for cell in session.contest().cells] == [("members", 6), ("all", 6)]
    assert session.contest().totals == ((4, 4, 4),)


# Comparison with paper


def compared(**changes: Any) -> PaperCompared:
    facts: dict[str, Any] = {"contest": "motion", "papers": 6, "counts": ((2, 2, 2),), "agrees": True}
    return PaperCompared(**{**facts, **changes})


def test_a_comparison_says_what_the_counts_say(at: At) -> None:
    session = at("counted")
    session.add(compared(), *session.two_trustees())
    session.add(compared(counts=((3, 1, 2),), agrees=False), *session.two_trustees())
    session.add(compared(papers=5, counts=((2, 2, 1),), agrees=False), *session.two_trustees())
    assert [comparison.agrees for comparison in session.contest().comparisons] == [True, False, False]


def test_a_comparison_is_not_put_into_the_log_again(at: At) -> None:
    session = at("counted")
    raw = session.add(compared(), *session.two_trustees())
    refused(session, raw, "V4.D")


@pytest.mark.parametrize(
    "change",
    [
        {"agrees": False},
        {"counts": ((3, 1, 2),)},
        {"papers": 5, "counts": ((2, 2, 1),)},
        {"papers": 7},
        {"counts": ((2, 2),)},
        {"counts": ()},
    ],
)
def test_a_comparison_that_contradicts_itself_is_refused(at: At, change: dict[str, Any]) -> None:
    session = at("counted")
    refused(session, session.entry(compared(**change), *session.two_trustees()), "V11.D")


def test_paper_is_compared_with_decrypted_counts(at: At) -> None:
    session = at("closed")
    refused(session, session.entry(compared(), *session.two_trustees()), "V4.D")
    session = hand_session()
    session.add(sheet(), *session.two_trustees())
    refused(session, session.entry(compared(), *session.two_trustees()), "V4.D")
