from pathlib import Path

from kiosk.log_file import LogFile


def test_entries_survive(tmp_path: Path) -> None:
    LogFile(tmp_path / "log").append([b"one", b"two"])
    file = LogFile(tmp_path / "log")
    file.append([b"three"])
    assert list(file.entries()) == [b"one", b"two", b"three"]
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_a_line_that_was_cut_short_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"one\ntwo\nthr")
    file = LogFile(tmp_path / "log")
    assert list(file.entries()) == [b"one", b"two"]
    file.append([b"three"])
    assert (tmp_path / "log").read_bytes() == b"one\ntwo\nthree\n"
