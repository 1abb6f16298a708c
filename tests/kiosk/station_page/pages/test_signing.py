"""Signing what others proposed: read, tick, sign; exactly what was shown; nothing that is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.station_page.card_lists import CardLists
from tally.entries.contests import ContestAbandoned
from tally.entries.entry_type import EntryType
from tally.state import Status
from tests.kiosk.station_page.meeting import ATTENDANCE, CARDS, Meeting, known_cards
from tests.kiosk.station_page.page_hall import HIDDEN, page_hall

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meeting]:
    with page_hall(tmp_path) as hall:
        held = Meeting(hall, known_cards(monkeypatch))
        held.begin()
        held.define()
        yield held


def test_a_proposal_is_signed_as_it_was_shown_or_not_at_all(meeting: Meeting) -> None:
    first, second = meeting.first, meeting.second
    first.done("/cards/make", on="/cards", **CARDS)
    first.done("/contests/report/cards", **{"class": "delegate"})
    second.until(lambda station: bool(station.snapshot.to_sign))
    # One line for one matter: what is proposed is signed, and not asked for beside that.
    for browser in (first, second):
        browser.until(lambda station: bool(station.snapshot.proposals))
        assert browser.get("/").count("登记“工作报告”的表决卡名单") == 1
    (proposal,) = second.station.snapshot.to_sign
    address = f"/sign/{proposal.id}"
    page = second.get(address)
    assert "本机没有制卡时的名单" in page
    assert "监票人1" in page
    assert "请先核对" in second.refused(address)
    assert "read it again" in second.refused(address, compared="on", seen="00" * 32)
    assert "请重新打开此页" in second.refused(address, compared="on", seen="xyz")
    other = CardLists(meeting.hall.state.session_id, {"delegate": (bytes(32), bytes(32))})
    second.station.lists = other
    assert "不要签名，先查明原因" in second.get(address)
    assert "您已签名，等待其他人" in first.get(address)
    assert (0, "delegate") not in meeting.hall.state.lists
    second.done(address, compared="on")
    assert (0, "delegate") in meeting.hall.state.lists
    second.until(lambda station: not station.snapshot.to_sign)
    # It is in the log: the page of the proposal leads back.
    assert second.http.get(address, follow_redirects=False).headers["location"] == "/"


def test_scrutineers_agree_to_what_the_officials_break_off(meeting: Meeting) -> None:
    refused = meeting.first.refused("/contests/report/abandon", reason="defect")
    assert "have not proposed" in refused
    meeting.official.propose(ContestAbandoned("report", "defect"))
    officials = meeting.hall.hall.officials
    # What entered the log a moment ago may still stand in the list.
    waiting = officials.first.client.proposals()
    (proposal,) = (item for item in waiting if item.type is EntryType.CONTEST_ABANDONED)
    officials.second.sign(proposal)
    meeting.first.done("/contests/report/abandon", reason="defect")
    meeting.second.until(lambda station: bool(station.snapshot.to_sign))
    assert "永不解密" in meeting.second.get("/")
    meeting.second.done(f"/sign/{meeting.second.station.snapshot.to_sign[0].id}", compared="on")
    assert meeting.hall.state.contest("report").status is Status.ABANDONED
    meeting.hall.seen(lambda state: state.contest("report").status is Status.ABANDONED)
    assert "已中止" in meeting.first.get("/contests/report")


def test_what_cannot_enter_the_log_says_why_and_is_not_signed(meeting: Meeting) -> None:
    first, second = meeting.first, meeting.second
    meeting.make_cards()
    old = {**ATTENDANCE, "should_attend": "13"}
    first.done("/contests/report/attendance", **old)
    second.until(lambda station: bool(station.snapshot.to_sign))
    address = f"/sign/{second.station.snapshot.to_sign[0].id}"
    form = second.http.get(address).text
    assert "核对并签名：" in second.get("/")
    assert "现在不能写入日志" not in second.get("/") + form
    for browser in (first, second):
        browser.done("/contests/report/attendance", **ATTENDANCE)
    for browser in (first, second):
        browser.until(lambda station: bool(station.snapshot.hindrances))
        assert "现在不能写入日志" in browser.get("/")
        page = browser.get(address)
        assert "签名之后日志又有新内容" in page
        assert "请撤回，重新发起。 撤回由工作人员在“待会签”页办理。" in page
    # Who had the page open before is told as well, and signs nothing.
    fields = dict(HIDDEN.findall(form))
    headers = {"Origin": str(second.http.base_url).rstrip("/")}
    answer = second.http.post(address, data={**fields, "compared": "on"}, headers=headers)
    assert answer.status_code == 422
    assert "没有签名；原因见本页" in answer.text
    assert [len(item.signatures) for item in second.station.snapshot.proposals] == [1]
