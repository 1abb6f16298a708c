"""How many touches a ballot takes, from the card to the receipt."""

from ballots.contest import Contest, Kind
from ballots.screen.ballot import NAMES_AT_A_TIME
from kiosk.booth_machine.events import Act, CardShown, Cast, Choose, Finish, Offer, Rest, Seal, Tap, TurnTo
from kiosk.booth_machine.screen import Phase
from kiosk.booth_machine.summary import summary
from tests.kiosk.booth_machine.driver import Driver, contest
from tests.support.builders import TRUST, small_contest
from voting_core.secret import Secret


class Hand:
    """A hand that touches what is in sight, and turns the page for what is not."""

    def __init__(self, voted_on: Contest) -> None:
        self.driver = Driver(offers=(Offer(voted_on, 3),))
        self.driver.act(CardShown(Secret("card")))
        self.taps = 0
        self.touch(Choose(voted_on.id))

    def touch(self, act: Act) -> None:
        before = self.driver.screen
        self.driver.act(act)
        assert self.driver.screen is not before
        self.taps += 1

    def mark(self, row: int, mark: str) -> None:
        """Mark a row by its place in the list."""
        size = NAMES_AT_A_TIME[0]
        while (page := self.driver.screen.marking.first // size) != row // size:
            self.touch(TurnTo((page + (1 if row // size > page else -1)) * size))
        self.touch(Tap(self.driver.screen.marking.contest.rows[row].id, mark))

    def cast(self) -> None:
        self.touch(Finish())
        marking = self.driver.screen.marking
        self.counts = {line.said.zh: len(line.names) for line in summary(marking.contest, marking.marks)}
        self.touch(Seal())
        self.touch(Cast())
        assert self.driver.screen.phase is Phase.RECEIPT


def test_sixty_names_with_thirty_three_approvals_one_by_one_take_at_most_sixty_touches() -> None:
    hand = Hand(contest(rows=60, seats=35))
    for row in (*range(20), *range(40, 53)):
        hand.mark(row, "approve")
    hand.touch(Rest("disapprove"))
    hand.cast()
    assert hand.counts == {"赞成": 33, "不赞成": 27}
    assert hand.taps <= 60


def test_fifty_nine_people_with_one_grade_but_for_five_take_at_most_fifteen_touches() -> None:
    hand = Hand(small_contest(59, TRUST, kind=Kind.EVALUATION, minimum=8, blank="弃权"))
    for row in (3, 17, 28, 41, 55):
        hand.mark(row, "基本信任")
    hand.touch(Rest("信任"))
    hand.cast()
    assert hand.counts == {"信任": 54, "基本信任": 5}
    assert hand.taps <= 15
