"""A contest's pages: numbers that cannot be, the code that was heard, a kiosk that is gone."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import official
from kiosk.client import Refused
from tally.entries.contests import ContestPaused, ContestResumed
from tally.entries.credentials import CredentialVoided
from tally.entries.entry_type import EntryType
from tally.simulate.cards import card_keys
from tally.state import Status
from tests.kiosk.station_page.meeting import ATTENDANCE, Meeting, known_cards
from tests.kiosk.station_page.page_hall import page_hall, wait

pytestmark = pytest.mark.usefixtures("quick_keys")

FORMS = ("attendance", "cards", "kiosks", "compare", "sheet", "paper", "abandon", "report")


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meeting]:
    with page_hall(tmp_path) as hall:
        held = Meeting(hall, known_cards(monkeypatch))
        held.begin()
        held.define()
        held.make_cards()
        yield held


def test_attendance_that_cannot_be_keeps_what_was_typed(meeting: Meeting) -> None:
    page = meeting.first.refused("/contests/report/attendance", **{**ATTENDANCE, "present": "13"})
    assert "实到不得多于应到" in page
    assert 'name="should_attend" type="text" value="12"' in page
    assert 'name="drawn_delegate" type="text" value="10"' in page
    # What has just entered the log may still stand in the list; attendance must not be in it.
    proposed = [proposal.type for proposal in meeting.first.station.snapshot.proposals]
    assert EntryType.ATTENDANCE_DECLARED not in proposed


def test_every_page_of_a_contest_is_there_from_the_start(meeting: Meeting) -> None:
    for form in FORMS:
        page = meeting.first.get(f"/contests/report/{form}")
        assert "工作报告" in page
        assert "<html" not in meeting.first.get(f"/contests/report/{form}?part=live")
    assert meeting.first.http.get("/contests/report/report/0.pdf").status_code == 404
    assert "本项没有人工计票" in meeting.first.get("/contests/report/sheet")
    assert "12 − 作废 0 − 备用 1 = 11" in meeting.first.get("/contests/report/attendance")


def test_the_findings_of_a_scan_are_filled_in_and_not_signed(meeting: Meeting) -> None:
    first = meeting.first
    csrf = re.search(r'name="csrf" value="([^"]+)"', first.get("/contests/report/abandon"))
    assert csrf
    found = {"contest": "report", "papers": 3, "counts": [[1, 1, 1]]}
    for content, status, said in ((json.dumps(found), 200, "尚未签名"), ("{}", 422, "不是 plenum scan")):
        answer = first.http.post(
            "/contests/report/paper",
            data={"csrf": csrf[1]},
            files={"scan": ("scan.json", content.encode())},
            headers={"Origin": str(first.http.base_url).rstrip("/")},
        )
        assert answer.status_code == status
        assert said in answer.text
    assert not first.station.snapshot.state.contest("report").comparisons


def test_nothing_is_signed_before_the_code_was_heard(meeting: Meeting) -> None:
    meeting.attend()
    meeting.hall.vote(meeting.cards[:10])
    meeting.vote_close(reported=False)
    first = meeting.first
    first.until(lambda station: station.snapshot.state.contest("report").closing is not None)
    assert "还有终端没有报告" in first.get("/contests/report/compare")
    kiosks = first.get("/contests/report/kiosks")
    assert "终端无法报告时" in kiosks
    (key,) = meeting.hall.state.kiosks
    assert "勾选" in first.refused("/contests/report/kiosks", kiosk=key.hex())
    assert "请选择终端" in first.refused("/contests/report/kiosks", kiosk="00", searched="on")
    for browser in (first, meeting.second):
        browser.done("/contests/report/kiosks", kiosk=key.hex(), searched="on")
    wait(lambda: meeting.hall.state.contest("report").lost == {key})
    meeting.hall.seen(lambda state: bool(state.contest("report").lost))
    own = meeting.code(first)
    wrong = own[:-1] + ("0" if own[-1] != "0" else "1")
    page = first.refused("/contests/report/compare", root_code=wrong, numbers="on")
    assert "谁也不要签" in page
    assert "先核对票数" in first.refused("/contests/report/compare", root_code=own)
    assert not meeting.hall.state.contest("report").verified
    first.done("/contests/report/compare", root_code=own, numbers="on")
    assert set(meeting.hall.state.contest("report").verified) == {1}
    assert "您已核验并签名" in first.get("/contests/report/compare")
    refused = first.http.get("/contests/report/report").text
    assert "还没有结果" in refused


def test_a_kiosk_that_is_gone_keeps_nobody_from_closing(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official, "KIOSK_ATTEMPTS", 1)
    meeting.attend()
    meeting.hall.vote(meeting.cards[:10])
    first, officials = meeting.first, meeting.hall.hall.officials
    assert "暂停或结束投票之后终端才报告" in first.get("/contests/report/kiosks")
    officials.decree(ContestPaused("report"))
    (key,) = meeting.hall.state.kiosks
    # The kiosk says that nothing waits there; after another pause it has said nothing yet.
    meeting.hall.hall.booths[0].round()
    first.until(lambda station: station.snapshot.queues.get("report") == {key: 0})
    assert "没有未送达的" in first.get("/contests/report/kiosks")
    assert "各终端都没有未送达的选票" in first.get("/contests/report")
    officials.decree(ContestResumed("report"))
    officials.decree(ContestPaused("report"))
    (test,) = card_keys(meeting.cards[10:11], meeting.hall.state.session_id, 0)
    meeting.official.void(CredentialVoided(slot=0, credential=test.public, reason="test"), test)
    with pytest.raises(Refused) as caught:
        officials.close("report")
    assert caught.value.code == "queues"
    first.until(lambda station: station.snapshot.state.contest("report").status is Status.PAUSED)
    first.until(lambda station: station.snapshot.queues.get("report") == {})
    page = first.get("/contests/report/kiosks")
    assert "其中未送达的选票不再计入" in page
    assert "暂停后还没有报告" in page
    assert "还有 1 台终端存有未送达的选票，或没有报告" in first.get("/contests/report")
    for browser in (first, meeting.second):
        browser.done("/contests/report/kiosks", kiosk=key.hex(), searched="on")
    wait(lambda: meeting.hall.state.contest("report").lost == {key})
    officials.close("report")
    first.until(lambda station: station.snapshot.state.contest("report").closing is not None)
    # It is not waited for after closing either.
    meeting.code(first)
