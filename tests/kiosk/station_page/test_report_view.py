"""What a scrutineer reads before signing is what the signature is over."""

from pathlib import Path

import pytest

from kiosk.client import Refused, ServerClient
from kiosk.station_page.report_view import report_view
from tally.replay.expected import report_digest
from tests.kiosk.voted import closed_hall


def refused(*_: object) -> None:
    raise Refused(507, "storage", "no room", {})


@pytest.mark.usefixtures("quick_key_files")
def test_the_report_has_the_numbers_the_steps_and_the_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closed_hall(tmp_path, trustees=2, signs_reports=False) as hall:
        assert report_view(hall.state, hall.state.contest("report")) is None
        for _ in range(6):
            hall.watch(1)
            for watch in hall.scrutineers:
                watch.clock.now += 10
        hall.officials.first.count("report")
        assert report_view(hall.state, hall.state.contest("report")) is None
        hall.officials.declare("report")
        hall.watch(2)
        state = hall.state
        assert not state.contest("report").signers
        view = report_view(state, state.contest("report"))
        assert view is not None
        assert [value for _, value in view.figures] == [20, 12, 12, 10, 0]
        assert [row.counts for row in view.rows] == [(10, 0, 0)]
        assert [mark.zh for mark in view.marks] == ["赞成", "不赞成", "弃权"]
        assert view.digest == report_digest(state, "report")
        assert any("应到会 20 人" in step.zh for step in view.steps)
        with pytest.raises(Exception, match="changed since"):
            hall.scrutineers[0].station.sign_report("report", bytes(32))
        with monkeypatch.context() as moment:
            moment.setattr(ServerClient, "submit_entry", refused)
            with pytest.raises(Refused, match="no room"):
                hall.scrutineers[0].station.sign_report("report", view.digest)
        assert not hall.state.contest("report").signers
        hall.scrutineers[0].station.sign_report("report", view.digest)
        assert hall.state.contest("report").signers == {1}
        with pytest.raises(Exception, match="does not wait"):
            hall.scrutineers[0].station.sign_report("report", view.digest)
