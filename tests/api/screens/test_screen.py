from api.screens.screen import SCENES, TURN_SECONDS, HallScreen, Scene, turn_of
from tests.api.hall import FakeClock


def test_every_scene_has_its_words() -> None:
    assert set(SCENES) == set(Scene)


def test_a_turn_lasts_so_many_seconds() -> None:
    clock = FakeClock()
    clock.now = TURN_SECONDS * 10
    first = turn_of(clock)
    clock.now += TURN_SECONDS - 0.5
    assert turn_of(clock) == first
    clock.now += 1
    assert turn_of(clock) == first + 1


def test_the_mark_changes_with_everything() -> None:
    assert HallScreen().mark != HallScreen(page=1).mark != HallScreen(theme="light").mark
