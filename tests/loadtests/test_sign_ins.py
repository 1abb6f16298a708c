from pathlib import Path

from loadtests.sign_ins import read_sign_ins, write_sign_ins


def test_what_is_written_is_read(tmp_path: Path) -> None:
    sign_ins = [("plenum=ab", "0123"), ("plenum=cd", "4567")]
    write_sign_ins(tmp_path / "desks.txt", sign_ins)
    assert read_sign_ins(tmp_path / "desks.txt") == sign_ins
