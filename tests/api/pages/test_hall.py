from pathlib import Path

import pytest

from api.accounts.roles import Role
from tests.api.staged import Staged, stage

pytestmark = pytest.mark.usefixtures("both_databases")


@pytest.fixture
def published(both_databases: str, tmp_path: Path) -> Staged:
    staged = stage(tmp_path / "hall" / "data")
    staged.builder.run("published")
    return staged


def test_officials_switch_what_the_screens_show(published: Staged) -> None:
    with published.running() as running:
        li, wang = running.both()
        screen = running.somebody(Role.HALL)
        for show, seen in (("welcome", "县礼堂"), ("turnout/motion", "已投票"), ("result/motion", "未通过")):
            changes = str(running.service.screens.refresh().changes)
            assert li.post("/hall/control", show=show, changes=changes).status_code == 303
            assert seen in screen.get("/hall").text
        assert "另一名工作人员" in wang.post("/hall/control", show="blank", changes=changes).text
        now = str(running.service.screens.refresh().changes)
        for bad in ("result/none", "result", "nothing", ""):
            assert li.post("/hall/control", show=bad, changes=now).status_code == 422
        assert "未通过" in screen.get("/hall").text
        li.post("/hall/control", theme="light", changes=now)
        assert 'data-theme="light"' in screen.get("/hall").text
        for turn, page in (("next", 0), ("back", 0), ("auto", 0)):
            li.post("/hall/control", turn=turn, changes=str(running.service.screens.refresh().changes))
            assert running.service.screens.refresh().page == page
    with published.running() as running:
        assert "未通过" in running.somebody(Role.HALL).get("/hall").text


def test_no_result_reaches_a_screen_before_it_is_published(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    for name in ("counted", "signed"):
        staged.builder.run(name)
        with staged.running() as running:
            li, _ = running.both()
            li.post("/hall/control", show="result/motion", changes=str(running.service.screens.refresh().changes))
            text = running.somebody(Role.HALL).get("/hall").text
            assert "结果公布后" in text
            assert "未通过" not in text
            assert "显示结果" not in li.get("/hall/control").text
