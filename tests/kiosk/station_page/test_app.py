"""The page from set-up to the sealed session, with a station restarted at every step."""

from pathlib import Path

import pytest

from kiosk.station_page.snapshot import Phase
from kiosk.station_page.station import Found
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


@pytest.mark.usefixtures("quick_keys")
def test_a_lost_laptop_is_replaced_from_the_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the root was signed: the new laptop learns that from the log, decrypts, and signs no other root."""
    with page_hall(tmp_path) as hall:
        meeting = Meeting(hall, known_cards(monkeypatch))
        meeting.begin()
        stick = meeting.second.http.get("/key/copy").content
        meeting.define()
        meeting.make_cards()
        meeting.attend()
        meeting.vote()
        code = meeting.code(meeting.first)
        meeting.second.done("/contests/report/compare", root_code=code, numbers="on")
        meeting.second.station.close()
        hall.browsers.pop()
        again = hall.browser(3)
        again.station.found = Found("http://10.0.0.1:8300", None)
        copy = {"copy": ("stick.json", stick)}
        assert "口令不对" in again.refused("/setup/self", files=copy, passphrase="not the right one")
        again.done("/setup/self", files=copy, passphrase=PASSPHRASE)
        again.until(lambda station: station.snapshot.has_share and station.snapshot.connected)
        assert (again.station.snapshot.index, again.station.snapshot.name) == (2, "监票人2")
        assert "您已核验并签名" in again.get("/contests/report/compare")
        meeting.first.done("/contests/report/compare", root_code=code, numbers="on")
        again.until(lambda station: len(station.snapshot.state.contest("report").good_shares) == 2)
