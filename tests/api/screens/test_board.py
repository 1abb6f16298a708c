from dataclasses import replace

from api.screens.board import draw
from api.screens.content import Content
from api.screens.screen import HallScreen, Scene
from api.store.hall import switch_screen
from ballots.screen.words import Said
from tests.api.hall import Hall


def test_one_drawing_serves_all_screens(hall: Hall) -> None:
    service = hall.service
    board, view = service.screens, service.sequencer.view
    service.writer.submit(switch_screen(HallScreen(Scene.TURNOUT, "report"))).result()
    board.refresh()
    first = board.current(view)
    for _ in range(500):
        assert board.current(service.sequencer.view).event is first.event
    assert board.drawings == 1
    for card in range(8):
        hall.cast(card)
    hall.settle()
    second = board.current(service.sequencer.view)
    assert second.event != first.event
    assert board.drawings == 2


def test_ballots_that_wait_for_their_batch_change_nothing(hall: Hall) -> None:
    service = hall.service
    service.writer.submit(switch_screen(HallScreen(Scene.TURNOUT, "report"))).result()
    service.screens.refresh()
    first = service.screens.current(service.sequencer.view)
    for card in range(7):
        hall.cast(card)
    hall.settle()
    assert service.screens.current(service.sequencer.view) is first


def test_what_looks_the_same_is_the_same_drawing() -> None:
    content = Content(Scene.WELCOME, Said("会议", "Session"))
    first = draw(content, "dark")
    assert draw(replace(content), "dark", first) is first
    assert draw(content, "light", first) is not first
    assert first.event.startswith(b"event: board\ndata: {")
    assert first.event.count(b"\n") == 3


def test_names_are_text_and_never_markup() -> None:
    drawn = draw(Content(Scene.WELCOME, Said("<b>会议</b>", "x")), "dark")
    assert "<b>会议" not in drawn.html
