from kiosk.booth_machine.events import CardShown, MakeBallot, ReadCard
from tests.kiosk.booth_machine.driver import contest
from voting_core.secret import Secret


def test_cards_and_marks_are_in_no_text_of_an_event() -> None:
    for event in (
        CardShown(Secret("the code")),
        ReadCard(Secret("the code")),
        MakeBallot(Secret("the code"), contest(), Secret({"r2": "the mark"})),
    ):
        assert "the code" not in repr(event)
        assert "the mark" not in repr(event)
