"""The page from set-up to the sealed session, with a station restarted at every step."""

from pathlib import Path

import pytest

from kiosk.station_page.snapshot import Phase
from tests.kiosk.station_page.meeting import Meeting, known_cards
from tests.kiosk.station_page.page_hall import PASSPHRASE, page_hall


@pytest.mark.usefixtures("quick_keys")
def test_a_session_on_two_pages_restarted_at_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with page_hall(tmp_path) as hall:
        meeting = Meeting(hall, known_cards(monkeypatch))

        def restart() -> None:
            """The second laptop is closed and opened again: passphrase, and it is where it was."""
            before = hall.browsers[1].station
            size, roots = before.snapshot.state.size, before.snapshot.signed_roots
            before.close()
            hall.browsers.pop()
            again = hall.browser(2)
            again.done("/unlock", passphrase=PASSPHRASE)
            again.until(lambda station: station.snapshot.phase is Phase.RUNNING and station.snapshot.connected)
            assert again.station.snapshot.state.size >= size
            assert again.station.snapshot.signed_roots >= roots

        meeting.after_each = restart
        meeting.begin()
        fingerprints = {browser.get("/ceremony").split('"fingerprint large">')[1][:39] for browser in hall.browsers}
        assert len(fingerprints) == 1
        meeting.define()
        meeting.make_cards()
        meeting.attend()
        meeting.vote()
        assert "本机算出的根值代码" in meeting.first.get("/contests/report/compare")
        assert not meeting.first.station.snapshot.signed_roots
        meeting.compare()
        assert not hall.state.contest("report").signers
        assert "1. " not in meeting.first.get("/contests/report/report")
        meeting.sign()
        meeting.end()
        for browser in hall.browsers:
            browser.until(lambda station: station.snapshot.phase is Phase.FINISHED)
            assert not browser.station.has_key
            assert "会议已封存，全部完成" in browser.get("/")
