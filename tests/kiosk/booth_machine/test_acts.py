"""Every row of the table, and that there is no other."""

import pytest

from kiosk.booth_machine import events
from kiosk.booth_machine.acts import ACTS, READING, UNFINISHED
from kiosk.booth_machine.events import (
    Act,
    AskHelp,
    AskTest,
    Back,
    BeginPaper,
    CardShown,
    Cast,
    Choose,
    Deliver,
    Finish,
    GoOn,
    Helped,
    Key,
    Look,
    Offer,
    OnPaper,
    OpenAsTest,
    PrintAgain,
    PrintBallot,
    Rest,
    Seal,
    Tap,
    TurnTo,
    Type,
    Undo,
)
from kiosk.booth_machine.screen import Phase
from tests.kiosk.booth_machine.driver import MARKED, SEALED, Driver, contest
from voting_core.secret import Secret

CARD = CardShown(Secret("card"))

TO: dict[Phase, tuple[Act, ...]] = {
    Phase.WELCOME: (),
    Phase.TYPING: (Type(),),
    Phase.CHOOSING: (CARD,),
    Phase.MARKING: (CARD, *MARKED),
    Phase.HELPING: (CARD, *MARKED, AskHelp()),
    Phase.REVIEW: (CARD, *MARKED, Finish()),
    Phase.SEALED: (CARD, *SEALED),
    Phase.TESTING: (CARD, *SEALED, AskTest()),
    Phase.PRINTED: (OnPaper(), *SEALED),
    Phase.RECEIPT: (CARD, *SEALED, Cast()),
    Phase.OPENED: (CARD, *SEALED, AskTest(), OpenAsTest()),
    Phase.THANKS: (CARD, events.Leave()),
}

WAYS: list[tuple[Phase, Act, Phase]] = [
    (Phase.WELCOME, Type(), Phase.TYPING),
    (Phase.THANKS, Type(), Phase.TYPING),
    (Phase.WELCOME, OnPaper(), Phase.CHOOSING),
    (Phase.THANKS, OnPaper(), Phase.CHOOSING),
    (Phase.TYPING, Key("7"), Phase.TYPING),
    (Phase.TYPING, Look(3), Phase.TYPING),
    (Phase.TYPING, Back(), Phase.WELCOME),
    (Phase.CHOOSING, Choose("alternates"), Phase.MARKING),
    (Phase.MARKING, Tap("r3", "abstain"), Phase.MARKING),
    (Phase.MARKING, Rest("abstain"), Phase.MARKING),
    (Phase.MARKING, Undo(), Phase.MARKING),
    (Phase.MARKING, TurnTo(2), Phase.MARKING),
    (Phase.MARKING, Finish(), Phase.REVIEW),
    (Phase.MARKING, AskHelp(), Phase.HELPING),
    (Phase.MARKING, Back(), Phase.CHOOSING),
    (Phase.HELPING, Helped(True), Phase.MARKING),
    (Phase.HELPING, Back(), Phase.MARKING),
    (Phase.REVIEW, TurnTo(None), Phase.MARKING),
    (Phase.REVIEW, Back(), Phase.MARKING),
    (Phase.REVIEW, Seal(), Phase.SEALED),
    (Phase.SEALED, Back(), Phase.MARKING),
    (Phase.SEALED, Cast(), Phase.RECEIPT),
    (Phase.SEALED, AskTest(), Phase.TESTING),
    (Phase.TESTING, Back(), Phase.SEALED),
    (Phase.TESTING, OpenAsTest(), Phase.OPENED),
    (Phase.PRINTED, GoOn(), Phase.CHOOSING),
    (Phase.PRINTED, PrintAgain(), Phase.PRINTED),
    (Phase.RECEIPT, GoOn(), Phase.CHOOSING),
    (Phase.OPENED, GoOn(), Phase.MARKING),
]


def at(phase: Phase) -> Driver:
    driver = Driver()
    assert driver.to(*TO[phase]) is phase
    return driver


@pytest.mark.parametrize(("phase", "act", "then"), WAYS)
def test_each_act_leads_where_the_table_says(phase: Phase, act: Act, then: Phase) -> None:
    driver = at(phase)
    before = driver.screen
    assert driver.act(act) is then
    assert driver.screen is not before


def test_there_are_no_other_ways() -> None:
    others = {(Phase.REFUSED, GoOn), (Phase.RECEIPT, PrintAgain)}
    assert {(phase, type(act)) for phase, act, _ in WAYS} | others == set(ACTS)
    for phase in TO:
        for way in WAYS:
            if (phase, type(way[1])) not in ACTS:
                driver = at(phase)
                before = driver.screen
                driver.act(way[1])
                assert (driver.screen.phase, driver.screen.serial, driver.screen.turn) == (
                    before.phase,
                    before.serial,
                    before.turn,
                )


def test_a_complete_code_is_asked_about_once() -> None:
    driver = at(Phase.TYPING)
    for character in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
        driver.act(Key(character))
    assert driver.screen.phase is Phase.CHOOSING
    assert len(driver.asked) == 1


def test_what_is_not_ready_is_not_sealed() -> None:
    driver = Driver(offers=(Offer(contest(blank=""), 3),))
    driver.to(CARD, *MARKED, Finish(), Seal())
    assert driver.screen.phase is Phase.REVIEW


def test_going_back_drops_the_sealed_ballot_and_keeps_the_marks() -> None:
    driver = at(Phase.SEALED)
    driver.act(Back())
    assert driver.screen.going.ballot is None
    assert dict(driver.screen.marking.marks) == {"r1": "approve", "r2": "disapprove"}
    assert driver.act(Cast()) is Phase.MARKING


def test_a_test_takes_one_away_and_the_contest_begins_empty() -> None:
    driver = at(Phase.OPENED)
    assert dict(driver.screen.marking.marks) == {"r1": "approve", "r2": "disapprove"}
    driver.act(GoOn())
    assert dict(driver.screen.marking.marks) == {}
    assert driver.screen.going.offer_of("committee").tests_left == 2


def test_without_tests_left_none_is_offered() -> None:
    driver = Driver(offers=(Offer(contest(), 0),))
    driver.to(CARD, *SEALED)
    assert driver.act(AskTest()) is Phase.SEALED


def test_help_is_told_with_the_ballot_that_is_cast_and_with_no_other() -> None:
    driver = at(Phase.HELPING)
    driver.to(Helped(True), Finish(), Seal(), AskTest(), OpenAsTest(), GoOn())
    driver.to(AskHelp(), Helped(True), Finish(), Seal(), Cast(), GoOn(), Choose("alternates"), Finish(), Seal(), Cast())
    delivered = [effect for effect in driver.asked if isinstance(effect, Deliver)]
    assert [effect.helped for effect in delivered] == [False, True, False]


def test_phases_are_told_apart() -> None:
    assert not set(READING) & set(UNFINISHED)


def test_a_ballot_on_paper_needs_no_card_and_nothing_of_it_is_sealed_or_kept() -> None:
    driver = Driver()
    assert driver.to(OnPaper(), *MARKED, Finish()) is Phase.REVIEW
    assert driver.screen.going.on_paper
    marks = dict(driver.screen.marking.marks)
    assert driver.act(Seal()) is Phase.PRINTED
    assert [type(effect) for effect in driver.asked] == [BeginPaper, PrintBallot]
    printed = driver.asked[-1]
    assert isinstance(printed, PrintBallot)
    assert printed.marks.reveal() == marks
    turn = driver.screen.going
    assert (turn.marking, turn.ballot, turn.code) == (None, None, None)
    # The same contest is not printed once more in the same turn; the sheets of the desk say who has another.
    assert [contest.id for contest in turn.left] == ["alternates"]
    assert driver.to(GoOn(), Choose("committee")) is Phase.CHOOSING


def test_a_ballot_on_paper_is_not_noted_as_assisted() -> None:
    driver = Driver()
    assert driver.to(OnPaper(), *MARKED, AskHelp()) is Phase.MARKING
    assert driver.to(Finish(), AskTest(), Cast()) is Phase.REVIEW
