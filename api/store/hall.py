"""What is stored of the hall screens: one row."""

from api.screens.screen import THEMES, HallScreen, Scene
from api.store.database import Connection
from api.store.writer import Work

_THE_ROW = 1


def read_screen(connection: Connection) -> HallScreen:
    """What the screens are switched to; the title of the session before anybody has switched them."""
    row = connection.execute(
        "SELECT scene, contest, page, turning, theme, changes FROM hall_screen WHERE id = ?", (_THE_ROW,)
    ).fetchone()
    if row is None:
        return HallScreen()
    scene = Scene(row[0]) if row[0] in tuple(Scene) else Scene.BLANK
    theme = row[4] if row[4] in THEMES else THEMES[0]
    return HallScreen(scene, row[1], int(row[2]), bool(row[3]), theme, int(row[5]))


def switch_screen(screen: HallScreen) -> Work[HallScreen]:
    """Switch all screens; gives the state with its new count of changes."""

    def work(connection: Connection) -> HallScreen:
        changes = read_screen(connection).changes + 1
        connection.execute(
            "INSERT INTO hall_screen (id, scene, contest, page, turning, theme, changes) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET scene = excluded.scene, contest = excluded.contest, page = excluded.page, "
            "turning = excluded.turning, theme = excluded.theme, changes = excluded.changes",
            (_THE_ROW, screen.scene.value, screen.contest, screen.page, screen.turning, screen.theme, changes),
        )
        return HallScreen(screen.scene, screen.contest, screen.page, screen.turning, screen.theme, changes)

    return work
