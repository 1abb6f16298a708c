"""What the hall screens are switched to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.clock import Clock
from ballots.screen.words import Said


class Scene(StrEnum):
    """What a screen shows."""

    BLANK = "blank"
    WELCOME = "welcome"
    TURNOUT = "turnout"
    RESULT = "result"


SCENES: Final[dict[Scene, Said]] = {
    Scene.BLANK: Said("空白", "Blank"),
    Scene.WELCOME: Said("会议名称", "Title of the session"),
    Scene.TURNOUT: Said("投票进度", "Progress of voting"),
    Scene.RESULT: Said("结果", "Result"),
}

THEMES: Final = ("light", "dark")

TURN_SECONDS: Final = 12
"""How long a page of a long list stays when pages turn by themselves: twenty names are read aloud in that time."""


@dataclass(frozen=True, slots=True)
class HallScreen:
    """The state of all screens; `contest` is empty where the scene needs none, `page` counts from 0."""

    scene: Scene = Scene.WELCOME
    contest: str = ""
    page: int = 0
    turning: bool = True
    theme: str = "dark"
    changes: int = 0

    @property
    def mark(self) -> tuple[str | int, ...]:
        """Another value whenever the screens are switched."""
        return (self.scene.value, self.contest, self.page, self.turning, self.theme, self.changes)


def turn_of(clock: Clock) -> int:
    """Which turn of the pages it is; it goes up every :data:`TURN_SECONDS`."""
    return int(clock.monotonic() // TURN_SECONDS)
