"""`plenum certificate` beside the golden record, whose last entry is a destruction, and one of another session."""

from pathlib import Path

from typer.testing import CliRunner

from tally.cli.app import build_app
from tally.destruction import make_certificate
from tests.golden.golden_session import golden
from tests.golden.make_golden import FOLDER
from tests.tally.test_destruction import certificate


def test_a_certificate_is_checked_against_its_record(tmp_path: Path) -> None:
    session, record = golden(), str(FOLDER / "record.zip")
    mine, other = tmp_path / "mine.json", tmp_path / "other.json"
    note = session.notes[-1].content
    erased = ({"people": 5}, ("service_keys.json",))
    mine.write_bytes(
        make_certificate(session.state, session.entries[-1], note, "2027-02-01", erased, session.service_key)
    )
    other.write_bytes(certificate())
    done = CliRunner().invoke(build_app(), ["certificate", str(mine), "--record", record])
    assert (done.exit_code, "the certificate belongs to the record" in done.output) == (0, True), done.output
    assert "5 行 rows，service_keys.json" in done.output
    assert "unanchored" in done.output
    refused = CliRunner().invoke(build_app(), ["certificate", str(other), "--record", record])
    assert refused.exit_code != 0
    assert "another session" in str(refused.exception)
