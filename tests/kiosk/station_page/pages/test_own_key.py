"""The scrutineer's key: a copy is only good when it opened; destroying it needs a tick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk.station_page.meeting import Meeting
from tests.kiosk.station_page.page_hall import PASSPHRASE, page_hall

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Meeting]:
    with page_hall(tmp_path) as hall:
        held = Meeting(hall, ())
        held.begin()
        yield held


def test_a_backup_is_made_and_tested(meeting: Meeting) -> None:
    first = meeting.first
    assert "尚未试过" in first.get("/key")
    answer = first.http.get("/key/copy")
    assert 'filename="scrutineer-1-trustee.key.json"' in answer.headers["content-disposition"]
    assert answer.content == (first.station.directory / "trustee.key.json").read_bytes()
    files = {"copy": ("key.json", answer.content)}
    assert "口令不对" in first.refused("/key/test", on="/key", files=files, passphrase="not this one")
    assert not first.station.backup_tested
    first.done("/key/test", on="/key", files=files, passphrase=PASSPHRASE)
    assert "备份已试过，可用" in first.get("/key")
    assert "备份密钥文件" not in first.get("/")


def test_another_copy_or_none_is_said(meeting: Meeting) -> None:
    first, second = meeting.first, meeting.second
    theirs = {"copy": ("key.json", second.http.get("/key/copy").content)}
    assert "另一位监票人" in first.refused("/key/test", on="/key", files=theirs, passphrase=PASSPHRASE)
    assert "请选择" in first.refused("/key/test", on="/key", files={"copy": ("x", b"")}, passphrase=PASSPHRASE)
    assert not first.station.backup_tested


def test_the_key_is_destroyed_only_when_it_is_not_needed(meeting: Meeting) -> None:
    first = meeting.first
    assert "不能销毁" in first.get("/key")
    meeting.define()
    page = first.get("/key")
    assert "还有表决事项没有开始" in page
    assert "不能撤回" in first.refused("/key/destroy", on="/key")
    assert first.station.snapshot.has_share
    first.done("/key/destroy", on="/key", sure="on")
    assert not first.station.snapshot.has_share
    assert meeting.hall.state.destroyed_keys == {1}
    assert "份额已销毁" in first.get("/key")
