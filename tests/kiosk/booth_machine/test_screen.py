import pytest

from kiosk.booth_machine.events import Offer
from kiosk.booth_machine.marking import Marking
from kiosk.booth_machine.screen import Screen, Turn
from tests.kiosk.booth_machine.driver import contest
from voting_core.errors import StateError
from voting_core.secret import Secret


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(StateError, match="nothing is begun"):
        _ = Screen().going
    with pytest.raises(StateError, match="no contest"):
        _ = Screen(turn=Turn(Secret("c"), ())).marking


def test_only_contests_that_are_left_are_offered() -> None:
    turn = Turn(Secret("c"), (Offer(contest("a"), 3), Offer(contest("b"), 0, is_open=False)))
    assert [each.id for each in turn.left] == ["a"]
    assert turn.offer_of("a").tests_left == 3
    for other in ("b", "c"):
        with pytest.raises(StateError, match="does not vote"):
            turn.offer_of(other)


def test_card_and_marks_are_in_no_text_of_it() -> None:
    texts = {
        repr(Screen(turn=Turn(Secret("the code"), (), marking=marking)))
        for marking in (Marking(contest()), Marking(contest()).tap("r2", "approve"))
    }
    assert len(texts) == 1
    assert "the code" not in texts.pop()
