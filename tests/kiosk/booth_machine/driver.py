"""The machine with somebody who does what it asks for, and contests to vote on."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ballots.contest import At, Contest, Kind, Limit, Row, RulesRef, Stage, Title, make_contest
from ballots.screen.words import Said
from kiosk.booth_machine.events import (
    Act,
    BeginPaper,
    CardRead,
    Choose,
    Deliver,
    Delivered,
    Effect,
    Finish,
    Made,
    MakeBallot,
    Offer,
    Paper,
    PaperBegun,
    PrintBallot,
    PrintPaper,
    ReadCard,
    Result,
    Seal,
    Tap,
    Tick,
    Touch,
)
from kiosk.booth_machine.machine import step
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.outbox import Delivery

NAMES = ("王建国", "李秀英", "张伟", "刘洋", "陈静")
NO = Said("没有办成", "It was not done")


def contest(
    id: str = "committee", *, rows: int = 3, blank: str = "abstain", seats: int = 1, kind: Kind = Kind.ELECTION
) -> Contest:
    """An election of `seats` persons, or a questionnaire in which so many must be chosen at least."""
    is_election = kind is Kind.ELECTION
    return make_contest(
        id=id,
        kind=kind,
        title=Title(zh="委员", en="Members"),
        slot=0,
        rows=[Row(f"r{number}", NAMES[(number - 1) % len(NAMES)]) for number in range(1, rows + 1)],
        marks=("approve", "disapprove", "abstain") if is_election else ("chosen", "not_chosen"),
        blank=blank,
        stage=Stage.FORMAL if is_election else Stage.NONE,
        seats=seats if is_election else 0,
        limits=(Limit(At.MOST if is_election else At.LEAST, seats, "approve" if is_election else "chosen"),),
        rules=RulesRef("county_congress_2004", bytes(32)),
        classes=("delegate",),
    )


@dataclass(frozen=True)
class FakeBallot:
    """A sealed ballot that can be looked into."""

    id: bytes
    contest: str
    marks: dict[str, str]


@dataclass
class Driver:
    """A screen, its clock, and the one who does what it asks for. `results` may answer otherwise than well."""

    screen: Screen = field(default_factory=Screen)
    now: float = 100.0
    offers: tuple[Offer, ...] = field(default_factory=lambda: (Offer(contest(), 3), Offer(contest("alternates"), 3)))
    asked: list[Effect] = field(default_factory=list)
    answer: Callable[[Effect], Result | None] = lambda _: None
    made: int = 0

    def act(self, act: Act, serial: int | None = None) -> Phase:
        """Touch the screen; whatever it asks for is done before anything else happens."""
        touch = Touch(self.screen.serial if serial is None else serial, act)
        self.screen, effect = step(self.screen, touch, self.now)
        while effect is not None:
            self.asked.append(effect)
            self.screen, effect = step(self.screen, self.answer(effect) or self._well(effect), self.now, effect)
        return self.screen.phase

    def wait(self, seconds: float) -> Phase:
        """Let time pass."""
        self.now += seconds
        self.screen, effect = step(self.screen, Tick(), self.now)
        assert effect is None
        return self.screen.phase

    def _well(self, effect: Effect) -> Result:
        match effect:
            case ReadCard():
                return CardRead(self.offers)
            case MakeBallot():
                self.made += 1
                return Made(FakeBallot(bytes([self.made]) * 32, effect.contest.id, effect.marks.reveal()))
            case Deliver():
                return Delivered(Delivery.PROMISED)
            case BeginPaper():
                return PaperBegun(self.offers)
            case PrintPaper() | PrintBallot():
                return Paper()

    def to(self, *acts: Act) -> Phase:
        """Several touches."""
        for act in acts:
            self.act(act)
        return self.screen.phase


MARKED = (Choose("committee"), Tap("r1", "approve"), Tap("r2", "disapprove"))
SEALED = (*MARKED, Finish(), Seal())
