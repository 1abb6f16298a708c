from pathlib import Path

from tally.cli.bench.record import make_record, verify


def test_a_measured_record_is_a_real_one(tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    assert 15_000 < make_record(8, path) < 22_000
    seconds, megabytes = verify(path)
    assert seconds > 0.1
    assert megabytes > 20
