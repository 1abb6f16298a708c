from pathlib import Path

import pytest

from kiosk.demo.script import Done
from kiosk.demo.tamper import tamper
from tally.verify import verify_record

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "session" / "record.zip"


def test_a_copy_with_one_vote_moved_is_refused_with_the_numbers_of_the_checks(tmp_path: Path) -> None:
    copy = tmp_path / "tampered.zip"
    contest = tamper(GOLDEN, copy)
    assert contest
    with copy.open("rb") as source:
        report = verify_record(source)
    codes = {finding.code for finding in report.findings}
    # The bytes fit the manifest, which nobody signed; the entry fits nothing.
    assert {"V1.B", "V4.A"} <= codes
    assert "V1.C" not in codes


def test_the_untouched_copy_is_accepted() -> None:
    with GOLDEN.open("rb") as source:
        verify_record(source).require_clean()


@pytest.mark.slow
def test_the_record_of_a_demonstration_can_be_tampered_with(done: Done, tmp_path: Path) -> None:
    assert tamper(done.record, tmp_path / "copy.zip") == "secretaries"
