import json
from typing import Any

import pytest

from kiosk.scan.findings import BoxFacts, all_papers, ballots_of_record
from kiosk.station_page import forms
from kiosk.station_page.problems import Wrong
from kiosk.station_page.scan_file import comparison_typed, sheet_typed
from tally.audit.papers import Totals
from tally.entries.sheets import VoidBallots, VoidReason
from tests.kiosk.scan.papers import contest, state

WAIVED, ELECTION = contest("waived"), contest("committee")


def written(json_: Any) -> bytes:
    return json.dumps({**json_, "ok": True, "refused": 0}, ensure_ascii=False, indent=2).encode()


def test_a_comparison_is_what_the_scan_found() -> None:
    totals = Totals(6, ((4, 2, 0),))
    found = all_papers(WAIVED.contest, totals, totals)
    body = forms.paper(comparison_typed(written(found.json), WAIVED), WAIVED)
    assert body.to_json() == found.json["paper.compared"]
    before = all_papers(WAIVED.contest, totals, None)
    assert comparison_typed(written(before.json), WAIVED) == comparison_typed(written(found.json), WAIVED)


def test_a_sheet_is_what_the_scan_found() -> None:
    void = (VoidBallots(VoidReason.MARKED, 1),)
    facts = BoxFacts(box="票箱", sheet="第三计票组 更正", replaces="第三计票组", void=void)
    found = ballots_of_record(state(), ELECTION, Totals(7, ((6, 1, 0), (3, 3, 1))), facts)
    body = forms.sheet(sheet_typed(written(found.json), ELECTION), ELECTION)
    assert body.to_json() == found.json["count.entered"]


def test_other_files_are_refused() -> None:
    totals = Totals(6, ((4, 2, 0),))
    good = all_papers(WAIVED.contest, totals, totals).json
    others = (b"", b"[]", b"{}", written({**good, "contest": "motion"}), written({**good, "counts": [[1, 2]]}))
    for content in (*others, written({**good, "papers": -1}), written({**good, "counts": "x"})):
        with pytest.raises(Wrong, match="plenum scan"):
            comparison_typed(content, WAIVED)
    with pytest.raises(Wrong, match="--box"):
        sheet_typed(written({**good, "contest": "committee"}), ELECTION)
    with pytest.raises(Wrong, match="plenum scan"):
        sheet_typed(written({"contest": "committee", "count.entered": {"box": "x"}}), ELECTION)
