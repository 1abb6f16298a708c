"""What comes of what was asked for, well or not."""

import pytest

from ballots.screen.words import Said
from kiosk.booth_machine.events import (
    AskTest,
    BeginPaper,
    Broken,
    CardRead,
    CardShown,
    Cast,
    Choose,
    Deliver,
    Delivered,
    Effect,
    Failed,
    Finish,
    GoOn,
    Key,
    MakeBallot,
    OnPaper,
    OpenAsTest,
    Paper,
    PrintAgain,
    PrintBallot,
    PrintPaper,
    ReadCard,
    Result,
    Seal,
    Tap,
    Type,
)
from kiosk.booth_machine.results import after
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.outbox import Delivery
from tests.kiosk.booth_machine.driver import NO, SEALED, Driver
from voting_core.secret import Secret

CARD = CardShown(Secret("card"))


def answering(kind: type, result: Result) -> Driver:
    driver = Driver()

    def answer(effect: Effect) -> Result | None:
        return result if isinstance(effect, kind) else None

    driver.answer = answer
    return driver


def test_a_card_that_is_refused_begins_nothing() -> None:
    driver = answering(ReadCard, Failed(NO))
    assert driver.act(CARD) is Phase.WELCOME
    assert driver.screen.notice == NO
    assert driver.screen.turn is None


@pytest.mark.parametrize("slip", [True, False])
def test_a_slip_is_kept_for_mending_and_another_code_forgotten(slip: bool) -> None:
    driver = answering(ReadCard, Failed(NO, slip=slip))
    driver.to(Type(), *(Key("7") for _ in range(32)))
    assert (driver.screen.typed.text != "") is slip
    assert driver.screen.phase is Phase.TYPING


def test_a_ballot_that_was_not_made_leaves_the_summary() -> None:
    driver = answering(MakeBallot, Failed(NO))
    assert driver.to(CARD, *SEALED) is Phase.REVIEW
    assert driver.screen.notice == NO
    assert driver.screen.going.ballot is None


def test_a_ballot_that_was_not_stored_can_be_cast_again() -> None:
    driver = answering(Deliver, Failed(NO))
    assert driver.to(CARD, *SEALED, Cast()) is Phase.SEALED
    driver.answer = lambda _: None
    assert driver.act(Cast()) is Phase.RECEIPT


def test_a_contest_that_is_over_is_offered_no_more() -> None:
    driver = answering(Deliver, Failed(NO, over=True))
    assert driver.to(CARD, *SEALED, Cast()) is Phase.CHOOSING
    assert [contest.id for contest in driver.screen.going.left] == ["alternates"]
    assert driver.screen.going.marking is None
    assert driver.screen.going.ballot is None
    driver.answer = lambda _: None
    driver.to(Choose("alternates"), Tap("r1", "approve"), Tap("r2", "disapprove"), Finish(), Seal(), Cast(), GoOn())
    assert driver.screen.going.left == ()
    assert not driver.screen.going.has_voted_everywhere


def test_somebody_has_voted_everywhere_only_with_a_ballot_in_each_contest() -> None:
    refused = answering(Deliver, Delivered(Delivery.REFUSED))
    refused.offers = refused.offers[:1]
    refused.to(CARD, *SEALED, Cast())
    assert refused.screen.going.left == ()
    assert not refused.screen.going.has_voted_everywhere
    cast = Driver(offers=refused.offers)
    cast.to(CARD, *SEALED, Cast())
    assert cast.screen.going.has_voted_everywhere


@pytest.mark.parametrize("delivery", [Delivery.PROMISED, Delivery.WAITING])
def test_a_ballot_that_is_cast_takes_its_marks_along(delivery: Delivery) -> None:
    driver = answering(Deliver, Delivered(delivery))
    assert driver.to(CARD, *SEALED, Cast()) is Phase.RECEIPT
    turn = driver.screen.going
    assert (turn.delivery, turn.marking, [contest.id for contest in turn.left]) == (delivery, None, ["alternates"])


def test_a_refused_ballot_is_told_and_its_marks_go() -> None:
    for acts in ((Cast(),), (AskTest(), OpenAsTest())):
        driver = answering(Deliver, Delivered(Delivery.REFUSED))
        assert driver.to(CARD, *SEALED, *acts) is Phase.REFUSED
        assert driver.screen.going.marking is None


@pytest.mark.parametrize("kind", [ReadCard, MakeBallot, Deliver])
def test_a_station_that_must_stop_forgets_everything(kind: type) -> None:
    driver = answering(kind, Broken(NO))
    assert driver.to(CARD, *SEALED, Cast()) is Phase.BROKEN
    assert driver.screen.turn is None
    assert driver.act(CARD) is Phase.BROKEN


def test_a_result_of_something_else_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no result"):
        after(Screen(), ReadCard(Secret("card")), Delivered(Delivery.PROMISED))
    with pytest.raises(ValueError, match="no result"):
        after(Screen(), Deliver(None, None, False, False), CardRead(()))  # type: ignore[arg-type]


JAM = Said("卡纸", "jammed")


def test_a_paper_is_printed_again_until_it_is_whole_and_never_by_the_same_touch_twice() -> None:
    driver = answering(Deliver, Delivered(Delivery.PROMISED, Paper(JAM)))
    assert driver.to(CARD, *SEALED, Cast()) is Phase.RECEIPT
    assert driver.screen.going.paper == Paper(JAM)
    serial = driver.screen.serial
    for _ in range(2):
        assert driver.act(PrintAgain(), serial) is Phase.RECEIPT
    assert driver.screen.going.paper == Paper()
    assert [effect for effect in driver.asked if isinstance(effect, PrintPaper)] == [PrintPaper()]


def test_nothing_is_printed_again_where_nothing_was_printed() -> None:
    driver = Driver()
    driver.to(CARD, *SEALED, Cast(), PrintAgain())
    assert not any(isinstance(effect, PrintPaper) for effect in driver.asked)


def test_the_next_ballot_has_nothing_of_the_paper_before() -> None:
    driver = answering(Deliver, Delivered(Delivery.PROMISED, Paper()))
    driver.to(CARD, *SEALED, Cast(), GoOn())
    assert driver.screen.going.paper is None


def test_a_ballot_on_paper_that_did_not_come_out_is_no_ballot_and_its_marks_stay() -> None:
    driver = answering(PrintBallot, Paper(JAM))
    assert driver.to(OnPaper(), *SEALED) is Phase.REVIEW
    assert driver.screen.notice is not None
    assert driver.screen.notice.zh == "卡纸。填好的内容还在，好了再按一次"
    driver.answer = lambda _: None
    assert driver.act(Seal()) is Phase.PRINTED
    assert len([effect for effect in driver.asked if isinstance(effect, PrintBallot)]) == 2


def test_no_ballot_on_paper_is_begun_for_a_printer_without_paper() -> None:
    driver = answering(BeginPaper, Failed(JAM))
    assert driver.act(OnPaper()) is Phase.WELCOME
    assert (driver.screen.notice, driver.screen.turn) == (JAM, None)


def test_a_vote_on_paper_that_is_over_is_offered_no_more() -> None:
    driver = answering(PrintBallot, Failed(NO, over=True))
    assert driver.to(OnPaper(), *SEALED) is Phase.CHOOSING
    assert [contest.id for contest in driver.screen.going.left] == ["alternates"]
