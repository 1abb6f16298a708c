"""The whole machine: the ways through it, old forms and double taps, and that nothing anybody does in any order casts
twice, casts other marks than the summary said, or leaves anything behind.
"""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ballots.screen.words import Language
from kiosk.booth_machine.events import (
    Act,
    AskHelp,
    AskTest,
    Back,
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
    Helped,
    Here,
    Key,
    Leave,
    Made,
    MakeBallot,
    NotACard,
    Offer,
    OnPaper,
    OpenAsTest,
    Paper,
    PrintBallot,
    ReadCard,
    Rest,
    Result,
    Seal,
    Show,
    Tap,
    TurnTo,
    Type,
    Undo,
)
from kiosk.booth_machine.machine import ONE_AT_A_TIME, OVER, STILL_OPEN, step
from kiosk.booth_machine.patience import LEFT_SECONDS, REST_SECONDS, THANKS_SECONDS, TYPING_SECONDS, WARNING_SECONDS
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.booth_machine.summary import summary
from kiosk.booth_machine.typed_code import UNTYPED
from kiosk.booth_machine.view import PLAIN
from kiosk.outbox import Delivery
from tests.kiosk.booth_machine.driver import MARKED, NO, SEALED, Driver, FakeBallot, contest
from voting_core.secret import Secret

CARD = CardShown(Secret("card"))


def test_the_way_through_two_contests() -> None:
    driver = Driver()
    assert driver.to(CARD, *SEALED, Cast()) is Phase.RECEIPT
    assert driver.to(GoOn(), Choose("committee")) is Phase.CHOOSING
    assert driver.to(Choose("alternates"), Tap("r1", "abstain"), Finish(), Seal(), Cast()) is Phase.RECEIPT
    assert driver.act(Leave()) is Phase.THANKS
    assert driver.screen.turn is None
    assert driver.wait(THANKS_SECONDS) is Phase.WELCOME
    assert driver.screen.notice is None


def test_who_leaves_without_having_voted_is_told_so() -> None:
    """A ballot that was made, or opened as a test, and never cast is easily taken for one that was."""
    for way in ((*SEALED,), (*SEALED, AskTest(), OpenAsTest()), (*SEALED, Cast())):
        driver = Driver()
        driver.to(CARD, *way)
        left = len(driver.screen.going.left)
        assert driver.act(Leave()) is Phase.THANKS
        assert driver.screen.notice == STILL_OPEN.filled(n=left)
        assert driver.wait(LEFT_SECONDS) is Phase.WELCOME
        assert driver.screen.notice is None


def test_a_form_of_an_earlier_screen_does_nothing() -> None:
    driver = Driver()
    driver.to(CARD, *SEALED)
    sealed = driver.screen.serial
    driver.act(Cast(), sealed)
    for late in (Cast(), AskTest(), Back(), Leave()):
        assert driver.act(late, sealed) is Phase.RECEIPT
    assert sum(isinstance(effect, Deliver) for effect in driver.asked) == 1


def test_a_second_card_waits_and_the_same_one_seen_twice_is_none() -> None:
    driver = Driver()
    shown = driver.screen.serial
    driver.act(CARD)
    driver.act(CARD, shown)
    assert driver.screen.notice is None
    driver.to(*MARKED)
    driver.act(CardShown(Secret("another")))
    assert driver.screen.notice == ONE_AT_A_TIME
    assert driver.screen.going.code.reveal() == "card"
    driver.act(Undo())
    assert driver.screen.notice is None


def test_what_is_no_card_is_said_at_the_welcome_alone() -> None:
    driver = Driver()
    driver.act(NotACard(NO))
    assert driver.screen.notice == NO
    driver.act(CARD)
    driver.act(NotACard(NO))
    assert driver.screen.notice is None


def test_a_turn_that_rests_is_asked_about_and_then_forgotten() -> None:
    driver = Driver()
    driver.to(CARD, *SEALED)
    assert driver.wait(REST_SECONDS) is Phase.SEALED
    driver.act(Here())
    assert driver.wait(REST_SECONDS) is Phase.SEALED
    assert driver.wait(WARNING_SECONDS) is Phase.WELCOME
    assert (driver.screen.turn, driver.screen.notice) == (None, OVER)
    assert driver.wait(TYPING_SECONDS) is Phase.WELCOME
    assert driver.screen.notice is None


def test_nobody_who_has_cast_a_ballot_is_told_that_it_was_not_cast() -> None:
    driver = Driver()
    driver.to(CARD, *SEALED, Cast(), GoOn())
    assert driver.wait(REST_SECONDS + WARNING_SECONDS) is Phase.WELCOME
    assert driver.screen.notice == OVER
    assert "此前投出的选票不受影响" in OVER.zh
    assert "Ballots cast before stand" in OVER.en
    alone = Driver(offers=driver.offers[:1])
    alone.to(CARD, *SEALED, Cast(), GoOn())
    assert alone.screen.phase is Phase.CHOOSING
    assert alone.wait(REST_SECONDS + WARNING_SECONDS) is Phase.WELCOME
    assert alone.screen.notice is None


def test_a_touch_that_comes_too_late_finds_nothing() -> None:
    driver = Driver()
    driver.to(CARD, *SEALED)
    driver.now += REST_SECONDS + WARNING_SECONDS
    assert driver.act(Cast()) is Phase.WELCOME
    assert not any(isinstance(effect, Deliver) for effect in driver.asked)


def test_a_card_that_is_shown_as_everything_is_forgotten_is_read() -> None:
    driver = Driver()
    driver.to(CARD, *SEALED)
    driver.now += REST_SECONDS + WARNING_SECONDS
    assert driver.act(CARD) is Phase.CHOOSING


def test_language_and_size_keep_the_place_and_go_with_the_delegate() -> None:
    driver = Driver()
    driver.to(CARD, *MARKED, TurnTo(2))
    before = driver.screen
    driver.to(Show("language", "en"), Show("size", "large"), Show("names", "5"), Show("names", "7"))
    assert (driver.screen.turn, driver.screen.serial) == (before.turn, before.serial)
    assert (driver.screen.view.language, driver.screen.view.names) == (Language.EN, 5)
    # Thanks are said in her language; whoever comes next finds the screen as everybody does.
    driver.act(Leave())
    assert driver.screen.view.language is Language.EN
    thanked = driver.screen
    for after in (CARD, Type()):
        driver.screen = thanked
        driver.act(after)
        assert driver.screen.view == PLAIN
    driver.screen = thanked
    driver.wait(LEFT_SECONDS)
    assert driver.screen.view == PLAIN


def test_leaving_without_a_turn_goes_to_the_welcome() -> None:
    driver = Driver()
    assert driver.to(Type(), Key("7"), Leave()) is Phase.WELCOME
    assert driver.screen.typed == UNTYPED


def test_a_result_that_nobody_asked_for_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing was asked"):
        step(Screen(), Delivered(Delivery.PROMISED), 0.0)


# Any sequence of events


@dataclass
class Server:
    """What the other side holds: each card casts one ballot a contest, and every ballot is looked into."""

    cast: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    opened: list[FakeBallot] = field(default_factory=list)
    ids: set[bytes] = field(default_factory=set)


ROWS, MARKS = ("r1", "r2", "r3", "r9"), ("approve", "disapprove", "abstain", "love")
CONTESTS = {"committee": contest(), "alternates": contest("alternates", seats=2, blank="")}
CODES = ("card-1", "card-2")


class AnyOrder(RuleBasedStateMachine):
    """Whatever is touched, shown, waited for and failed, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.driver, self.server = Driver(), Server()
        self.driver.answer = self._answer
        self.failing: Result | None = None
        self.reviewed: dict[str, str] = {}
        self.sealed_of: dict[bytes, tuple[str, dict[str, str]]] = {}
        self.serials = [0]
        self.now_code = ""

    def _answer(self, effect: Effect) -> Result | None:
        failing, self.failing = self.failing, None
        if failing is not None:
            return failing
        match effect:
            case ReadCard():
                self.now_code = effect.code.reveal()
                if self.now_code not in CODES:
                    return Failed(NO, slip=True)
                voted = {name for code, name, _ in self.server.cast if code == self.now_code}
                return CardRead(tuple(Offer(each, 3, name not in voted) for name, each in CONTESTS.items()))
            case MakeBallot():
                marks = effect.marks.reveal()
                assert effect.code.reveal() == self.now_code
                assert marks == self.reviewed
                self.driver.made += 1
                ballot = FakeBallot(self.driver.made.to_bytes(32, "big"), effect.contest.id, marks)
                self.sealed_of[ballot.id] = (effect.contest.id, marks)
                return Made(ballot)
            case PrintBallot():
                assert effect.marks.reveal() == self.reviewed
                assert self.driver.screen.going.on_paper
                return Paper()
            case Deliver():
                assert not self.driver.screen.going.on_paper
                return self._deliver(effect)

    def _deliver(self, effect: Deliver) -> Result:
        ballot = effect.ballot
        assert isinstance(ballot, FakeBallot)
        # One ballot is cast or opened, never both, never twice; and it is the one that the summary was about.
        assert ballot.id not in self.server.ids
        assert (effect.contest.id, ballot.marks) == self.sealed_of[ballot.id]
        self.server.ids.add(ballot.id)
        if effect.test:
            assert not effect.helped
            self.server.opened.append(ballot)
        else:
            assert (self.now_code, effect.contest.id) not in [(code, name) for code, name, _ in self.server.cast]
            self.server.cast.append((self.now_code, effect.contest.id, ballot.marks))
        return Delivered(Delivery.WAITING if ballot.id[-1] % 2 else Delivery.PROMISED)

    def _act(self, act: Act, stale: bool = False) -> None:
        screen = self.driver.screen
        if screen.phase is Phase.REVIEW:
            lines = summary(screen.marking.contest, screen.marking.marks)
            assert sum(len(line.names) for line in lines) == len(screen.marking.contest.rows)
            self.reviewed = dict(screen.marking.marks)
        self.driver.act(act, self.serials[0] if stale else None)
        self.serials = [*self.serials, self.driver.screen.serial][-6:]

    @rule(code=st.sampled_from((*CODES, "stranger")), stale=st.booleans())
    def show_card(self, code: str, stale: bool) -> None:
        self._act(CardShown(Secret(code)), stale)

    @rule(
        act=st.one_of(
            st.sampled_from(
                [
                    Type(),
                    Key("7"),
                    Undo(),
                    Finish(),
                    Seal(),
                    Seal(),
                    Cast(),
                    Cast(),
                    AskTest(),
                    OpenAsTest(),
                    AskHelp(),
                    Helped(True),
                    Back(),
                    GoOn(),
                    Here(),
                    NotACard(NO),
                    Show("language", "en"),
                    TurnTo(None),
                    TurnTo(2),
                    Rest("abstain"),
                    Rest("approve"),
                    OnPaper(),
                ]
            ),
            st.builds(Tap, st.sampled_from(ROWS), st.sampled_from(MARKS)),
            st.builds(Choose, st.sampled_from((*CONTESTS, "none"))),
        ),
        twice=st.booleans(),
        stale=st.sampled_from((False, False, False, True)),
    )
    def touch(self, act: Act, twice: bool, stale: bool) -> None:
        serial = self.driver.screen.serial
        self._act(act, stale)
        if twice:
            self.driver.act(act, serial)

    @precondition(lambda self: self.driver.screen.phase is Phase.MARKING)
    @rule()
    def mark_and_seal(self) -> None:
        for act in (Rest("abstain"), Finish(), Seal()):
            self._act(act)

    @rule(result=st.sampled_from([Failed(NO), Failed(NO, over=True), Delivered(Delivery.REFUSED)]))
    def next_one_fails(self, result: Result) -> None:
        effects = {Phase.SEALED: Deliver, Phase.TESTING: Deliver, Phase.REVIEW: MakeBallot}
        expected = effects.get(self.driver.screen.phase)
        if isinstance(result, Delivered) and expected is not Deliver:
            return
        if isinstance(result, Failed) and result.over and expected is None:
            return
        self.failing = result
        act = {Phase.SEALED: Cast(), Phase.TESTING: OpenAsTest(), Phase.REVIEW: Seal()}.get(self.driver.screen.phase)
        self._act(act or CARD)
        self.failing = None

    @rule(seconds=st.sampled_from([1.0, THANKS_SECONDS, REST_SECONDS, REST_SECONDS + WARNING_SECONDS]))
    def wait(self, seconds: float) -> None:
        self.driver.wait(seconds)

    @rule()
    def leave(self) -> None:
        self._act(Leave())

    @invariant()
    def nothing_is_left_behind(self) -> None:
        screen = self.driver.screen
        if screen.phase in (Phase.WELCOME, Phase.THANKS, Phase.BROKEN, Phase.TYPING):
            assert screen.turn is None
        if screen.phase in (Phase.RECEIPT, Phase.REFUSED, Phase.CHOOSING):
            assert screen.going.marking is None
        if screen.phase in (Phase.CHOOSING, Phase.MARKING, Phase.REVIEW):
            assert screen.going.ballot is None
        if screen.phase is not Phase.TYPING:
            assert screen.typed == UNTYPED

    @invariant()
    def what_can_be_cast_is_what_was_reviewed(self) -> None:
        screen = self.driver.screen
        if screen.phase in (Phase.SEALED, Phase.TESTING):
            ballot = screen.going.ballot
            assert isinstance(ballot, FakeBallot)
            assert ballot.marks == dict(screen.marking.marks)
            assert ballot.id not in self.server.ids


AnyOrder.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyOrder = AnyOrder.TestCase


def test_a_broken_station_takes_nothing_more() -> None:
    driver = Driver()
    driver.answer = lambda effect: Broken(NO) if isinstance(effect, Deliver) else None
    assert driver.to(CARD, *SEALED, Cast()) is Phase.BROKEN
    assert driver.to(CARD, NotACard(NO), Type(), Leave(), Here()) is Phase.BROKEN
