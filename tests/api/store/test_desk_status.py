"""Every act at the desk on every status: the rules, and what holds whatever is pressed."""

import itertools

import pytest

from api.store.desk_status import MAX_CARDS_BACK, Act, Change, DeskStatus, acted
from voting_core.errors import StateError

NEW, HERE, GONE = DeskStatus(), DeskStatus(present=True), DeskStatus(departed=True)
EXCUSED, LATE = DeskStatus(on_leave=True), DeskStatus(present=True, late=True)
HOLDS = DeskStatus(present=True, card_drawn=True)


def do(status: DeskStatus, *acts: Act, leave: bool = False) -> DeskStatus:
    for act in acts:
        status = acted(status, act, roll_leave=leave, seen=status.cards_back)
    return status


@pytest.mark.parametrize(
    ("status", "act", "after"),
    [
        (NEW, Act.ARRIVE, HERE),
        (EXCUSED, Act.ARRIVE, HERE),
        (GONE, Act.ARRIVE, HERE),
        (NEW, Act.ARRIVE_LATE, LATE),
        (LATE, Act.ON_TIME, HERE),
        (NEW, Act.DRAW_CARD, HOLDS),
        (HOLDS, Act.LEAVE, DeskStatus(departed=True, card_drawn=True)),
        (NEW, Act.EXCUSE, EXCUSED),
        (LATE, Act.UNDO, NEW),
        (HOLDS, Act.UNDO_CARD, HERE),
        (HOLDS, Act.RETURN_CARD, DeskStatus(present=True, cards_back=1)),
        (HOLDS, Act.REPLACE_CARD, DeskStatus(present=True, card_drawn=True, cards_back=1)),
    ],
)
def test_an_act_makes_the_status(status: DeskStatus, act: Act, after: DeskStatus) -> None:
    assert do(status, act) == after


@pytest.mark.parametrize(
    ("status", "act", "reason"),
    [
        (NEW, Act.LEAVE, "has not arrived"),
        (EXCUSED, Act.LEAVE, "has not arrived"),
        (HERE, Act.EXCUSE, "has arrived"),
        (GONE, Act.EXCUSE, "has arrived"),
        (DeskStatus(card_drawn=True), Act.EXCUSE, "holds a card"),
        (DeskStatus(cards_back=1), Act.UNDO_BACK, "has not arrived"),
        (HOLDS, Act.UNDO, "cannot be undone"),
        (HERE, Act.RETURN_CARD, "holds no card"),
        (HERE, Act.REPLACE_CARD, "holds no card"),
        (HERE, Act.UNDO_BACK, "no card of this person has come back"),
        (DeskStatus(present=True, card_drawn=True, cards_back=MAX_CARDS_BACK), Act.REPLACE_CARD, "too many"),
    ],
)
def test_an_act_that_does_not_fit_says_why(status: DeskStatus, act: Act, reason: str) -> None:
    with pytest.raises(StateError, match=reason):
        do(status, act)


def test_leave_that_the_roll_has_comes_back_when_a_check_in_is_undone() -> None:
    assert do(EXCUSED, Act.ARRIVE, Act.UNDO, leave=True) == EXCUSED
    assert do(NEW, Act.EXCUSE, Act.UNDO) == NEW


def test_a_card_that_came_back_stays_counted_when_the_check_in_is_undone() -> None:
    assert do(HOLDS, Act.RETURN_CARD, Act.UNDO) == DeskStatus(cards_back=1)


def test_what_came_back_by_mistake_is_undone_step_by_step() -> None:
    twice = do(HOLDS, Act.REPLACE_CARD, Act.RETURN_CARD)
    assert twice == DeskStatus(present=True, cards_back=2)
    assert do(twice, Act.UNDO_BACK) == DeskStatus(present=True, card_drawn=True, cards_back=1)
    assert do(twice, Act.UNDO_BACK, Act.UNDO_BACK) == HOLDS


@pytest.mark.parametrize("act", [act for act in Act if act.counts])
def test_an_act_that_counts_says_what_it_saw(act: Act) -> None:
    status = DeskStatus(present=True, card_drawn=True, cards_back=2)
    with pytest.raises(StateError, match="how many cards"):
        acted(status, act, roll_leave=False)
    with pytest.raises(StateError, match="another desk"):
        acted(status, act, roll_leave=False, seen=7)


def test_pressing_twice_is_pressing_once() -> None:
    """For every status that acts lead to, and every act: the second press with the same page changes nothing."""
    statuses = {NEW}
    for _ in range(5):
        statuses |= set(itertools.chain.from_iterable(reached(status).values() for status in statuses))
    assert len(statuses) >= 30
    for status in statuses:
        for act, after in reached(status).items():
            assert acted(after, act, roll_leave=False, seen=status.cards_back) == after
            assert not Change(after, after).is_new
        assert status.present + status.departed + status.on_leave <= 1
        assert not status.card_drawn or status.present or status.departed


def reached(status: DeskStatus) -> dict[Act, DeskStatus]:
    """What each act that fits makes of a status."""
    found = {}
    for act in Act:
        try:
            found[act] = do(status, act)
        except StateError:
            continue
    return found
